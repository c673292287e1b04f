"""Makes the modules of tools/specimen importable from here, and keeps OpenCV
to one thread: what is made must not depend on how many there are."""

import os
import sys

import cv2

cv2.setNumThreads(1)
SPECIMEN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(
    __file__))), "specimen")
if SPECIMEN not in sys.path:
    sys.path.append(SPECIMEN)
