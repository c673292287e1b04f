#!/usr/bin/python3
"""Draws parts of pages with heads in every place and manner, for train.c.

    parts.py --seed 1700000 --count 3000 --out /tmp/heads_1.bin
    parts.py --seed 3700000 --count 300 --held --out /tmp/heads_held.bin

Grounds are pages of tools/specimen without their heads; heads lie anywhere
on them, over print and under it, never only where a layout has them. What is
written is what the network is shown: grey, PER_MM pixels to a millimetre of
the page, or that made smaller; and the middle and width of each face.
"""

import argparse
import struct

import cv2
import numpy as np
from PIL import Image

import manners
import artwork
import pages
import portrait
import specimens
from splits import stream

PER_MM = 300 / 25.4 / 4
DRAWN = 2               # times as many pixels when it is drawn
WIDE, HIGH, HEADS = 176, 136, 6
BACKGROUND = Image.new("RGB", (350, 450))


def bare(seed):
    """A page without a head, at DRAWN times PER_MM, RGB; None: no such."""
    code, document = specimens.choose(stream(seed, "choice"), {})
    page = specimens.draw(seed, DRAWN * PER_MM, country=code,
                          document=document)[0]
    return np.asarray(page.image.convert("RGB"))


def without_heads():
    """Nothing of tools/specimen draws a head from now on."""
    pages.faces = lambda *_: None
    portrait_draw = portrait.draw
    portrait.draw = lambda *_: BACKGROUND
    return portrait_draw


def paper(rng):
    """Another ground: what no country of tools/specimen prints."""
    h, w = (319, 505) if rng.random() < 0.6 else (520, 738)
    page = np.empty((3, h, w), np.float32)
    for plane in page:
        plane[:] = rng.uniform(150, 250)
    y = np.arange(h, dtype=np.float32)[:, None] / 6
    x = np.arange(w, dtype=np.float32)[None] / 6
    inks = [tuple(rng.uniform(40, 220, 3)) for _ in range(3)]
    for name in rng.permutation(sorted(artwork.MOTIFS))[:2]:
        artwork.MOTIFS[name](page, x, y, rng, inks[0], np.float32(6))
    if rng.random() < 0.7:
        artwork.waves(page, x, y, rng, inks[1], rng.uniform(0.8, 2.4), 6)
    for _ in range(int(rng.integers(0, 5))):
        artwork.rosette(page, rng, (rng.uniform(0, w / 6), rng.uniform(
            0, h / 6)), rng.uniform(4, 18), int(rng.integers(4, 16)),
            inks[2], 6)
    return np.clip(page.transpose(1, 2, 0), 0, 255).astype(np.uint8)


def lures(page, rng):
    """Things of a head's size that are none: rings, stars, shields, plates,
    blots, stamps, finger prints."""
    h, w = page.shape[:2]
    for _ in range(int(rng.integers(0, 5))):
        c = (int(rng.uniform(0, w)), int(rng.uniform(0, h)))
        r, ink = int(rng.uniform(10, 60)), int(rng.uniform(0, 255))
        layer = page.copy()
        kind = rng.integers(6)
        if kind == 0:
            cv2.ellipse(layer, c, (r, int(r * rng.uniform(0.7, 1.4))), 0, 0,
                        360, (ink,) * 3, -1, cv2.LINE_AA)
        elif kind == 1:
            for k in range(3, r, int(rng.integers(3, 7))):
                cv2.ellipse(layer, c, (k, int(k * 1.25)), int(
                    rng.integers(0, 40)), 0, 360, (ink,) * 3, 1, cv2.LINE_AA)
        elif kind == 2:
            corners = rng.normal(0, r, (int(rng.integers(3, 9)), 2)) + c
            cv2.fillPoly(layer, [corners.astype(np.int32)], (ink,) * 3,
                         cv2.LINE_AA)
        elif kind == 3:
            cv2.rectangle(layer, (c[0] - r, c[1] - r), (c[0] + r, c[1] + r),
                          (ink,) * 3, int(rng.integers(-1, 4)))
        elif kind == 4:
            cv2.putText(layer, "ABKRSX8"[int(rng.integers(7))], c,
                        cv2.FONT_HERSHEY_DUPLEX, r / 14, (ink,) * 3,
                        int(rng.integers(2, 8)), cv2.LINE_AA)
        else:
            y, x = np.mgrid[0:h, 0:w]
            layer = layer + (ink - 128) * np.exp(-(
                (x - c[0]) ** 2 + (y - c[1]) ** 2) / r ** 2)[..., None]
        a = rng.uniform(0.2, 0.9)
        page = page * (1 - a) + a * layer
    return np.clip(page, 0, 255).astype(np.float32)


