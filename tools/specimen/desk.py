"""What lies under and around the document."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

TONES = {"wood": ((150, 108, 70), (96, 64, 42), (190, 158, 120)),
         "cloth": ((70, 84, 104), (120, 60, 62), (92, 100, 84)),
         "stone": ((92, 92, 96), (150, 146, 140), (58, 58, 62)),
         "plain": ((60, 62, 66), (120, 124, 128), (38, 44, 60))}


def noise(rng, h, w, rows, columns):
    """Smooth noise with about `rows` x `columns` bumps."""
    small = rng.normal(0, 1, (max(2, rows), max(2, columns)))
    small = Image.fromarray(small.astype(np.float32))
    return np.asarray(small.resize((w, h), Image.BICUBIC))


def texture(rng, kind, h, w):
    """Grey relief of a surface, around zero."""
    if kind == "wood":
        grain = noise(rng, h, w, h // 3, 4) + noise(rng, h, w, h // 12, 6)
        rings = np.sin(noise(rng, h, w, 7, 3) * 9 + grain * 0.6)
        return 7 * grain + 9 * rings
    if kind == "cloth":
        y, x = np.arange(h)[:, None], np.arange(w)[None]
        weave = np.sin(x * 1.3) * np.sin(y * 1.3)
        return 8 * weave + 6 * noise(rng, h, w, h // 2, w // 2)
    if kind == "stone":
        return 7 * noise(rng, h, w, h, w) + 9 * noise(rng, h, w, 24, 32)
    return 3 * noise(rng, h, w, h, w) + 3 * noise(rng, h, w, 5, 6)


def pen(draw, rng, w, h, unit):
    x, y, a = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0, 6.28)
    dx, dy = np.cos(a) * 140 * unit, np.sin(a) * 140 * unit
    body = tuple(int(v) for v in rng.integers(10, 140, 3))
    draw.line((x, y, x + dx, y + dy), body, int(9 * unit))
    draw.line((x, y - 2 * unit, x + dx, y + dy - 2 * unit),
              tuple(min(255, v + 70) for v in body), max(1, int(2 * unit)))


def cup(draw, rng, w, h, unit):
    x, y, r = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(35, 55) * unit
    draw.ellipse((x - r, y - r, x + r, y + r), (236, 234, 228))
    r *= 0.85
    draw.ellipse((x - r, y - r, x + r, y + r), (74, 46, 26))


def sheet(draw, rng, w, h, unit):
    """A letter half in view, its text unreadable."""
    x, y, a = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(-0.4, 0.4)
    turn = np.array(((np.cos(a), -np.sin(a)), (np.sin(a), np.cos(a))))
    at = lambda u, v: tuple(turn @ (u * unit, v * unit) + (x, y))  # noqa: E731
    draw.polygon([at(0, 0), at(210, 0), at(210, 297), at(0, 297)],
                 (228, 228, 224))
    for row in range(20, 270, 8):
        draw.line((*at(20, row), *at(rng.uniform(60, 190), row)),
                  (120, 120, 124), max(1, int(2 * unit)))


def clutter(image, rng, unit, count):
    """A few objects with soft shadows, out of the sharpest focus."""
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for _ in range(count):
        (pen, cup, sheet)[int(rng.integers(0, 3))](draw, rng, *image.size, unit)
    shade = layer.getchannel("A").filter(ImageFilter.GaussianBlur(8 * unit))
    image.paste((20, 18, 16), (int(4 * unit), int(6 * unit)),
                shade.point(lambda v: v // 2))
    layer = layer.filter(ImageFilter.GaussianBlur(0.8))
    image.paste(layer, (0, 0), layer)
    return image


def draw(rng, w, h, objects):
    """An RGB desk of w x h pixels."""
    kind = ("wood", "cloth", "stone", "plain")[int(rng.integers(0, 4))]
    tone = TONES[kind][int(rng.integers(0, 3))]
    half = texture(rng, kind, h // 2, w // 2)[..., None]
    page = np.clip(np.float32(tone) + half, 0, 255).astype(np.uint8)
    image = Image.fromarray(page).resize((w, h), Image.BICUBIC)
    return clutter(image, rng, max(w, h) / 700, objects)
