#!/usr/bin/python3
"""Small squares of pictures at the camera's own pixels: what the network
learns from. Four from each page, display or print, each photographed anew.

    patches.py --seed 1000000 --things 4500 --out /tmp/train.npz
"""

import argparse
import io
import time

import cv2
import numpy as np
from PIL import Image

import surface
import attack
import capture

SIDE = 96
CLASSES = ("genuine", "screen", "print")
EACH = 4
PAGES = 24          # specimens that patches are taken from
DENSITY = (8, 40)   # pixels to a millimetre: a card in 1 to 12 megapixels


def thing_of(kind, art, rng, around):
    if kind == "screen":
        return attack.Display(art, rng, around=around)
    if kind == "print":
        return attack.Print(art, rng, inks="k" if rng.random() < 0.15 else None)
    return attack.Genuine(art, rng)


def pose(art, rng, side):
    """A square somewhere on the page: homography, and its mm around."""
    density = np.exp(rng.uniform(*np.log(DENSITY)))
    reach = side / density * 0.75
    x = rng.uniform(min(reach, art.width / 2),
                    max(art.width - reach, art.width / 2))
    y = rng.uniform(min(reach, art.height / 2),
                    max(art.height - reach, art.height / 2))
    a = rng.normal(0, 0.15) if rng.random() < 0.6 else rng.uniform(0, 6.3)
    turn = np.array(((np.cos(a), -np.sin(a)), (np.sin(a), np.cos(a))))
    shear = np.eye(2) + rng.normal(0, 0.06, (2, 2))
    m = density * turn @ shear
    h = np.eye(3)
    h[:2, :2] = m
    h[:2, 2] = np.array((side / 2, side / 2)) - m @ (x, y)
    h[2, :2] = rng.normal(0, 2e-5, 2)
    h[:2] += np.outer((side / 2, side / 2), h[2]) * [[1, 1, 0]]
    reach *= 1.5
    return h, (x - reach, y - reach, x + reach, y + reach)


def patch(kind, art, rng):
    """RGB, SIDE x SIDE; cut from a larger one so that the file's 8 x 8
    blocks lie anyhow."""
    side = SIDE + 16
    h, around = pose(art, rng, side)
    thing = thing_of(kind, art, rng, around)
    s = capture.shot(rng)
    jpeg = capture.take(thing, art, h, (side, side), s, rng)
    page = np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB"))
    x, y = rng.integers(0, 16, 2)
    return page[y:y + SIDE, x:x + SIDE]


def of_thing(seed, first):
    """EACH patches and their class, from one seed."""
    rng = np.random.default_rng([seed, 5])
    label = int(rng.integers(len(CLASSES)))
    out = []
    for _ in range(EACH):
        art = surface.Surface(first + seed % PAGES, rng)
        art.grey = rng.random() < 0.12
        out.append(patch(CLASSES[label], art, rng))
    return out, label


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--things", type=int, required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    first = args.seed // 1000000 * 1000000
    pages, labels = [], []
    for seed in range(args.seed, args.seed + args.things):
        made, label = of_thing(seed, first)
        pages += made
        labels += [label] * EACH
    np.savez(args.out, pages=np.stack(pages), labels=np.array(labels, "u1"))
    print("%d patches, %.0f CPU seconds" % (len(labels), time.process_time()))


if __name__ == "__main__":
    main()
