#!/usr/bin/python3
"""Fields of pages, photographed: of genuine pages, and of pages on which one
field was typed again.

    fields.py --seed 1000000 --pages 200 --out /tmp/train.npz

Only the fields are photographed, not the whole page: each is seen with the
same lens, sensor and file as the others of its picture, then cut out and
laid flat as the programs do it, a little wrong as they do.
"""

import argparse
import copy
import os
import sys

import cv2
import numpy as np
from PIL import Image

import net

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../specimen"))
import forge        # noqa: E402
import levels       # noqa: E402
import pages        # noqa: E402
import retype       # noqa: E402
import scan         # noqa: E402
import sensor       # noqa: E402
import specimens    # noqa: E402
from splits import stream       # noqa: E402

CARD = 300 / 25.4       # pixels a millimetre of what programs cut out
DRAWN = 15              # of the drawn page
MOST = 10               # fields of one picture
LEAST = 4
EDGE = 2.0              # mm around what is cut out
FORGED = 6              # of a page, each photographed SHOTS times
SHOTS = 2


def front(seed):
    """The page that bears the fields."""
    code, document = specimens.choose(stream(seed, "choice"), {})
    p = specimens.person(seed, code, document, {})
    side = pages.SIDES[p["kind"]][0]
    page = pages.DRAW[side](forge.holder(seed, p, side, [], None), DRAWN)
    page.seed = seed
    return page


def typed_again(page, rng):
    """A copy with one field typed again; and its name."""
    other = copy.copy(page)
    other.fields = copy.deepcopy(page.fields)
    return other, retype.retyped(other, rng)["field"]


def middles(page, rng):
    """The middles of the fields as the programs find them, in mm."""
    out = {}
    for name, f in page.fields.items():
        if name.endswith("_native") or name in ("type", "code", "can"):
            continue
        x0, y0, x1, y1 = f.box
        out[name] = np.array(((x0 + x1) / 2, (y0 + y1) / 2)) + \
            rng.normal(0, (0.35, 0.16))
    return out


