"""Copies of a whole page: a photocopy, and a colour print with its dots."""

import numpy as np
from PIL import Image, ImageFilter, ImageOps

ANGLES = (15, 75, 0, 45)        # of cyan, magenta, yellow, black


def sheet(page, rng):
    """The paper that a copy lies on: its margins in mm, and cut corners."""
    page.radius = float(rng.uniform(0, 0.6))
    if rng.random() < 0.35:     # cut out along the edge, nearly
        margins = rng.uniform(-0.2, 1.2, 4)
    else:
        margins = rng.uniform(3, 90, 4)
    page.sheet = [float(m) for m in np.maximum(margins, 0)]


def whole(page, **more):
    return {"regions": [(0, 0, page.width, page.height)], **more}


def grey(page, rng):
    """What a photocopier leaves of a page."""
    copy = ImageOps.autocontrast(page.image.convert("L"), 1)
    hard = float(rng.uniform(0.9, 1.7))
    copy = copy.point([max(0, min(255, int((v - 128) * hard + 134)))
                       for v in range(256)])
    if rng.random() < 0.5:      # toner
        speck = rng.standard_normal((copy.height, copy.width), np.float32)
        copy = Image.fromarray(np.clip(np.asarray(copy, np.float32) + 7 * speck,
                                       0, 255).astype(np.uint8))
        copy = copy.filter(ImageFilter.GaussianBlur(0.6))
    page.image = Image.merge("RGB", [copy] * 3)
    sheet(page, rng)
    return whole(page, contrast=round(hard, 2))


def inks(picture):
    """Cyan, magenta, yellow, black that print a picture (0 to 1)."""
    cmy = 1 - np.asarray(picture, np.float32) / 255
    black = np.clip(cmy.min(2) - 0.3, 0, 1) * np.float32(1.2)
    rest = (cmy - black[..., None]) / (1 - black[..., None])
    return [*np.moveaxis(rest, 2, 0), black]


def dots(cover, angle, step, x, y):
    """A screen of dots `step` pixels apart, as large as the ink needs."""
    a = np.radians(angle)
    u = (x * np.float32(np.cos(a)) + y * np.float32(np.sin(a)))
    v = (y * np.float32(np.cos(a)) - x * np.float32(np.sin(a)))
    k = np.float32(2 * np.pi / step)
    cell = 0.5 + 0.25 * (np.cos(k * u) + np.cos(k * v))
    # the cell's values are not evenly spread; this evens them
    even = 0.5 + 0.5 * np.sin(np.float32(np.pi) * (cell - 0.5))
    return np.clip((cover - 1 + even) * np.float32(0.8 * step) + 0.5, 0, 1)


def scattered(cover, rng):
    """An ink jet's drops."""
    h, w = cover.shape
    noise = rng.random((h, w), np.float32)
    return np.float32(0.6) * cover + np.float32(0.4) * (cover > noise)


def printed(page, rng):
    """A colour print: halftone rosettes, or an ink jet's grain."""
    jet = bool(rng.random() < 0.35)
    lines = float(rng.uniform(60, 135))         # to the inch
    step = 25.4 / lines * page.scale
    h, w = page.image.height, page.image.width
    y = np.arange(h, dtype=np.float32)[:, None]
    x = np.arange(w, dtype=np.float32)[None]
    source = page.image.filter(ImageFilter.GaussianBlur(
        0.06 * page.scale if jet else 0.3 * step))
    paper = np.full((h, w, 3), 246, np.float32)
    tones = np.float32(((25, 150, 200), (205, 40, 110), (245, 225, 40),
                        (30, 28, 30))) / 246
    for cover, angle, tone in zip(inks(source), ANGLES, tones):
        ink = scattered(cover, rng) if jet else dots(cover, angle, step, x, y)
        paper *= 1 - ink[..., None] * (1 - tone)
    out = Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8))
    page.image = out.filter(ImageFilter.GaussianBlur(
        0.035 * page.scale if jet else 0.02 * page.scale))
    sheet(page, rng)
    return whole(page, screen="drops" if jet else "dots",
                 lines_to_inch=None if jet else round(lines))