def head(pool, rng):
    """A head, stretched and mirrored a little anyhow: grey 0 to 1, and its
    face."""
    picture, face = pool[int(rng.integers(len(pool)))]
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    cut = rng.uniform(0, 0.06, 4) * grey.shape[1]
    left, top, right, low = cut.astype(int)
    grey = grey[top:grey.shape[0] - low, left:grey.shape[1] - right]
    wide = grey.shape[1]
    x, y, w = (v * picture.shape[1] for v in face)
    x, y = (x - left) / wide, (y - top) / wide
    if rng.random() < 0.5:
        grey, x = grey[:, ::-1], 1 - x
    grey = grey ** rng.uniform(0.6, 1.6)
    grey = np.clip((grey - 0.5) * rng.uniform(0.7, 1.3) + rng.uniform(
        0.4, 0.6), 0, 1)
    return np.ascontiguousarray(grey), (x, y, w / wide)


def lay(page, pool, rng, kinds, size, taken):
    """Prints a head with a face of `size` pixels somewhere; its face."""
    grey, (x, y, w) = head(pool, rng)
    wide = size / w
    tall = wide * grey.shape[0] / grey.shape[1] * rng.uniform(0.93, 1.07)
    small = cv2.resize(grey, (max(8, int(wide)), max(8, int(tall))),
                       interpolation=cv2.INTER_AREA)
    h, w2 = small.shape
    room = page.shape[0] - h, page.shape[1] - w2
    if min(room) < 1:
        return None
    for _ in range(20):
        top, left = (int(rng.integers(0, v)) for v in room)
        box = left, top, left + w2, top + h
        if all(box[0] > b[2] or b[0] > box[2] or box[1] > b[3] or
               b[1] > box[3] for b in taken):
            break
    else:
        return None
    taken.append(box)
    tone, cover = kinds[int(rng.integers(len(kinds)))](small, rng)
    cover = (cover * manners.rim(small.shape, rng))[..., None]
    ink = rng.uniform(-25, 25, 3)
    part = page[top:top + h, left:left + w2]
    part += cover * (tone[..., None] * 255 + ink - part)
    return left + x * w2, top + y / grey.shape[0] * grey.shape[1] * h, \
        size


def overprint(page, rng):
    """Print, lines and lacquer over whatever is there."""
    h, w = page.shape[:2]
    for _ in range(int(rng.integers(0, 4))):
        text = "".join("ABCDEFGHIKLMNOPRSTUVXZ0123456789<. "[int(v)]
                       for v in rng.integers(0, 35, 12))
        cv2.putText(page, text, (int(rng.uniform(-0.2, 0.8) * w), int(
            rng.uniform(0, 1) * h)), int(rng.integers(0, 5)),
            rng.uniform(0.4, 1), (float(rng.uniform(0, 90)),) * 3,
            int(rng.integers(1, 3)), cv2.LINE_AA)
    if rng.random() < 0.4:
        wave = manners.phase_of((h, w), rng, rng.uniform(5, 14))
        ink = np.abs(wave % 1 - 0.5) < rng.uniform(0.03, 0.1)
        page += ink[..., None] * rng.uniform(-60, 60)
    return page


