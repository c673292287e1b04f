#!/usr/bin/python3
"""Counts what `paraph inspect` says of rendered documents (render.py).

    bench/renders/tally.py DIR [--program P] [--show] [-j 2]

Fields, zones, kind and country as bench/replicas/count.py counts them; besides
whether the outline was found (its upright box within 2 % of the page's
width), what the person with the camera is asked to do better, and which
checks warn or fail: for genuine pages all of that is false but where light
really blots out print. Displays and prints are told by the checks alone.
"""

import argparse
import collections
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(ROOT, "bench/replicas"),
                os.path.join(ROOT, "bench/lib")]
import count  # noqa: E402
from shares import share  # noqa: E402

NEAR = 0.02
TRIES = 5
SEEN = 1600     # pixels of the longer side that operators see at most


def box_of(quad):
    across, down = zip(*quad)
    return min(across), min(down), max(across), max(down)


def answer(program, picture):
    """On a busy machine its time runs out, which says nothing of a
    picture."""
    for _ in range(TRIES):
        said = count.inspect(program, picture)
        if "error" not in said:
            return said
    print("refused", os.path.basename(picture), said["error"]["message"])
    return said


def within(box, picture):
    """What of it is in the picture, as operators see that."""
    with Image.open(picture) as image:
        right, foot = image.width - 1, image.height - 1
    scale = min(1, SEEN / (1 + max(right, foot)))
    return [scale * v for v in (max(0, box[0]), max(0, box[1]),
                                min(right, box[2]), min(foot, box[3]))]


def outline(picture, truth, said):
    """`found`, `off`, `turned` or `none`; and how far off, by the width."""
    quality = {q["name"]: q for q in said["quality"]}
    found = quality.get("document_found")
    if not found or not found["value"] or not found["region"]:
        return "none", 1
    turned = quality["rotation"]["value"] if "rotation" in quality else 0
    if (turned + truth["shot"]["turn"]) % 360 and (
            turned - truth["shot"]["turn"]) % 360:
        return "turned", 1
    x, y, w, h = found["region"]
    want = within(box_of(truth["quad"]), picture)
    wide = want[2] - want[0]
    off = max(abs(a - b) for a, b in zip((x, y, x + w, y + h), want))
    return "found" if off <= NEAR * wide else "off", off / wide


def more(picture, truth, said, tally, show):
    seen, off = outline(picture, truth, said)
    tally["outline"][seen] += 1
    if show and seen != "found":
        print("outline %s %.3f %s" % (seen, off, os.path.basename(picture)))
    for q in said["quality"]:
        if q["sentence"]:
            tally["asked"][q["name"]] += 1
            if show:
                print("asked", os.path.basename(picture), q["name"],
                      q["value"], q["region"])


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--program", default="%s inspect --models %s" % (
        os.path.join(ROOT, "build/src/cli/paraph"),
        os.path.join(ROOT, "models")))
    parser.add_argument("--show", action="store_true")
    parser.add_argument("-j", type=int, default=2)
    args = parser.parse_args()
    pictures = count.load(args.folders)
    with ThreadPoolExecutor(args.j) as pool:
        answers = list(pool.map(lambda one: answer(
            args.program, one[0]), pictures))
    for what in sorted({truth["what"] for _, truth in pictures}):
        tally = collections.defaultdict(collections.Counter)
        for (picture, truth), said in zip(pictures, answers):
            if truth["what"] == what:
                count.count_fields(picture, truth, said, tally, args.show)
                count.count_rest(picture, truth, said, tally, args.show)
                more(picture, truth, said, tally, args.show)
        print(what)
        count.report(tally)
        print("outline", share(tally["outline"]["found"], sum(
            tally["outline"].values())), dict(tally["outline"]))
        print("asked", dict(tally["asked"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
