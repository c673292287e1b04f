#!/usr/bin/python3
"""Faces of type and heads for the training, into a folder that cards.py reads
(RETYPED_DATA): 80 of Debian's Latin faces, cut to what is drawn of them, and
110 rendered heads of seeds that nothing else uses.

    prepare.py /tmp/retyped
"""

import glob
import os
import random
import subprocess
import sys

import cv2

HERE = os.path.dirname(os.path.abspath(__file__))
for name in ("../faces", "../specimen"):
    sys.path.insert(0, os.path.join(HERE, name))
import person   # noqa: E402
import shoot    # noqa: E402

FONTS = "/usr/share/fonts/"
# what final-test seeds and exams are set in stays out
FAMILIES = (
    "truetype/liberation/Liberation*.ttf", "truetype/dejavu/DejaVuSans*.ttf",
    "truetype/dejavu/DejaVuSerif*.ttf",
    "truetype/roboto/unhinted/RobotoTTF/*.ttf",
    "truetype/roboto/unhinted/*.ttf", "opentype/urw-base35/*.otf",
    "truetype/jetbrains-mono/*.ttf", "opentype/b612/*.otf",
    "opentype/cabin/*.otf", "opentype/dosis/*.otf", "truetype/hack/*.ttf",
    "truetype/oxygen/*.ttf", "opentype/linux-libertine/*.otf",
    "opentype/courier-prime/*.otf", "truetype/noto/NotoSans-*.ttf",
    "truetype/noto/NotoSerif-*.ttf", "truetype/noto/NotoSansDisplay-*.ttf",
    "truetype/noto/NotoSansMono-*.ttf", "truetype/noto/NotoMono*.ttf",
    "opentype/ocr-b/*.otf")
NOT = ("Italic", "Oblique", "Symbol", "Dingbat", "D050", "Standard", "Thin",
       "Hairline", "Chancery", "Z003", "Biolinum_K", "Initials")
SIGNS = "U+0020-007E,U+00C0-00FF,U+0100-017F"
COUNT, FIRST, HEADS = 80, 1_640_000, 110


def fonts(out):
    found = [path for row in FAMILIES for path in sorted(glob.glob(
        FONTS + row)) if not path.endswith("I.otf") and not any(
            word in os.path.basename(path) for word in NOT)]
    random.Random(4).shuffle(found)
    for i, path in enumerate(found[:COUNT]):
        name = "%02d_%s" % (i, os.path.basename(path).replace(" ", "_"))
        subprocess.run([sys.executable, "-m", "fontTools.subset", path,
                        "--unicodes=" + SIGNS, "--layout-features=kern",
                        "--output-file=" + os.path.join(out, name)],
                       check=True)


def heads(out):
    for seed in range(FIRST, FIRST + HEADS):
        image = shoot.portrait(person.Person(seed))
        cv2.imwrite(os.path.join(out, "%d.jpg" % seed), image[..., ::-1],
                    [cv2.IMWRITE_JPEG_QUALITY, 94])


if __name__ == "__main__":
    for name, make in (("fonts", fonts), ("faces", heads)):
        folder = os.path.join(sys.argv[1], name)
        os.makedirs(folder, exist_ok=True)
        make(folder)
