"""Security printing: a tinted ground, fine waves and rosettes of lines."""

import numpy as np
from PIL import Image


def grid(canvas):
    h, w = canvas.image.height, canvas.image.width
    y = np.arange(h, dtype=np.float32)[:, None] / canvas.scale
    x = np.arange(w, dtype=np.float32)[None] / canvas.scale
    return x, y


def ruled(phase, width, scale):
    """Ink between 0 and 1: a line of `width` mm at each whole phase."""
    gy, gx = np.gradient(phase)
    slope = np.hypot(gx, gy) * scale + 1e-6
    away = np.abs(phase - np.round(phase)) / slope
    return np.clip((width / 2 - away) * scale + 0.5, 0, 1)


def lay(page, ink, colour, strength):
    for c in range(3):
        page[..., c] += ink * strength * (colour[c] - page[..., c])


def tint(x, y, width, height, left, right, middle):
    """Three colours that run into one another."""
    across = (x / width + 0 * y)[..., None]
    bow = np.sin(np.pi * np.clip(x / width + 0.2 * (y / height), 0, 1))
    page = np.float32(left) * (1 - across) + np.float32(right) * across
    return page + (np.float32(middle) - page) * 0.6 * bow[..., None]


def rosette(page, x, y, centre, radius, petals, colour, scale):
    dx, dy = x - centre[0], y - centre[1]
    r, angle = np.hypot(dx, dy) / radius, np.arctan2(dy, dx)
    phase = 9 * r + 1.6 * np.sin(petals * angle) * np.sin(np.pi * r)
    ink = ruled(phase, 0.14, scale) * (r < 1)
    phase = 7 * r - 1.9 * np.sin(petals * angle + 1) * np.sin(2 * np.pi * r)
    ink = np.maximum(ink, ruled(phase, 0.12, scale) * (r < 1))
    lay(page, ink, colour, 0.55)


def waves(page, x, y, rng, colour, scale, step):
    bend = sum(rng.uniform(0.5, 2.4) * np.sin(
        x * rng.uniform(0.05, 0.3) + y * rng.uniform(-0.1, 0.1) +
        rng.uniform(0, 6)) for _ in range(3))
    slope = rng.uniform(-0.25, 0.25)
    lay(page, ruled((y + slope * x + bend) / step, 0.11, scale), colour, 0.5)


def draw(canvas, rng, theme):
    """Cover the canvas; theme is three light colours and two inks."""
    x, y = grid(canvas)
    w, h, scale = canvas.width, canvas.height, canvas.scale
    page = tint(x, y, w, h, *theme["tints"])
    inks = theme["inks"]
    waves(page, x, y, rng, inks[0], scale, rng.uniform(0.9, 1.5))
    waves(page, x, y, rng, inks[1], scale, rng.uniform(1.1, 2.0))
    for fx, fy, fr in ((0.72, 0.36, 0.34), (0.18, 0.8, 0.22)):
        rosette(page, x, y, (w * fx, h * fy), h * fr,
                int(rng.integers(6, 14)), inks[int(rng.integers(0, 2))], scale)
    canvas.image.paste(Image.fromarray(np.clip(page, 0, 255).astype("u1")))
