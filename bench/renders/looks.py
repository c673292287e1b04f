"""What a page is made of: its coat, its foil; a display's pixels and a
printer's dots in its place."""

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from rooms import between
from splits import one


def foil(page, rng):
    """A mask of lines, from 0 to 255, whose grey shifts the colour."""
    w, h = 800, round(800 * page.height / page.width)
    mask = Image.new("L", (w, h))
    draw = ImageDraw.Draw(mask)
    spots = [(w * between(rng, 0.2, 0.8), h * between(rng, 0.2, 0.6),
              w * between(rng, 0.07, 0.16))]
    if rng.random() < 0.4:      # a film over the whole page
        spots = [(w * i / 4, h * j / 3, 0.11 * w) for i in range(5)
                 for j in range(4)]
    for x, y, reach in spots:
        for k in range(14, 0, -1):
            r = reach * k / 14
            grey = 90 + int(165 * (k % 3) / 2)
            draw.ellipse((x - r, y - r * 0.8, x + r, y + r * 0.8), grey)
    return mask.filter(ImageFilter.GaussianBlur(1.2))


def surface(rng, booklet):
    coat = between(rng, 0, 0.5) if booklet else between(rng, 0.5, 1)
    return {"coat": coat, "coat_roughness": between(rng, 0.02, 0.2),
            "roughness": between(rng, 0.4, 0.7),
            "specular": between(rng, 0.15, 0.4),
            "waves": between(rng, 0, 0.15) if rng.random() < 0.5 else 0.0}


def hologram(rng):
    return {"turns": between(rng, 2, 7), "roughness": between(rng, 0.15, 0.4),
            "rotation": between(rng, 0, 1),
            "strength": between(rng, 0.08, 0.3)}


def display(page, rng):
    """(picture of a display's lit stripes, its size in mm, its pitch)."""
    pitch = one(rng, (0.06, 0.085, 0.11, 0.16, 0.2, 0.233, 0.277))
    scale = between(rng, 0.8, 1.1) if pitch > 0.1 else 0.7
    edge = between(rng, 4, 18)
    size = [page.width * scale + 2 * edge, page.height * scale + 2 * edge]
    columns, rows = (int(v / pitch) for v in size)
    shown = Image.new("RGB", (columns, rows), one(rng, (
        (255, 255, 255), (38, 40, 44), (210, 214, 220))))
    shown.paste(page.image.resize((round(page.width * scale / pitch), round(
        page.height * scale / pitch)), Image.LANCZOS),
        (round(edge / pitch), round(edge / pitch)))
    fine = 6 if pitch > 0.12 else 3
    wide = np.asarray(shown).repeat(fine, 0).repeat(fine, 1)
    lit = np.zeros((fine, fine, 3), np.float32)
    third = fine // 3
    for c in range(3):
        lit[:fine - (fine > 3), c * third:(c + 1) * third - (third > 2),
            c] = 1
    lit = np.tile(lit, (rows, columns, 1))
    return Image.fromarray((wide * lit + 4).clip(0, 255).astype(
        np.uint8)), size, pitch


def halftone(page, rng):
    """(the page as four inks' dots on paper, lines to the inch)."""
    lpi = one(rng, (100, 120, 133, 150, 175))
    scale = 34 if page.width < 110 else 26
    image = page.image.resize((round(page.width * scale), round(
        page.height * scale)), Image.BICUBIC)
    light = np.asarray(image, np.float32) / 255
    ink = 1 - light
    black = 0.8 * ink.min(2)
    inks = [(ink[..., c] - black) / (1 - black + 1e-6) for c in range(3)]
    y, x = np.mgrid[0:image.height, 0:image.width].astype(np.float32)
    step = scale * 25.4 / lpi
    out = np.full(light.shape, 0.96, np.float32)
    for plane, angle, filtered in zip(
            inks + [black], (15, 75, 0, 45), (
                (.05, .6, .9), (.85, .1, .45), (.97, .9, .1), (.1, .1, .1))):
        a = math.radians(angle)
        u = (x * math.cos(a) + y * math.sin(a)) * (2 * math.pi / step)
        v = (y * math.cos(a) - x * math.sin(a)) * (2 * math.pi / step)
        raised = (np.cos(u) + np.cos(v)) / 4 + 0.5
        dot = np.clip(0.5 + 4 * (plane - raised), 0, 1)[..., None]
        out *= 1 - dot * (1 - np.array(filtered, np.float32))
    return Image.fromarray((255 * out).astype(np.uint8)), lpi
