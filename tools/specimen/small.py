#!/usr/bin/python3
"""Specimens as small pictures of the web: a scan or a photograph that others
have scaled down, sharpened, scaled again and compressed each time, by filters
nobody knows; 280 to 700 pixels wide."""

import argparse
import io
import json
import os
import sys

import numpy as np
from PIL import Image, ImageFilter, ImageOps

import mark
import specimens
from splits import one, stream

WIDE = (280, 700)
FILTERS = (("bilinear", Image.BILINEAR), ("box", Image.BOX),
           ("hamming", Image.HAMMING), ("bicubic", Image.BICUBIC),
           ("lanczos", Image.LANCZOS), ("plain", None),
           ("nearest", Image.NEAREST))
GROUNDS = ((255, 255, 255), (255, 255, 255), (240, 240, 240), (0, 0, 0))


def steps(rng):
    """What was done to the picture, one after the other; sizes are shares of
    the last one's."""
    chain, count = [], int(rng.integers(0, 3))
    for share in [float(rng.uniform(1.15, 2.6)) for _ in range(count)] + [1.0]:
        filters = FILTERS[:-1] if rng.random() < 0.95 else FILTERS
        chain.append({
            "share": share, "filter": one(rng, filters)[0],
            "sharpen": float(rng.uniform(0.3, 1.8) * (rng.random() < 0.35)),
            "quality": int(rng.uniform(35, 75) if share == 1 else
                           rng.uniform(55, 95)),
            "subsampling": one(rng, (2, 2, 2, 1, 0))})
    if rng.random() < 0.2:      # smaller first, then larger again
        chain.insert(-1, dict(chain[-1], share=float(rng.uniform(0.7, 0.95)),
                              quality=int(rng.uniform(60, 95))))
    return chain


def draw(rng):
    """One picture's parameters."""
    return {"across": int(rng.uniform(*WIDE)),
            "photo": one(rng, ("flat", "flat", "flat", "L1", "L2")),
            "word": bool(rng.random() < 0.4), "grey": bool(
                rng.random() < 0.2),
            "margin": float(rng.uniform(0, 0.06) * (rng.random() < 0.6)),
            "ground": one(rng, GROUNDS),
            "contrast": float(rng.uniform(0.75, 1.3)),
            "bright": float(rng.uniform(-25, 25)), "steps": steps(rng)}


def scaled(image, size, name):
    if name == "plain":         # nothing softened before
        map_ = (image.width / size[0], 0, 0, 0, image.height / size[1], 0)
        return image.transform(size, Image.AFFINE, map_, Image.BILINEAR)
    return image.resize(size, dict(FILTERS)[name])


def compressed(image, quality, subsampling):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, subsampling=subsampling)
    return file


def published(image, s):
    """(JPEG, how much smaller)."""
    wide = image.width
    for step in s["steps"]:
        across = round(s["across"] * step["share"])
        size = (across, max(1, round(image.height * across / image.width)))
        image = scaled(image, size, step["filter"])
        if step["sharpen"]:
            image = image.filter(ImageFilter.UnsharpMask(
                0.8, int(100 * step["sharpen"]), 0))
        file = compressed(image, step["quality"], step["subsampling"])
        image = Image.open(file).convert(image.mode)
    return file.getvalue(), image.width / wide


def toned(image, s):
    level = (np.asarray(image, np.float32) - 150) * s["contrast"] + 150 + \
        s["bright"]
    image = Image.fromarray(np.clip(level, 0, 255).astype(np.uint8))
    return ImageOps.grayscale(image) if s["grey"] else image


def moved(quad, scale, margin):
    return [[round((x + margin) * scale, 1), round((y + margin) * scale, 1)]
            for x, y in quad]


def pictures(seed):
    """(JPEG, truth) of each side that has a zone."""
    for page in specimens.draw(seed):
        rng = stream(seed, "small" + page.side)
        s = draw(rng)
        if not page.lines:
            continue
        if s["word"]:
            page = mark.marked(page, stream(seed, "word"))
        photo = specimens.photograph(page, 0, s["photo"], turn=0)
        margin = round(s["margin"] * photo.image.width)
        image = toned(ImageOps.expand(photo.image, margin, s["ground"]), s)
        data, scale = published(image, s)
        yield page.side, data, dict(
            photo.truth, quad=moved(photo.truth["quad"], scale, margin),
            lines=[dict(line, quad=moved(line["quad"], scale, margin))
                   for line in photo.truth["lines"]],
            level="small", shot=s, fields={})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    for seed in range(args.seed, args.seed + args.count):
        for side, data, truth in pictures(seed):
            name = os.path.join(args.out, "%s_%d_%s_small" % (
                truth["format"].lower(), seed, side))
            with open(name + ".jpg", "wb") as file:
                file.write(data)
            with open(name + ".json", "w", encoding="utf-8") as file:
                json.dump({"file": os.path.basename(name) + ".jpg",
                           "synthetic": True, **truth}, file,
                          ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
