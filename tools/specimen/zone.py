"""Inks lines of a machine-readable zone in OCR-B of any weight.

Glyphs are drawn three times too large, thickened or thinned by a blur and a
threshold, and only then brought to size, so that places and weights are true
to a fraction of a pixel.
"""

import functools
import math

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from splits import one

PITCH = 2.54
ADVANCE = 0.723         # of OCR-B, in bodies
FINER = 3
SOFT = 0.09             # mm of blur by which strokes grow and shrink
FOLDER = "/usr/share/fonts/opentype/ocr-b/"
CUTS = {"round": FOLDER + "OCRB.otf", "sharp": FOLDER + "OCRBS.otf"}

# What final-test seeds draw, and no other: bands of line spacing (mm) and of
# stroke growth at each edge (mm).
HELD_SPACING = ((4.55, 4.8), (5.3, 5.55))
HELD_WEIGHT = ((0.012, 0.028), (0.052, 0.062))
SPACING = {"td1": (4.2, 6.35)}
WEIGHT = (-0.04, 0.052)


def within(value, bands):
    return any(low <= value < high for low, high in bands)


def banded(rng, whole, bands, split):
    """A number of the whole range, in the held-out bands for the test and
    outside them for training and tuning."""
    if split == "test":
        low, high = one(rng, bands)
        return float(rng.uniform(low, high))
    while True:
        value = float(rng.uniform(*whole))
        if split == "example" or not within(value, bands):
            return value


def style(rng, kind, split="example"):
    """How one issuer's printer sets the zone."""
    spacing = banded(rng, SPACING["td1"], HELD_SPACING, split) \
        if kind == "td1" else float(rng.normal(6.35, 0.12))
    return {
        "cut": one(rng, ("round", "sharp")),
        "weight": banded(rng, WEIGHT, HELD_WEIGHT, split),
        "wide": float(rng.uniform(0.95, 1.05)),
        "tall": float(rng.uniform(0.96, 1.04)),
        "pitch": round(PITCH * (1 + float(rng.normal(0, 0.006))), 4),
        "spacing": round(spacing, 3),
        "ink": tuple(int(v) for v in rng.integers(8, 44) +
                     rng.integers(-6, 7, 3)),
        "cover": float(rng.uniform(0.82, 1)),
        "left": float(rng.normal(0, 0.5)), "low": float(rng.normal(0, 0.35)),
    }


def threshold(weight):
    """Grey value at which a blurred edge stands `weight` mm further out."""
    return 255 * 0.5 * (1 + math.erf(-weight / SOFT / math.sqrt(2)))


@functools.lru_cache(maxsize=2048)
def glyph(path, char, pixels, soft, cutoff, wide, tall):
    """One character, larger than life; its left edge is its cell's. A face
    other than OCR-B is centred in the cell and left as it is."""
    face = ImageFont.truetype(path, pixels)
    box = (round(pixels * 1.1), round(pixels * 1.3))
    image = Image.new("L", box, 0)
    ours = path in CUTS.values()
    left = 0 if ours else (ADVANCE * pixels - face.getlength(char)) / 2
    ImageDraw.Draw(image).text((round(pixels * 0.1 + left), pixels), char,
                               255, face, anchor="ls")
    if ours:
        image = image.filter(ImageFilter.GaussianBlur(soft))
        image = image.point([max(0, min(255, int((v - cutoff) * 4 + 128)))
                             for v in range(256)])
    if wide != 1 or tall != 1:
        size = (round(box[0] * wide), round(box[1] * tall))
        image = image.resize(size, Image.BILINEAR)
    return image


def mask(text, scale, s, face=None):
    """(L mask, left of it in mm, height of it above the base in mm)."""
    fine = scale * FINER
    pixels = round(PITCH / ADVANCE * fine)
    path = face or CUTS[s["cut"]]
    soft = SOFT * fine
    cutoff = round(threshold(s["weight"]))
    wide, tall = round(s["wide"], 3), round(s["tall"], 3)
    pad, above = round(pixels * 0.1 * wide), round(pixels * tall)
    width = round(len(text) * s["pitch"] * fine) + 2 * pad + pixels
    line = Image.new("L", (width // FINER * FINER + FINER,
                           (round(pixels * 1.4) // FINER + 1) * FINER), 0)
    for i, char in enumerate(text):
        if char == " ":
            continue
        image = glyph(path, char, pixels, soft, cutoff, wide, tall)
        x = round((i * s["pitch"] + (1 - wide) * PITCH / 2) * fine)
        line.paste(255, (x, 0), image)
    return line.reduce(FINER), pad / fine, above / fine


def ink(image, scale, line, s, face=None, text=None):
    """Ink a line (or other text in its place) onto a page."""
    cover, left, above = mask(line.text if text is None else text, scale, s,
                              face)
    base = line.y + PITCH / 2 * s["tall"] * 0.97
    cover = cover.point([int(v * s["cover"]) for v in range(256)])
    image.paste(s["ink"], (round((line.x - left) * scale),
                           round((base - above) * scale)), cover)
