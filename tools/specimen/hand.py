"""A hand that holds the document: fingers laid over its edge, a thumb from
below. They keep off the machine-readable zone unless told otherwise."""

import numpy as np
from PIL import Image, ImageFilter

SKINS = ((226, 178, 150), (204, 150, 118), (158, 108, 78), (104, 70, 52))


def meets(tip, base, radius, box):
    """Whether a finger touches a box, all in millimetres."""
    for t in np.linspace(0, 1, 9):
        x, y = tip + (base - tip) * t
        if box[0] - radius < x < box[2] + radius and \
                box[1] - radius < y < box[3] + radius:
            return True
    return False


def fingers(rng, width, height, keep):
    """(tip, base, radius) in millimetres, over one edge of the page."""
    side, found = int(rng.integers(0, 4)), []
    thumb = rng.random() < 0.5
    radius = rng.uniform(7.5, 9.5)
    first = rng.uniform(0.15, 0.7)
    for k in range(1 if thumb else int(rng.integers(2, 4))):
        depth = rng.uniform(3, 13 if thumb else 9)
        along = first + k * 2.1 * radius / (width if side % 2 else height)
        lean = rng.uniform(-12, 12)
        if side % 2:
            y, out = (-1, -1) if side == 1 else (height + 1, 1)
            tip = np.array((along * width, y - out * depth))
            base = tip + (lean, out * 70)
        else:
            x, out = (-1, -1) if side == 0 else (width + 1, 1)
            tip = np.array((x - out * depth, along * height))
            base = tip + (out * 70, lean)
        if not any(meets(tip, base, radius, box) for box in keep):
            found.append((tip, base, radius))
    return found


def capsule(tip, base, radius, size):
    """Distance field around a finger, in radii, with its height."""
    h, w = size
    y = np.arange(h, dtype=np.float32)[:, None]
    x = np.arange(w, dtype=np.float32)[None]
    d = base - tip
    t = ((x - tip[0]) * d[0] + (y - tip[1]) * d[1]) / max(1e-6, d @ d)
    t = np.clip(t, 0, 1)
    wide = radius * (1 + 0.25 * t)
    away = np.hypot(x - tip[0] - t * d[0], y - tip[1] - t * d[1]) / wide
    return away, t


def paint(scene, view, hand, rng):
    """Fingers onto an RGB scene."""
    skin = np.float32(SKINS[int(rng.integers(0, len(SKINS)))])
    unit = view.density()
    for tip, base, radius in hand:
        tip, base = view.see((tip, base))
        r = radius * unit
        low = np.floor(np.minimum(tip, base) - 1.8 * r).astype(int)
        high = np.ceil(np.maximum(tip, base) + 1.8 * r).astype(int)
        low = np.clip(low, 0, scene.size)
        high = np.clip(high, 0, scene.size)
        if (high - low).min() < 2:
            continue
        part = scene.crop((*low, *high))
        away, t = capsule(tip - low, base - low, r, (part.height, part.width))
        shade = Image.fromarray((np.clip(1.25 - away, 0, 0.5) * 300).clip(
            0, 255).astype(np.uint8)).filter(ImageFilter.BoxBlur(r / 5))
        part.paste((18, 14, 12), (int(r / 6), int(r / 5)), shade)
        light = (1.05 - 0.45 * away ** 2 + 0.03 * np.sin(t * 40))[..., None]
        body = skin * light * np.float32((1, 0.97, 0.94))
        nail = np.hypot(t * 6.4 - 0.05, away * 1.7) < 0.9
        body += nail[..., None] * np.float32((14, 12, 16))
        mask = np.clip((1 - away) * r / 1.5, 0, 1)
        part.paste(Image.fromarray(np.clip(body, 0, 255).astype(np.uint8)),
                   (0, 0), Image.fromarray((mask * 255).astype(np.uint8)))
        scene.paste(part, tuple(low))
    return scene
