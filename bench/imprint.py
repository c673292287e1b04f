#!/usr/bin/python3 -P
"""How near imprints of the same and of different photographs are.

    bench/imprint.py FOLDER...    pictures with their truth, as make.py writes

Same: a photograph stored again, at half its size, brighter, cut, turned.
Different: every other photograph of the folders, most of all those of the
same model of document. Prints the distances in bits of 256, and how many
pairs lie on the wrong side of the threshold in src/ident/imprint.h.
"""
import glob
import io
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


def stored_again(image):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=40)
    return Image.open(file).convert("RGB")


def cut(image, share):
    wide, high = (round(share * side) for side in image.size)
    return image.crop((wide, high, image.width - wide, image.height - high))


def turned(image, degrees):
    return image.rotate(degrees, Image.BILINEAR, fillcolor=(128, 128, 128))


MANNERS = {
    "JPEG of quality 40": stored_again,
    "half its size": lambda image: image.resize(
        (image.width // 2, image.height // 2)),
    "brighter by a fifth": lambda image: ImageEnhance.Brightness(
        image).enhance(1.2),
    "cut by a hundredth of each side": lambda image: cut(image, 0.01),
    "cut by a fiftieth": lambda image: cut(image, 0.02),
    "turned by 1 degree": lambda image: turned(image, 1),
    "turned by 2 degrees": lambda image: turned(image, 2),
}


def load(path):
    with Image.open(path) as image:
        image = image.convert("RGB")
    image.thumbnail((800, 800))
    return image


def tell(manner, distances, limit):
    print("%-32s median %3d, largest %3d, above %d: %d of %d" % (
        manner, np.median(distances), max(distances), limit,
        sum(d > limit for d in distances), len(distances)))


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    paths = sorted(p for f in sys.argv[1:] for e in ("jpg", "ppm")
                   for p in glob.glob("%s/*.%s" % (f, e)))
    same, imprints, limit = {m: [] for m in MANNERS}, [], near()
    for image in map(load, paths):
        imprints.append(imprint(image))
        for manner, change in MANNERS.items():
            other = imprint(change(image))
            same[manner].append(int((imprints[-1] != other).sum()))
    for manner, distances in same.items():
        tell(manner, distances, limit)
    different = sorted(int((one != other).sum()) for one, other in
                       itertools.combinations(imprints, 2))
    print("different: %d pairs, median %d, smallest %s, up to %d: %d" % (
        len(different), np.median(different), different[:5], limit,
        sum(d <= limit for d in different)))


if __name__ == "__main__":
    main()
