"""Barcodes that some models carry, made by Debian's zint.

What they say is plain text: `N=number;S=surname;G=given;B=birth;E=expiry`,
names in the letters of the machine-readable zone with spaces, dates as
YYYY-MM-DD.
"""

import functools
import io
import subprocess

from PIL import Image

import mrz

# kind: zint's number, further options, width on the page in millimetres
KINDS = {"datamatrix": ("71", ("--square",), 12.5),
         "qr": ("58", ("--secure=2",), 13.5),
         "pdf417": ("55", ("--cols=6",), 36)}


def text_of(p):
    plain = lambda name: mrz.fold(name).replace("<", " ")  # noqa: E731
    return "N=%s;S=%s;G=%s;B=%s;E=%s" % (
        p["number"], plain(p["surname"]), plain(p["given"]),
        p["birth_date"].isoformat(), p["expiry_date"].isoformat())


@functools.lru_cache(maxsize=64)
def symbol(kind, text):
    """The symbol as an L image of two pixels a module."""
    number, more, _ = KINDS[kind]
    made = subprocess.run(
        ["zint", "-b", number, *more, "--direct", "--filetype=PNG",
         "-d", text], check=True, stdout=subprocess.PIPE)
    return Image.open(io.BytesIO(made.stdout)).convert("L")


def place(page, p, kind, x, y):
    """Print a symbol with its quiet zone; remember it."""
    text, width = text_of(p.get("coded", p)), KINDS[kind][2]
    image = symbol(kind, text)
    w = page.px(width)
    h = round(w * image.height / image.width)
    quiet = page.px(1)
    x0, y0 = page.px(x), page.px(y)
    page.image.paste((246, 246, 244), (x0 - quiet, y0 - quiet, x0 + w + quiet,
                                       y0 + h + quiet))
    ink = image.resize((w, h), Image.BOX).point(lambda v: 255 - v)
    page.image.paste((26, 26, 30), (x0, y0), ink)
    page.barcodes.append({"kind": kind, "text": text, "box": (
        x, y, x + width, y + h / page.scale)})
