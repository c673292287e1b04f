#!/usr/bin/python3
"""Whole pictures to measure with: each of a page, of a display, of a print or
of a grey copy, and a .json of how it was made.

    photos.py --kind screen --seed 2000000 --count 40 --out /tmp/tuning
"""

import argparse
import json
import os

import cv2
import numpy as np

import surface
import attack
import capture
import desk     # of tools/specimen; surface puts them on the path
import splits

FRAMES = ((1600, 1200),) * 7 + ((2560, 1920),)
KINDS = ("genuine", "screen", "print", "grey")


def woven(rng, w, h):
    """Cloth: threads over and under, a pattern that is no display's."""
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    step = np.float32(rng.uniform(2.5, 14) * w / 1600)
    a = np.float32(rng.uniform(-0.3, 0.3))
    warp = np.cos(2 * np.pi * (x + a * y) / step)
    weft = np.cos(2 * np.pi * (y - a * x) / step)
    depth = np.float32(rng.uniform(0.05, 0.35))
    cloth = 1 + depth * np.where(warp * weft > 0, warp, weft)
    tone = rng.uniform(0.05, 0.7, 3).astype(np.float32)
    return cloth[..., None] * tone


def ground(rng, seed, w, h):
    if rng.random() < 0.25:
        return woven(rng, w, h)
    picture = desk.draw(rng, w // 2, h // 2, int(rng.integers(0, 4)),
                        splits.split_of(seed))
    page = surface.linear(np.asarray(picture))
    return cv2.resize(page, (w, h), interpolation=cv2.INTER_CUBIC).clip(0, 1)


def tilted(width, height, rng, level):
    """A page's corners seen from a distance, in millimetres."""
    roll = np.radians(rng.normal(0, 4 * level))
    nod, shake = np.radians(rng.normal(0, 5 * level, 2))
    x, y = width / 2, height / 2
    flat = np.array(((-x, -y, 0), (x, -y, 0), (x, y, 0), (-x, y, 0)))
    c, s = np.cos, np.sin
    turn = np.array(((c(roll), -s(roll), 0), (s(roll), c(roll), 0), (0, 0, 1)))
    up = np.array(((1, 0, 0), (0, c(nod), -s(nod)), (0, s(nod), c(nod))))
    side = np.array(((c(shake), 0, s(shake)), (0, 1, 0),
                     (-s(shake), 0, c(shake))))
    solid = flat @ turn.T @ up.T @ side.T
    far = 3.2 * np.hypot(width, height)
    return solid[:, :2] * (far / (far + solid[:, 2:]))


def place(art, frame, rng):
    """Homography from millimetres to pixels."""
    quad = tilted(art.width, art.height, rng, float(rng.choice((0.3, 1, 2))))
    size = quad.max(0) - quad.min(0)
    fit = min(frame / size) * rng.uniform(0.68, 0.95)
    room = np.maximum(0, np.float64(frame) * 0.97 - size * fit) / 2
    middle = (quad.max(0) + quad.min(0)) / 2
    quad = (quad - middle) * fit + np.float64(frame) / 2 + \
        rng.uniform(-1, 1, 2) * room
    flat = np.float32(((0, 0), (art.width, 0), (art.width, art.height),
                       (0, art.height)))
    return cv2.getPerspectiveTransform(flat, quad.astype(np.float32)), quad


def thing_of(kind, art, rng):
    if kind == "screen":
        return attack.Display(art, rng)
    if kind == "print":
        return attack.Print(art, rng)
    if kind == "grey":
        art.grey = True
        if rng.random() < 0.6:
            return attack.Print(art, rng, inks="k")
    return attack.Genuine(art, rng)


def facts_of(kind, seed, art, thing, h, quad, frame, s):
    mm = capture.thing_pixel(capture.invert(h), frame)
    facts = {"kind": kind, "seed": seed, "synthetic": True, "frame": frame,
             "quad": quad.round(1).tolist(), "pixels_per_mm": round(1 / mm, 2),
             "faded": art.faded, "shot": s}
    if kind == "screen":
        facts.update(across=thing.across, layout=thing.layout,
                     pixels_a_dot=round(thing.pitch / mm, 3))
    if hasattr(thing, "manner"):
        facts.update(manner=thing.manner, inks=thing.inks, cut=bool(thing.cut),
                     pixels_a_dot=round(thing.step / mm, 3))
    return facts


def photograph(kind, seed):
    """JPEG and facts."""
    rng = np.random.default_rng([seed, KINDS.index(kind), 77])
    frame = FRAMES[int(rng.integers(len(FRAMES)))]
    art = surface.Surface(seed, rng)
    thing = thing_of(kind, art, rng)
    h, quad = place(art, frame, rng)
    s = capture.shot(rng)
    if max(frame) > 2000:
        s["shrink"] = 1
    jpeg = capture.take(thing, art, h, frame, s, rng, ground(rng, seed, *frame))
    return jpeg, facts_of(kind, seed, art, thing, h, quad, frame, s)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=KINDS, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(args.out, exist_ok=True)
    for seed in range(args.seed, args.seed + args.count):
        jpeg, facts = photograph(args.kind, seed)
        stem = os.path.join(args.out, "%s_%d" % (args.kind, seed))
        with open(stem + ".jpg", "wb") as file:
            file.write(jpeg)
        with open(stem + ".json", "w") as file:
            json.dump(facts, file, indent=1)


if __name__ == "__main__":
    main()
