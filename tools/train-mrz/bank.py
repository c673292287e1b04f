#!/usr/bin/python3
"""Draws what lines are made of, once, so that training needs no fonts: the
glyph sheets of all faces, and patterns that lie across zones (words, stamps,
rules, rings, holograms). bank.py FILE.npz"""

import os
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

import faces

HIGH, WIDE = 160, 640       # of a pattern; 16 pixels to the pitch
COUNT = 320
WORDS = ("SPECIMEN", "SPECIMEN", "SPECIMEN", "MUSTER", "SAMPLE", "VOID",
         "ÉCHANTILLON", "SPÉCIMEN", "WZÓR", "UTO", "0000000", "ESPÉCIME",
         "MODELLO", "VZOR", "MINTA", "CANCELLED", "COPY", "Muster",
         "specimen", "Specimen", "MODEL", "UTOPIA", "NÄIDIS", "PRØVE")
LETTERING = tuple(faces.LIBERATION % n for n in (
    "LiberationSans-Bold", "LiberationSans-Regular", "LiberationSerif-Bold",
    "LiberationSansNarrow-Bold", "LiberationSerif-Italic")) + tuple(
    faces.DEJAVU % n for n in ("DejaVuSans-Bold", "DejaVuSerif-Bold"))


def word(rng):
    """A word, full or in outline, once or in rows."""
    image = Image.new("L", (WIDE, HIGH), 0)
    draw = ImageDraw.Draw(image)
    size = int(rng.uniform(18, 120))
    face = ImageFont.truetype(LETTERING[int(rng.integers(len(LETTERING)))],
                              size)
    text = WORDS[int(rng.integers(len(WORDS)))]
    stroke = int(rng.integers(1, 4)) if rng.random() < 0.35 else 0
    if size < 40:
        text = (text + "   ") * 9
    at = (WIDE / 2, HIGH / 2)
    if stroke:
        draw.text(at, text, 0, face, "mm", stroke_width=stroke,
                  stroke_fill=255)
    else:
        draw.text(at, text, 255, face, "mm")
    if size < 40 and rng.random() < 0.6:
        for row in (-1, 1):
            draw.text((WIDE / 2 + row * 30, HIGH / 2 + row * size * 1.5),
                      text, 255, face, "mm")
    return image


def rules(rng):
    image = Image.new("L", (WIDE, HIGH), 0)
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(1, 6))):
        wide = int(rng.integers(1, 6))
        a, b = rng.uniform(0, WIDE, 2)
        draw.line((a, 0, b, HIGH) if rng.random() < 0.7 else
                  (0, a / 4, WIDE, b / 4), 255, wide)
    return image


def stamp(rng):
    """Rings with a word between them, as offices stamp."""
    image = Image.new("L", (WIDE, HIGH), 0)
    draw = ImageDraw.Draw(image)
    x, y = WIDE / 2, HIGH / 2 + rng.uniform(-60, 60)
    r = rng.uniform(40, 140)
    for k in (1, 0.72):
        draw.ellipse((x - r * k, y - r * k, x + r * k, y + r * k), None, 255,
                     int(rng.integers(1, 5)))
    face = ImageFont.truetype(LETTERING[0], int(r * 0.3))
    draw.text((x, y), WORDS[int(rng.integers(len(WORDS)))], 255, face, "mm")
    return image


def pen(rng):
    """A signature's loops."""
    image = Image.new("L", (WIDE, HIGH), 0)
    t = np.linspace(0, rng.uniform(10, 40), 400)
    x = 40 + t / t[-1] * (WIDE - 80) + rng.uniform(5, 40) * np.cos(t)
    y = HIGH / 2 + rng.uniform(10, 60) * np.sin(t * rng.uniform(0.7, 1.3)) \
        + rng.uniform(5, 30) * np.sin(t * 0.31)
    ImageDraw.Draw(image).line(list(zip(x, y)), 255,
                               int(rng.integers(1, 5)))
    return image


def hologram(rng):
    """Small signs in rows, stars of lines, or rings: kinegrams' manner."""
    image = Image.new("L", (WIDE, HIGH), 0)
    draw = ImageDraw.Draw(image)
    kind = rng.random()
    if kind < 0.4:
        face = ImageFont.truetype(LETTERING[0], int(rng.uniform(10, 30)))
        step = face.size * 1.6
        for i in range(int(WIDE / step) + 1):
            for k in range(int(HIGH / step) + 1):
                draw.text((i * step + k % 2 * step / 2, k * step),
                          "*SE8O"[int(rng.integers(5))], 255, face)
    elif kind < 0.7:
        x, y = rng.uniform(0, WIDE), rng.uniform(0, HIGH)
        for angle in np.arange(0, 2 * np.pi, rng.uniform(0.05, 0.3)):
            draw.line((x, y, x + 900 * np.cos(angle),
                       y + 900 * np.sin(angle)), 255,
                      int(rng.integers(1, 4)))
    else:
        x, y = rng.uniform(0, WIDE), rng.uniform(0, HIGH)
        step = rng.uniform(6, 24)
        for r in np.arange(step, 700, step):
            draw.ellipse((x - r, y - r, x + r, y + r), None, 255,
                         int(rng.integers(1, 4)))
    return image


KINDS = ((word, 0.5), (rules, 0.15), (stamp, 0.1), (pen, 0.07),
         (hologram, 0.18))


def pattern(rng):
    kinds, weights = zip(*KINDS)
    image = kinds[rng.choice(len(kinds), p=weights)](rng)
    if rng.random() < 0.3:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 2)))
    return np.asarray(image) >> 4 << 4


def patterns():
    """All of them, COUNT x HIGH x WIDE."""
    if os.environ.get("BANK"):
        return np.load(os.environ["BANK"])["patterns"]
    rng = np.random.default_rng(5)
    return np.stack([pattern(rng) for _ in range(COUNT)])


def main():
    names = [path for path, _ in faces.FACES]
    np.savez_compressed(
        sys.argv[1], patterns=patterns(),
        names=np.array(names),
        sheets=np.stack([np.asarray(faces.sheet(n)) for n in names]))


if __name__ == "__main__":
    main()
