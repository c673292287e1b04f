"""Security printing: a tinted ground, fine waves, rosettes and a motif, ours
and nobody's. A country gives colours and a motif; an edition number moves
the lines, so that two editions differ as two models of one country do."""

import numpy as np
from PIL import Image

from splits import stream

EDITIONS = {"training": (0, 10), "tuning": (0, 10), "test": (10, 16),
            "example": (0, 16)}


def rgb(text):
    return tuple(int(text[i:i + 2], 16) for i in (1, 3, 5))


def ruled(phase, slope, width):
    """Ink 0 to 1: a line `width` mm wide at each whole phase; slope is the
    phase's change in a drawn pixel, so that edges are one pixel soft."""
    away = np.abs(phase - np.rint(phase))
    return np.clip((width - away) / slope + 0.5, 0, 1)


def lay(page, ink, colour, strength):
    """Print an ink; the page has its three colours one after another."""
    ink = ink * np.float32(strength)
    for plane, tone in zip(page, colour):
        plane += ink * (np.float32(tone) - plane)


def tint(w, h, left, right, middle):
    """Three colours that run into one another."""
    x = np.linspace(0, 1, w, dtype=np.float32)[None]
    y = np.linspace(0, 1, h, dtype=np.float32)[:, None]
    bow = 0.6 * np.sin(np.float32(np.pi) * np.clip(x + 0.2 * y, 0, 1))
    page = np.empty((3, h, w), np.float32)
    for plane, a, b, c in zip(page, left, right, middle):
        side = np.float32(a) * (1 - x) + np.float32(b) * x
        np.multiply(bow, np.float32(c) - side, out=plane)
        plane += side
    return page


def wave(x, y, a, b, c):
    """sin(ax + by + c) from two rows and two columns of sines."""
    return np.sin(a * x) * np.cos(b * y + c) + np.cos(a * x) * np.sin(b * y + c)


def waves(page, x, y, rng, colour, step, scale):
    phase = (y + np.float32(rng.uniform(-0.25, 0.25)) * x) / np.float32(step)
    for _ in range(3):
        a, b, c = rng.uniform(0.05, 0.3), rng.uniform(-0.1, 0.1), \
            rng.uniform(0, 6)
        phase = phase + np.float32(rng.uniform(0.5, 2.4) / step) * wave(
            x, y, *np.float32((a, b, c)))
    lay(page, ruled(phase, 1.1 / step / scale, 0.06 / step), colour, 0.5)


def rosette(page, rng, centre, radius, petals, colour, scale):
    """A wheel of lines, reckoned only where it lies."""
    h, w = page.shape[1:]
    x0, y0 = (max(0, int((c - radius) * scale)) for c in centre)
    x1, y1 = (int((c + radius) * scale) + 1 for c in centre)
    part = page[:, y0:min(h, y1), x0:min(w, x1)]
    if part.size == 0:
        return
    y, x = np.ogrid[y0:y0 + part.shape[1], x0:x0 + part.shape[2]]
    dx = np.float32(x / scale - centre[0])
    dy = np.float32(y / scale - centre[1])
    r, angle = np.hypot(dx, dy) / np.float32(radius), np.arctan2(dy, dx)
    ink, inside = 0, r < 1
    slope = 9 / radius / scale
    for k, (rings, swing) in enumerate(((9, 1.6), (7, -1.9))):
        phase = rings * r + np.float32(swing) * np.sin(
            petals * angle + k) * np.sin(np.float32(np.pi * (k + 1)) * r)
        ink = np.maximum(ink, ruled(phase, slope * 1.6, 0.45 / radius))
    lay(part, ink * inside, colour, 0.5)


def rays(page, x, y, rng, colour, scale):
    """Lines that spread from one side."""
    cx, cy = np.float32(rng.choice((-20, 110))), np.float32(rng.uniform(0, 60))
    phase = np.arctan2(y - cy, x - cx) * np.float32(60)
    far = np.hypot(x - cx, y - cy)
    lay(page, ruled(phase, 66 / scale / far, 0.05 * 60 / far), colour, 0.45)


def mesh(page, x, y, rng, colour, scale):
    """Two families of slanting lines."""
    step = np.float32(rng.uniform(1.6, 2.6))
    for slant in (0.5, -0.5):
        phase = (y + np.float32(slant) * x) / step + np.float32(0.3) * wave(
            x, y, np.float32(0.4), np.float32(0.2), np.float32(1))
        lay(page, ruled(phase, 1.3 / step / scale, 0.05 / step), colour, 0.4)


def hills(page, x, y, rng, colour, scale):
    """Soft tinted shapes, as of a landscape."""
    for k in range(3):
        edge = 30 + 9 * k + np.float32(rng.uniform(3, 9)) * np.sin(
            x * np.float32(rng.uniform(0.03, 0.12)) + np.float32(
                rng.uniform(0, 6)))
        inside = np.clip((y - edge) * 0.5, 0, 1)
        lay(page, inside, colour, 0.13)


def rings(page, x, y, rng, colour, scale):
    """Circles about a point off the page's middle."""
    cx, cy = np.float32(rng.uniform(20, 90)), np.float32(rng.uniform(10, 60))
    r = np.hypot(x - cx, y - cy)
    phase = r / np.float32(1.9) + np.float32(0.5) * np.sin(
        8 * np.arctan2(y - cy, x - cx))
    lay(page, ruled(phase, 0.6 / scale, 0.032), colour, 0.45)


MOTIFS = {"rays": rays, "mesh": mesh, "hills": hills, "rings": rings}


def colours_of(country, rng):
    """The country's colours, as one print run mixed them."""
    shift = rng.normal(0, 5, 3)
    return [[tuple(np.clip(np.float32(rgb(c)) + shift, 0, 255))
             for c in country[name]] for name in ("paper", "inks")]


def draw(page, country, edition, side):
    """Cover the page."""
    rng = stream(edition, "artwork", country["code"], side)
    paper, inks = colours_of(country, rng)
    h, w, scale = page.image.height, page.image.width, np.float32(page.scale)
    y = np.arange(h, dtype=np.float32)[:, None] / scale
    x = np.arange(w, dtype=np.float32)[None] / scale
    art = tint(w, h, *paper)
    for motif in country["motifs"]:
        MOTIFS[motif](art, x, y, rng, inks[0], scale)
    waves(art, x, y, rng, inks[1], rng.uniform(1.1, 2.0), scale)
    for _ in range(int(rng.integers(1, 4))):
        centre = (rng.uniform(0.1, 0.9) * page.width,
                  rng.uniform(0.1, 0.9) * page.height)
        rosette(art, rng, centre, page.height * rng.uniform(0.12, 0.34),
                int(rng.integers(6, 14)), inks[int(rng.integers(0, 2))], scale)
    np.clip(art, 0, 255, out=art)
    page.image.paste(Image.merge("RGB", [Image.fromarray(
        plane.astype(np.uint8)) for plane in art]))
