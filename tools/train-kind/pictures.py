#!/usr/bin/python3
"""Small pictures of documents, of other things and of bare desks, with the
class of each and the box around what lies in it.

    pictures.py --seed 1000000 --count 1000 --out /tmp/train1.npz

A page is drawn once and photographed three times, 256 pixels wide, at levels
drawn by the seed; kept at 144 pixels on the long side.
"""

import argparse
import os
import sys
import time

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../specimen"))

import camera  # noqa: E402
import levels  # noqa: E402
import pages as paper  # noqa: E402
import specimens  # noqa: E402
from splits import one, split_of, stream  # noqa: E402

import things  # noqa: E402

CLASSES = ("passport_page", "card_front", "card_back", "other", "none")
DRAWN = ("td3", "td3", "td3", "td1", "td1", "td1", "td1", "td2", "fra2",
         "mrva", "mrvb", "facing", "facing", "thing", "thing", "empty",
         "empty")
CLASS = {"td3": 0, "mrva": 3, "mrvb": 3, "facing": 3, "thing": 4}
FRAME, KEPT = (256, 192), 144
SCALE = 4.0         # drawn pixels a millimetre
LEVELS = ("L1", "L2", "L3", "L4", "scan")
SHOTS = 3


def facing(seed):
    """A page of a passport that is not the holder's."""
    page, = specimens.draw(seed, SCALE, kind="td3", size=FRAME)
    other = paper.facing(page.person, page.scale)
    other.person, other.side, other.seed = page.person, "facing", seed
    other.wishes, other.forges, other.sheet = page.wishes, [], None
    return other


def pages_of(seed, kind, rng):
    """What lies on the desk, and what each is."""
    if kind == "facing":
        return [(facing(seed), CLASS[kind])]
    if kind == "thing":
        page = specimens.draw(seed, SCALE, kind=one(rng, ("td1", "td3")),
                              size=FRAME)[0]
        return [(things.instead(page, rng), CLASS[kind])]
    drawn = specimens.draw(seed, SCALE, kind=kind, size=FRAME)
    return [(p, CLASS.get(kind, 2 if p.side == "back" else 1)) for p in drawn]


def desk(seed, shot):
    rng = stream(seed, "shot", "empty", shot)
    s = dict(levels.draw(rng, LEVELS[int(rng.integers(4))]), turn=0)
    frame = FRAME if rng.random() < 0.5 else FRAME[::-1]
    image = camera.empty(frame, s, rng, split_of(seed))
    return image, None


def photo(page, shot, kind, rng):
    level = one(rng, LEVELS)
    more = {"size": FRAME if rng.random() < 0.6 else FRAME[::-1]}
    if kind in ("td3", "mrva", "mrvb") and rng.random() < 0.4:
        more["booklet"] = kind == "td3"
    if rng.random() < 0.3 and level != "scan":
        more["cover"] = float(rng.uniform(0.35, 0.7))
    taken = specimens.photograph(page, shot, level, **more)
    return taken.image, np.float32(taken.truth["quad"])


def kept(image, quad):
    """On a square of KEPT, in its corner; its size; the box in its pixels."""
    k = KEPT / max(image.size)
    size = [max(8, round(v * k)) for v in image.size]
    square = np.zeros((KEPT, KEPT, 3), np.uint8)
    square[:size[1], :size[0]] = image.resize(size, Image.BOX)
    box = (0, 0, *size) if quad is None else (
        *np.clip(quad.min(0) * k, 0, size), *np.clip(quad.max(0) * k, 0, size))
    return square, size, np.float32(box)


def of_seed(seed):
    """[(picture, size, box, class, has a page)]."""
    rng = stream(seed, "network of kinds")
    kind = one(rng, DRAWN)
    if kind == "empty":
        return [(*kept(*desk(seed, k)), 4, False) for k in range(2)]
    return [(*kept(*photo(page, k, kind, rng)), label, True)
            for page, label in pages_of(seed, kind, rng)
            for k in range(SHOTS)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    rows = []
    for seed in range(args.seed, args.seed + args.count):
        rows += of_seed(seed)
    pictures, sizes, boxes, labels, found = zip(*rows)
    np.savez(args.out, pictures=np.stack(pictures), sizes=np.array(sizes),
             boxes=np.stack(boxes), labels=np.array(labels),
             found=np.array(found))
    print("%d pictures, %s; %.0f CPU seconds" % (
        len(labels), dict(zip(CLASSES, np.bincount(labels, minlength=5))),
        time.process_time()))


if __name__ == "__main__":
    main()
