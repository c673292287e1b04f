"""Makes the modules of tools/specimen importable from here."""

import os
import sys

SPECIMEN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(
    __file__))), "specimen")
if SPECIMEN not in sys.path:
    sys.path.append(SPECIMEN)
