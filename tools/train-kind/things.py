"""What people photograph by mistake: cards, letters and leaflets that prove
nothing. Blocks of colour, lines as of text, a mark, a magnetic strip."""

import numpy as np
from PIL import Image, ImageDraw


def tone(rng, low=0, high=256):
    return tuple(int(v) for v in rng.integers(low, high, 3))


def ground(rng, w, h):
    """One colour that fades into another; or paper."""
    a, b = np.float32(tone(rng, 30)), np.float32(tone(rng, 30))
    if rng.random() < 0.4:
        a = b = np.float32(rng.integers(225, 256, 3))
    slope = np.linspace(0, 1, w, dtype=np.float32)[None, :, None]
    page = np.broadcast_to(a + (b - a) * slope, (h, w, 3))
    return Image.fromarray(page.astype(np.uint8))


def text(draw, rng, w, h, ink):
    """Lines of words, in one or two columns."""
    step = h * rng.uniform(0.03, 0.1)
    left, right = sorted(rng.uniform(0.04, 0.96, 2) * w)
    for y in np.arange(rng.uniform(0.05, 0.5) * h, h * 0.95, step):
        x, end = left, right if rng.random() < 0.7 else (left + right) / 2
        while x < end:
            word = rng.uniform(0.6, 3) * step
            draw.rectangle((x, y, min(x + word, end), y + step * 0.45), ink)
            x += word + 0.4 * step


def block(draw, rng, w, h):
    x, y = rng.uniform(0, 0.8) * w, rng.uniform(0, 0.8) * h
    box = (x, y, x + rng.uniform(0.08, 0.5) * w, y + rng.uniform(
        0.08, 0.5) * h)
    (draw.ellipse if rng.random() < 0.4 else draw.rectangle)(box, tone(rng))


def strip(draw, rng, w, h):
    y = rng.uniform(0.05, 0.2) * h
    draw.rectangle((0, y, w, y + 0.2 * h), tone(rng, 0, 60))


def instead(page, rng):
    """The same piece of paper or plastic with something else on it."""
    w, h = page.image.size
    image = ground(rng, w, h)
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(0, 4))):
        block(draw, rng, w, h)
    if rng.random() < 0.25:
        strip(draw, rng, w, h)
    for _ in range(int(rng.integers(0, 3))):
        text(draw, rng, w, h, tone(rng, 0, 120))
    page.image, page.lines, page.fields = image, [], {}
    page.portrait, page.ghost, page.barcodes = None, None, []
    return page
