"""The classes of the reader, from the table the program itself uses."""

import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(os.environ.get("TABLES", os.path.join(
    HERE, "../../src/vision/print")), "glyphs.def")

with open(TABLE, encoding="utf-8") as file:
    GLYPHS = "".join(re.findall(r'^GLYPHS\("(.*)"\)$', file.read(), re.M))
BLANK = len(GLYPHS)
INDEX = {glyph: i for i, glyph in enumerate(GLYPHS)}