def photographed(page, rng):
    """Grey at PER_MM: blurred, lit from one side, with glare, noise and the
    loss of a file; a tenth of a page's corner off."""
    h, w = page.shape[:2]
    off = rng.normal(0, 0.004 * w, (4, 2))
    whole = np.float32([[0, 0], [w, 0], [w, h], [0, h]])
    small = cv2.warpPerspective(page, cv2.getPerspectiveTransform(
        np.float32(whole + off), whole / DRAWN), (w // DRAWN, h // DRAWN),
        flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    small = cv2.resize(cv2.GaussianBlur(page, (0, 0), DRAWN * rng.uniform(
        0.1, 0.9) + 0.2), (w // DRAWN, h // DRAWN),
        interpolation=cv2.INTER_AREA) if rng.random() < 0.5 else \
        cv2.GaussianBlur(small, (0, 0), rng.uniform(0.3, 0.9))
    h, w = small.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    a, k = rng.uniform(0, 6.28), rng.uniform(0, 0.35)
    small *= (1 + k * ((x / w - 0.5) * np.cos(a) + (y / h - 0.5) * np.sin(
        a)))[..., None]
    for _ in range(int(rng.integers(0, 3)) if rng.random() < 0.35 else 0):
        small += (rng.uniform(30, 140) * np.exp(-(
            ((x / w - rng.uniform()) / rng.uniform(0.05, 0.25)) ** 2 +
            ((y / h - rng.uniform()) / rng.uniform(0.05, 0.25)) ** 2)))[
                ..., None]
    small = (small - 128) * rng.uniform(0.55, 1.1) + 128 + rng.uniform(
        -40, 25)
    small += rng.normal(0, rng.uniform(0.5, 7), small.shape)
    small = np.clip(small, 0, 255).astype(np.uint8)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    if rng.random() < 0.6:
        grey = cv2.imdecode(cv2.imencode(".jpg", grey, [
            1, int(rng.integers(40, 92))])[1], 0)
    return grey


def composed(seed, grounds, pool, kinds):
    """A page with heads: grey at PER_MM, faces in its pixels."""
    rng = np.random.default_rng([seed, 11])
    page = grounds[int(rng.integers(len(grounds)))] if rng.random() < 0.7 \
        else paper(rng)
    page = np.ascontiguousarray(page[::-1, ::-1] if rng.random() < 0.2
                                else page).astype(np.float32)
    page = lures(page, rng)
    faces, taken = [], []
    for k in range(int(rng.integers(0, 5))):
        mm = rng.uniform(9, 20) if k == 0 else np.exp(
            rng.uniform(np.log(3.4), np.log(11)))
        face = lay(page, pool, rng, kinds, mm * DRAWN * PER_MM, taken)
        if face:
            faces.append(face)
    page = overprint(page, rng)
    return photographed(page, rng), [tuple(v / DRAWN for v in f)
                                     for f in faces]


def parts(grey, faces, rng, many):
    """Cuts of HIGH x WIDE, of the page or of the page made smaller."""
    for _ in range(many):
        times = (1, 1, 2)[int(rng.integers(3))]
        small = grey if times == 1 else cv2.resize(
            grey, (grey.shape[1] // times, grey.shape[0] // times),
            interpolation=cv2.INTER_AREA)
        h, w = small.shape
        x = int(rng.integers(min(0, w - WIDE), max(0, w - WIDE) + 1))
        y = int(rng.integers(min(0, h - HIGH), max(0, h - HIGH) + 1))
        if faces and rng.random() < 0.6 and w > WIDE and h > HIGH:
            fx, fy, _ = faces[int(rng.integers(len(faces)))]
            x = int(np.clip(fx / times - rng.uniform(0.1, 0.9) * WIDE, 0,
                            w - WIDE))
            y = int(np.clip(fy / times - rng.uniform(0.1, 0.9) * HIGH, 0,
                            h - HIGH))
        out = np.full((HIGH, WIDE), int(small.mean()), np.uint8)
        x0, y0, x1, y1 = max(0, x), max(0, y), min(w, x + WIDE), \
            min(h, y + HIGH)
        out[y0 - y:y1 - y, x0 - x:x1 - x] = small[y0:y1, x0:x1]
        yield out, [((fx / times - x), (fy / times - y), fw / times)
                    for fx, fy, fw in faces]


def write(file, picture, faces):
    """Pixels; how many faces; middle and width of each, float32."""
    inside = [f for f in faces if -f[2] < f[0] < WIDE + f[2] and
              -f[2] < f[1] < HIGH + f[2]][:HEADS]
    flat = [v for f in inside for v in f] + [0.0] * 3 * (HEADS - len(inside))
    file.write(picture.tobytes() + struct.pack("<%df" % (1 + 3 * HEADS),
                                               len(inside), *flat))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--parts", type=int, default=4)
    parser.add_argument("--grounds", type=int, default=150)
    parser.add_argument("--drawn", type=int, default=150)
    parser.add_argument("--modelled", type=int, default=60)
    parser.add_argument("--heads", default="/tmp/heads",
                        help="folder that keeps the modelled ones")
    parser.add_argument("--held", action="store_true",
                        help="manners that no training has")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    pool = manners.pool(args.seed, args.drawn, args.modelled, args.heads)
    without_heads()
    grounds = [bare(args.seed + k) for k in range(args.grounds)]
    kinds = manners.HELD if args.held else manners.LEARNED
    with open(args.out, "wb") as file:
        for seed in range(args.seed, args.seed + args.count):
            grey, faces = composed(seed, grounds, pool, kinds)
            rng = np.random.default_rng([seed, 12])
            for part in parts(grey, faces, rng, args.parts):
                write(file, *part)


if __name__ == "__main__":
    main()
