"""One line of print from one seed, as the page reader would cut it out.

Seeds below 10^9 train, from 10^9 tune, from 2*10^9 are the final test, which
is also printed in faces of its own; nobody may look at results on the last
while choosing anything.
"""

import os
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

import content
import faces

sys.path.append(os.path.join(os.path.dirname(__file__), "../train-mrz"))
import damage  # noqa: E402
import strip  # noqa: E402

TRAIN, TUNE, TEST = 0, 10 ** 9, 2 * 10 ** 9
HEIGHT, CAPITAL, BASE = 32, 15, 23  # of the network's input, pixels
TALL = 4 * faces.CAPITAL            # of the strip as rendered
BASELINE = 2.5 * faces.CAPITAL
MARGIN = 60
PATHS = {"train": faces.files(faces.TRAIN), "test": faces.files(faces.TEST)}
SMALL = set("acemnorsuvwxz.,-:")    # nothing here reaches a capital's top


def advance(rng):
    """Extra space between letters; mostly none."""
    return float(rng.uniform(-0.03, 0.14)) * faces.CAPITAL \
        if rng.random() < 0.3 else 0


def write(ink, text, x, base, font, extra):
    """Ink on a picture, from x on; how wide it was."""
    draw = ImageDraw.Draw(ink)
    if not extra:
        draw.text((x, base), text, 255, font, anchor="ls")
        return font.getlength(text)
    start = x
    for char in text:
        draw.text((x, base), char, 255, font, anchor="ls")
        x += font.getlength(char) + extra
    return x - start - extra


def other_lines(ink, font, rng):
    """What stands above and below, as close as labels stand to values."""
    for side in (-1, 1):
        if rng.random() > 0.45:
            continue
        away = side * rng.uniform(1.35, 2.4) * faces.CAPITAL
        text = "".join(c for c in content.line(rng) if ord(c) < 128)
        write(ink, text, MARGIN + rng.uniform(-100, 200), BASELINE + away,
              font, 0)


def printed(text, font, rng):
    """The strip as a perfect scanner sees it, and the text's width."""
    extra = advance(rng)
    width = font.getlength(text) + max(0, extra) * len(text)
    image = Image.new("L", (int(width / 2) * 2 + 2 * MARGIN, TALL), 0)
    width = write(image, text, MARGIN, BASELINE, font, extra)
    other_lines(image, font, rng)
    ink = strip.uneven(strip.weigh(np.array(image), rng), rng) / 255
    h, w = ink.shape
    paper = strip.background(h, w, rng)
    # what people shall read lies on calmer ground than a zone
    paper = paper.mean() + (paper - paper.mean()) * rng.uniform(0.05, 0.6)
    dark = paper.min() * (rng.uniform(0.0, 0.5) if rng.random() < 0.85 else
                          rng.uniform(0.4, 0.7))
    return paper * (1 - ink) + dark * ink, width


def shrink(image, rng):
    """To the camera: capitals of 8 to 30 pixels, blurred."""
    capital = float(rng.choice((rng.uniform(8, 12), rng.uniform(10, 18),
                                rng.uniform(16, 30)), p=(0.25, 0.4, 0.35)))
    sigma = min(0.12 * capital, float(rng.choice(
        (rng.uniform(0.3, 0.8), rng.uniform(0.7, 1.6),
         rng.uniform(1.3, 2.6)), p=(0.4, 0.4, 0.2))))
    scale = capital / faces.CAPITAL
    across = scale * rng.uniform(0.86, 1.1)
    image = image.filter(ImageFilter.GaussianBlur(sigma / scale))
    size = (max(8, round(image.width * across)),
            max(8, round(image.height * scale)))
    return image.resize(size, Image.BILINEAR), across, scale, capital


def seen(grey, width, small, rng):
    """Photographed, then cut as the reader of pages cuts: never quite where
    the line is, never quite at its size."""
    image = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    image, across, down, capital = shrink(image, rng)
    grey = np.asarray(image, np.float32)
    if rng.random() < 0.12:
        grey = damage.motion(grey, 0.8 * capital, rng)
    if rng.random() < 0.6:
        grey = damage.light(grey, capital, rng)
    image = damage.sensor(grey, rng)
    size = np.exp(rng.normal(-0.03, 0.08))
    if small:
        size *= rng.uniform(1.0, 1.4)
    scale = size * CAPITAL / (down * faces.CAPITAL)
    if scale < 1:
        image = image.filter(ImageFilter.GaussianBlur(0.35 / scale))
    left = MARGIN * across - rng.uniform(0.1, 0.55) * capital
    right = (MARGIN + width) * across + rng.uniform(0.1, 0.55) * capital
    out = min(900, max(12, int(round((right - left) * scale))))
    half = HEIGHT / scale
    base = BASELINE * down + rng.normal(0, 0.06) * capital
    tilt = rng.normal(0, 0.05) * capital
    slant = rng.normal(0, 0.03) * capital
    top, bottom = base - BASE / HEIGHT * half, \
        base + (HEIGHT - BASE) / HEIGHT * half
    return image.transform((out, HEIGHT), Image.QUAD, (
        left + slant, top - tilt, left - slant, bottom - tilt,
        right - slant, bottom + tilt, right + slant, top + tilt),
        Image.BICUBIC if rng.random() < 0.4 else Image.BILINEAR)


def make(seed):
    """(uint8 32 x width, text), the same for the same seed."""
    rng = np.random.default_rng(seed)
    paths = PATHS["test" if seed >= TEST else "train"]
    font = None
    while not font:
        text = content.line(rng)
        font = faces.choose(rng, paths, text)
    while len(text) > 1 and font.getlength(text) > 840:
        text = text[:len(text) * 2 // 3].strip()
    grey, width = printed(text, font, rng)
    image = seen(grey, width, set(text) <= SMALL, rng)
    return np.asarray(image), text
