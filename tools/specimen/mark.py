"""The word SPECIMEN, in some language, large and translucent over a page, as
issuers print it over the pictures they publish."""

import copy

import numpy as np
from PIL import Image, ImageDraw

import canvas
from splits import one

WORDS = ("SPECIMEN", "SPECIMEN", "SPECIMEN", "MUSTER", "ESPÉCIMEN", "VZOR",
         "MINTA", "WZÓR", "ΔΕΙΓΜΑ", "ОБРАЗЕЦ", "UZORAK", "NÄIDIS", "MALLI",
         "SAMPLE", "FAC-SIMILE", "PROOF")
INKS = ((190, 30, 40), (200, 40, 40), (60, 60, 70), (30, 60, 150),
        (255, 255, 255), (120, 120, 120))


def marked(page, rng):
    """A copy of the page with a word across it."""
    word, ink = one(rng, WORDS), one(rng, INKS)
    angle = float(rng.uniform(-12, 42))
    long = page.width * rng.uniform(0.45, 0.9)
    face = page.faces["heading"]
    at = canvas.font(face, 200)
    w, h = at.getlength(word), 200
    tile = Image.new("L", (int(w) + 40, int(h * 1.2)), 0)
    hollow = rng.random() < 0.15
    ImageDraw.Draw(tile).text(
        (20, h), word, 0 if hollow else 255, at, anchor="ls",
        stroke_width=6 if hollow else 0, stroke_fill=255)
    size = (page.px(long), page.px(long * tile.height / tile.width))
    tile = tile.resize(size, Image.HAMMING).rotate(angle, Image.BILINEAR, True)
    cover = rng.uniform(0.25, 0.7)
    middle = np.float64((page.width * rng.uniform(0.4, 0.6),
                         page.height * rng.uniform(0.35, 0.6)))
    out = copy.copy(page)
    out.image = page.image.copy()
    out.image.paste(ink, (page.px(middle[0]) - tile.width // 2,
                          page.px(middle[1]) - tile.height // 2),
                    tile.point(lambda v: int(v * cover)))
    a = np.radians(-angle)
    turn = np.array(((np.cos(a), -np.sin(a)), (np.sin(a), np.cos(a))))
    box = np.float64(((-1, -1), (1, -1), (1, 1), (-1, 1))) * \
        (np.float64(size) / page.scale / 2)
    out.word = {"text": word, "quad": box @ turn.T + middle}
    return out
