"""Letters of many cuts. Only two of OCR-B are at hand, so each line distorts
its face anew: wider, narrower, taller, slanting, heavier, with letters that
lean out of their true shape; a minority is set in faces that are not OCR-B.

Faces listed in UNSEEN are for evaluation and never trained on.
"""

import functools
import os

import numpy as np
from PIL import Image, ImageDraw, ImageFont

PITCH = 32          # pixels
CELL = 48           # a glyph's picture, wider than the pitch, and its height
HIGH = 64
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"

OCRB = "/usr/share/fonts/opentype/ocr-b/%s.otf"
DEJAVU = "/usr/share/fonts/truetype/dejavu/%s.ttf"
OCRA = "/usr/share/fonts/truetype/ocr-a/%s.ttf"
MONO = "/usr/share/fonts/%s"
LIBERATION = "/usr/share/fonts/truetype/liberation/%s.ttf"
FREE = "/usr/share/fonts/opentype/freefont/%s.otf"

# path, weight of the draw
FACES = (
    (OCRB % "OCRB", 40), (OCRB % "OCRBS", 40), (OCRB % "OCRBL", 2),
    (DEJAVU % "DejaVuSansMono", 5), (DEJAVU % "DejaVuSansMono-Bold", 3),
    (DEJAVU % "DejaVuSans", 2), (DEJAVU % "DejaVuSansCondensed", 2),
    (LIBERATION % "LiberationMono-Regular", 4),
    (LIBERATION % "LiberationMono-Bold", 4),
    (LIBERATION % "LiberationSans-Regular", 3),
    (LIBERATION % "LiberationSans-Bold", 3),
    (OCRA % "OCRA", 5), (OCRA % "OCRABold", 2),
    (MONO % "truetype/gnutypewriter/GNUTypewriter.ttf", 3),
    (MONO % "truetype/hack/Hack-Regular.ttf", 2),
    (MONO % "opentype/b612/B612Mono-Regular.otf", 2),
    (MONO % "truetype/noto/NotoMono-Regular.ttf", 2),
    (MONO % "truetype/jetbrains-mono/JetBrainsMono-Bold.ttf", 1),
)
UNSEEN = (FREE % "FreeMonoBold", FREE % "FreeSans", FREE % "FreeSansBold")


@functools.lru_cache(maxsize=None)
def sheets(bank):
    """Those of bank.py, where no fonts are."""
    drawn = np.load(bank)
    return dict(zip(drawn["names"].tolist(), drawn["sheets"]))


@functools.lru_cache(maxsize=None)
def sheet(path):
    """All glyphs side by side, twice as fine, ink white, capitals centred."""
    if os.environ.get("BANK"):
        return Image.fromarray(sheets(os.environ["BANK"])[path])
    size = 100
    face = ImageFont.truetype(path, size)
    top, bottom = face.getbbox("H", anchor="ls")[1::2]
    face = ImageFont.truetype(path, round(size * 2 * 29.5 / (bottom - top)))
    high = 2 * HIGH
    image = Image.new("L", (2 * CELL * len(ALPHABET), high), 0)
    draw = ImageDraw.Draw(image)
    top, bottom = face.getbbox("H", anchor="ls")[1::2]
    for i, char in enumerate(ALPHABET):
        draw.text((2 * CELL * i + CELL, high / 2 + (bottom - top) / 2), char,
                  255, face, anchor="ms")
    return image


def choose(rng, unseen=False):
    if unseen:
        return UNSEEN[int(rng.integers(0, len(UNSEEN)))]
    weights = np.array([w for _, w in FACES], float)
    return FACES[rng.choice(len(FACES), p=weights / weights.sum())][0]


def bend(image, rng):
    """Every glyph out of shape by the same smooth error, and a little by
    its own: no two printers' OCR-B are quite the same."""
    mesh, step = [], 2 * CELL
    shared = rng.normal(0, 2.4, 8)
    own = rng.uniform(0, 1.8) if rng.random() < 0.6 else 0
    for i in range(len(ALPHABET)):
        off = shared + rng.normal(0, 1, 8) * own
        x = i * step
        y = 2 * HIGH
        mesh.append(((x, 0, x + step, y), (
            x + off[0], off[1], x + off[2], y + off[3],
            x + step + off[4], y + off[5], x + step + off[6], off[7])))
    return image.transform(image.size, Image.MESH, mesh, Image.BILINEAR)


def cut(path, rng):
    """The glyphs of one line by letter, float 0 to 255, HIGH x CELL."""
    image = sheet(path)
    if rng.random() < 0.65:
        image = bend(image, rng)
    ocrb = "ocr-b" in path
    wide = rng.uniform(0.8, 1.16) if ocrb else rng.uniform(0.75, 1.05)
    tall = rng.uniform(0.9, 1.1) if ocrb else rng.uniform(0.72, 1.02)
    if ocrb and rng.random() < 0.3:
        wide, tall = 1.0, 1.0
    slant = rng.normal(0, 0.04) if rng.random() < 0.3 else 0
    out = {}
    for i, char in enumerate(ALPHABET):
        # output pixel (x, y) from the sheet's glyph, about its middle
        a, high = 2 / wide, 2 / tall
        b = slant * high
        box = image.crop((2 * CELL * i, 0, 2 * CELL * (i + 1), 2 * HIGH))
        c = CELL - a * CELL / 2 - b * HIGH / 2
        f = HIGH - high * HIGH / 2
        out[char] = np.asarray(box.transform(
            (CELL, HIGH), Image.AFFINE, (a, b, c, 0, high, f),
            Image.BILINEAR))
    return out
