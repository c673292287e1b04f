#!/usr/bin/python3 -P
"""How near imprints of the same and of different photographs are.

    bench/imprint.py FOLDER...    pictures with their truth, as make.py writes

Same: a photograph stored again (JPEG quality 40), at half its size, brighter.
Different: every other photograph of the folders, most of all those of the
same model of document. Prints the distances in bits of 256, and how many
pairs lie on the wrong side of the threshold in src/ident/imprint.h.
"""
import glob
import itertools
import os
import re
import sys

import numpy as np
from PIL import Image, ImageEnhance

HERE = os.path.dirname(os.path.abspath(__file__))


def near():
    with open(os.path.join(HERE, "../src/ident/imprint.h"),
              encoding="utf-8") as file:
        return int(re.search(r"IMPRINT_NEAR (\d+)", file.read()).group(1))


def imprint(image):
    """As src/ident/imprint.c, on a picture made small by area."""
    small = image.convert("L").resize((17, 16), Image.BOX)
    levels = np.asarray(small, dtype=int)
    return levels[:, 1:] > levels[:, :-1]


def again(image, folder="/tmp"):
    path = os.path.join(folder, "imprint-%d.jpg" % os.getpid())
    image.save(path, quality=40)
    with Image.open(path) as stored:
        yield imprint(stored.copy())
    os.unlink(path)
    yield imprint(image.resize((image.width // 2, image.height // 2)))
    yield imprint(ImageEnhance.Brightness(image).enhance(1.2))


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    same, different, all_of_them = [], [], []
    for path in sorted(p for f in sys.argv[1:] for p in glob.glob(f + "/*.jpg")):
        with Image.open(path) as image:
            image = image.convert("RGB")
        own = imprint(image)
        all_of_them.append(own)
        same += [int((own != other).sum()) for other in again(image)]
    for one, other in itertools.combinations(all_of_them, 2):
        different.append(int((one != other).sum()))
    limit = near()
    print("same: %d pairs, distance median %d, largest %d, above %d: %d" % (
        len(same), np.median(same), max(same), limit,
        sum(d > limit for d in same)))
    print("different: %d pairs, median %d, smallest %d, up to %d: %d" % (
        len(different), np.median(different), min(different), limit,
        sum(d <= limit for d in different)))


if __name__ == "__main__":
    main()