class Camera:
    """One photograph's numbers, and how it sees the fields."""

    def __init__(self, rng):
        self.level = levels.NAMES[int(rng.integers(0, len(levels.NAMES)))]
        flat = self.level == "scan"
        self.shot = scan.draw(rng) if flat else levels.draw(rng, self.level)
        self.shot.setdefault("noise", 1.5)
        self.shot.setdefault("motion", 0)
        self.shot.setdefault("blur", 0.5)
        self.density = float(np.exp(rng.uniform(np.log(5.5), np.log(17))))
        if self.level in ("L1", "L2"):
            self.density = float(rng.uniform(9, 17))
        turn = 0 if flat else np.radians(self.shot["turn"] +
                                         self.shot["roll"])
        c, s = np.cos(turn), np.sin(turn)
        lean = np.eye(2) if flat else np.array(
            ((rng.uniform(0.8, 1), rng.normal(0, 0.05)),
             (rng.normal(0, 0.05), rng.uniform(0.8, 1))))
        self.to = self.density * np.array(((c, -s), (s, c))) @ lean
        w, h = net.WIDE / CARD / 2 + EDGE, net.HIGH / CARD / 2 + EDGE
        corners = np.array(((w, h), (w, -h), (-w, h), (-w, -h))) @ self.to.T
        self.size = np.ceil(2 * np.abs(corners).max(0)).astype(int) + 2
        self.slope = rng.normal(0, self.shot.get("slope", 0.03), 2)
        self.tone = rng.uniform(0.8, 1.05) * rng.uniform(0.95, 1.05, 3)
        wrong = np.eye(2) + rng.normal(0, 0.012, (2, 2))
        self.back = np.linalg.inv(self.to) @ wrong  # how the finder sees it
        self.rng = rng

    def tile(self, page, at):
        """What lies around a place of the page, in camera pixels."""
        pixels = page.pixels_of
        middle = np.asarray(at) * page.scale
        a = np.linalg.inv(self.to) * page.scale
        shift = middle - a @ ((self.size - 1) / 2)
        # drawn finer than seen: the mean over what a pixel covers
        if page.scale > 1.5 * self.density:
            reach = int(1.5 * max(self.size) * page.scale / self.density)
            x0, y0 = np.maximum((middle - reach).astype(int), 0)
            part = pixels[y0:y0 + 2 * reach, x0:x0 + 2 * reach]
            part = cv2.GaussianBlur(part, (0, 0),
                                    0.4 * page.scale / self.density)
            shift = shift - (x0, y0)
        else:
            part = pixels
        seen = cv2.warpAffine(
            part, np.c_[a, shift], tuple(int(v) for v in self.size),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
        light = self.tone * (1 + self.slope @ (
            at / (page.width, page.height) - 0.5))
        return seen * light.astype(np.float32)

    def sheet(self, tiles):
        """All tiles side by side, seen by one sensor; an image."""
        w, h = (int(v) for v in self.size)
        across = max(1, int(np.sqrt(len(tiles) * h / w)))
        down = -(-len(tiles) // across)
        whole = np.full((down * h, across * w, 3), 200, np.float32)
        for i, tile in enumerate(tiles):
            y, x = i // across * h, i % across * w
            whole[y:y + h, x:x + w] = tile
        return whole, [(i % across * w, i // across * h)
                       for i in range(len(tiles))]

    def flat(self, image, places):
        """Each tile as programs cut it out of the picture."""
        pixels = np.asarray(image)
        out = np.empty((len(places), net.HIGH, net.WIDE, 3), np.uint8)
        half = np.array(((net.WIDE - 1) / 2, (net.HIGH - 1) / 2))
        forward = np.linalg.inv(self.back) / CARD
        for i, place in enumerate(places):
            middle = np.array(place) + (self.size - 1) / 2
            shift = middle - forward @ half
            out[i] = cv2.warpAffine(
                pixels, np.c_[forward, shift], (net.WIDE, net.HIGH),
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REPLICATE)
        return out


def decoded(jpeg):
    return cv2.cvtColor(cv2.imdecode(np.frombuffer(jpeg, np.uint8), 1),
                        cv2.COLOR_BGR2RGB)


def photographed(page, names, at, camera, forged=None, genuine=None):
    """The fields as the programs see them. With `genuine` the forgery was
    done in the picture's file: the forged field's tile is laid into the
    genuine photograph, which had been saved before."""
    for one in (page, genuine or page):
        one.pixels_of = np.asarray(one.image)
    tiles = [camera.tile(page, at[name]) for name in names]
    whole, places = camera.sheet(tiles)
    rng, shot = camera.rng, camera.shot
    state = rng.bit_generator.state
    if genuine is None:
        image = sensor.sensed(whole, shot, rng)
        return camera.flat(decoded(sensor.encoded(image, shot)), places)
    less = dict(shot, noise=shot["noise"] * (0.15 if rng.random() < 0.5
                                             else 1))
    seen = np.array(sensor.sensed(whole.copy(), less, rng))
    before, _ = camera.sheet([camera.tile(genuine, at[name])
                              for name in names])
    rng.bit_generator.state = state
    rng.random()
    first = decoded(sensor.encoded(sensor.sensed(before, shot, rng), shot))
    first = first.copy()
    x, y = places[names.index(forged)]
    w, h = (int(v) for v in camera.size)
    quad = camera.to @ np.array(box_around(page, forged, at[forged])).T
    low = np.clip(np.floor(quad.min(1) + camera.size / 2), 0, (w, h))
    high = np.clip(np.ceil(quad.max(1) + camera.size / 2), 0, (w, h))
    (x0, y0), (x1, y1) = low.astype(int), high.astype(int)
    first[y + y0:y + y1, x + x0:x + x1] = \
        seen[y + y0:y + y1, x + x0:x + x1]
    last = dict(shot, quality=int(rng.uniform(60, 97)))
    return camera.flat(decoded(sensor.encoded(
        Image.fromarray(first), last)), places)


def box_around(page, name, middle):
    x0, y0, x1, y1 = page.fields[name].box
    return [(x - middle[0], y - middle[1]) for x, y in (
        (x0 - 0.5, y0 - 0.4), (x1 + 0.5, y0 - 0.4), (x1 + 0.5, y1 + 0.2),
        (x0 - 0.5, y1 + 0.2))]


def of_page(seed):
    """(crops, forged or not, picture) of all photographs of one page."""
    page = front(seed)
    rng = stream(seed, "fields")
    out = []
    for variant in range(FORGED + 1):
        seen, forged = page, None
        if variant:
            seen, forged = typed_again(page, rng)
        for _ in range(SHOTS):
            at = middles(seen, rng)
            names = list(at)
            rng.shuffle(names)
            names = names[:MOST]
            if forged in at and forged not in names:
                names[0] = forged
            if len(names) < LEAST:
                continue
            edited = forged is not None and rng.random() < 0.3
            crops = photographed(seen, names, at, Camera(rng), forged,
                                 page if edited else None)
            out.append((crops, np.array([n == forged for n in names])))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    crops, labels, groups, count = [], [], [], 0
    for seed in range(args.seed, args.seed + args.pages):
        for seen, forged in of_page(seed):
            crops.append(seen)
            labels.append(forged)
            groups.append(np.full(len(forged), count))
            count += 1
    np.savez_compressed(args.out, crops=np.concatenate(crops),
                        labels=np.concatenate(labels),
                        groups=np.concatenate(groups))


if __name__ == "__main__":
    main()
