"""What people find who look for specimens: front and back in one picture, or
a passport lying open, on a wide margin, with a word across it, saved small
and badly, in grey, or cut so close that the zone touches the edge."""

import io

import numpy as np
from PIL import Image, ImageOps

import mark
import pages
import specimens
from splits import one, stream

GROUNDS = ((255, 255, 255), (255, 255, 255), (250, 250, 250), (0, 0, 0),
           (225, 228, 232))


def draw(rng):
    """One picture's parameters."""
    return {"across": int(rng.uniform(400, 1200)),
            "together": bool(rng.random() < 0.6),
            "word": bool(rng.random() < 0.5),
            "grey": bool(rng.random() < 0.25),
            "quality": int(rng.uniform(22, 70)),
            "margin": float(rng.uniform(0, 0.35) ** 2),
            "close": bool(rng.random() < 0.2),
            "ground": one(rng, GROUNDS)}


def moved(quad, scale, left, top):
    return [[round(x * scale + left, 1), round(y * scale + top, 1)]
            for x, y in quad]


def scans(drawn, s):
    """Each side flat, with its truth; of a passport also the facing page."""
    out = []
    for page in drawn:
        if s["word"]:
            page = mark.marked(page, stream(page.seed, "word"))
        photo = specimens.photograph(page, 0, "flat", turn=0)
        out.append((photo.image, photo.truth))
        if page.person["kind"] == "td3":
            facing = pages.facing(page.person, page.scale).image
            out.insert(0, (facing.resize(photo.image.size), None))
    return out


def picture(seed, **wishes):
    """(JPEG, truth) of one picture of one specimen."""
    rng = stream(seed, "web")
    s = draw(rng)
    sides = scans(specimens.draw(seed, **wishes), s)
    if not s["together"]:
        sides = sides[-1:]
    gap = 0 if sides[0][1] is None else int(rng.uniform(0, 0.06) * s["across"])
    margin = int(s["margin"] * s["across"])
    scale = s["across"] / sides[0][0].width
    high = [round(image.height * scale) for image, _ in sides]
    sheet = Image.new("RGB", (s["across"] + 2 * margin, sum(high) + 2 * margin
                              + gap * (len(sides) - 1)), s["ground"])
    top, truth = margin, None
    for (image, facts), h in zip(sides, high):
        sheet.paste(image.resize((s["across"], h), Image.LANCZOS),
                    (margin, top))
        if facts and (facts["lines"] or truth is None):
            truth = dict(facts, quad=moved(facts["quad"], scale, margin, top),
                         lines=[dict(line, quad=moved(
                             line["quad"], scale, margin, top))
                             for line in facts["lines"]])
        top += h + gap
    truth.update(level="web", shot=s, fields={})
    if s["close"] and truth["lines"]:
        below = max(y for _, y in truth["lines"][-1]["quad"])
        sheet = sheet.crop((0, 0, sheet.width, round(below) + 2))
    if s["grey"]:
        sheet = ImageOps.grayscale(sheet)
    file = io.BytesIO()
    sheet.save(file, "JPEG", quality=s["quality"])
    return file.getvalue(), truth
