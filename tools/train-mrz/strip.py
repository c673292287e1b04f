"""Prints one line with its neighbours, as ink on a background, before any
camera: 32 pixels to the pitch, the line's centre in the middle."""

import functools

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import content

PITCH = 32
MARGIN = 5          # pitches on either side
HEIGHT = 4 * PITCH
FONTS = ("OCRB", "OCRBS")
FOLDER = "/usr/share/fonts/opentype/ocr-b/"
ADVANCE = 0.723     # of the em, all glyphs


@functools.lru_cache(maxsize=None)
def font(face):
    return ImageFont.truetype(FOLDER + face + ".otf", round(PITCH / ADVANCE))


@functools.lru_cache(maxsize=None)
def glyph(face, char, low):
    """A glyph, ink white; `low` digits are no taller than letters."""
    image = Image.new("L", (PITCH + 12, 56), 0)
    ImageDraw.Draw(image).text((6, 44), char, 255, font(face), anchor="ls")
    if low and char.isdigit():
        image = image.resize((PITCH + 12, 52), Image.BICUBIC)
        image = image.crop((0, -4, PITCH + 12, 52))
    return np.asarray(image)


def write(ink, text, centre, face, low, rng):
    """Write text into ink; the capital's middle is at height `centre`."""
    jitter = rng.random() < 0.2
    for i, char in enumerate(text):
        if char == " ":
            continue
        x = (MARGIN + i) * PITCH - 6
        y = int(round(centre)) - 28
        if jitter:
            x, y = x + int(rng.integers(-1, 2)), y + int(rng.integers(-1, 2))
        cell = ink[max(y, 0):y + 56, x:x + PITCH + 12]
        part = glyph(face, char, low)[max(-y, 0):][:cell.shape[0]]
        np.maximum(cell, part, out=cell)


def spread(ink, better):
    """Each pixel the better (np.maximum or np.minimum) of its 3 x 3."""
    for axis in (0, 1):
        ink = better(better(np.roll(ink, 1, axis), ink),
                     np.roll(ink, -1, axis))
    return ink


def weigh(ink, rng):
    """Thinner or heavier strokes, continuously."""
    amount = rng.uniform(-0.9, 2.0)
    other = spread(ink, np.minimum if amount < 0 else np.maximum)
    if amount > 1:
        ink, other, amount = other, spread(other, np.maximum), amount - 1
    ink = ink.astype(np.float32)
    return ink + (other - ink) * abs(amount)


def uneven(ink, rng):
    """Faded patches, missing specks, and the dots of a laser engraver."""
    h, w = ink.shape
    low = rng.uniform(rng.uniform(0.45, 1), 1, (3, w // 96)).astype(np.float32)
    ink = ink * np.asarray(Image.fromarray(low).resize((w, h), Image.BICUBIC))
    if rng.random() < 0.25:
        specks = rng.random((h // 2, w // 2)) < rng.uniform(0.02, 0.2)
        specks = specks.repeat(2, 0).repeat(2, 1)
        ink[specks] *= rng.uniform(0.2, 0.9)
    if rng.random() < 0.12:
        step = int(rng.integers(3, 7))
        ink[::step] *= rng.uniform(0.2, 0.8)
    return ink


def waves(h, w, rng):
    """Fine lines such as security printers lay under a zone."""
    y = np.arange(h, dtype=np.float32)[:, None] * 2 / PITCH
    x = np.arange(w, dtype=np.float32)[None] * 2 / PITCH
    bend = rng.uniform(0, 1.5) * np.sin(
        x * rng.uniform(0.1, 1.2) + rng.uniform(0, 6))
    angle = rng.uniform(0, np.pi)
    phase = x * np.cos(angle) + (y + bend) * np.sin(angle)
    wave = np.cos(phase * rng.uniform(3, 25) + rng.uniform(0, 6))
    return np.clip(wave * rng.uniform(1, 4), -1, 1)


def background(h, w, rng):
    """Paper: its tone, its printing, its grain."""
    half = rng.normal(0, rng.uniform(0, 5), (h // 2, w // 2))
    half = (half + rng.uniform(130, 250)).astype(np.float32)
    for _ in range(int(rng.integers(0, 4))):
        half += waves(h // 2, w // 2, rng) * rng.uniform(1, 18)
    return np.array(Image.fromarray(half).resize((w, h), Image.BILINEAR))


def edge(paper, rng):
    """Now and then the document ends and a table begins."""
    h, w = paper.shape
    tone = rng.uniform(10, 255)
    far = int(rng.uniform(1.0, 2.6) * PITCH)
    if rng.random() < 0.12:
        paper[h // 2 + far:] = tone
    if rng.random() < 0.08:
        paper[:, :max(0, int((MARGIN - rng.uniform(0.9, 3)) * PITCH))] = tone
    if rng.random() < 0.08:
        paper[:, w - int((MARGIN - rng.uniform(0.9, 3)) * PITCH):] = tone


def neighbours(ink, width, face, low, rng):
    """Lines above and below, 4.2 to 6.6 mm away."""
    step = rng.uniform(1.64, 2.6) * PITCH
    middle = HEIGHT / 2
    for side, chance in ((-1, 0.6), (1, 0.6)):
        if rng.random() < chance:
            write(ink, content.noise_line(rng, width), middle + side * step,
                  face, low, rng)


def printed(text, rng):
    """The strip as a perfect scanner would see it, grey 0 to 255."""
    w = (len(text) + 2 * MARGIN) * PITCH
    face = FONTS[int(rng.integers(0, len(FONTS)))]
    low = rng.random() < 0.05
    ink = np.zeros((HEIGHT, w), np.uint8)
    write(ink, text, HEIGHT / 2, face, low, rng)
    neighbours(ink, len(text), face, low, rng)
    ink = uneven(weigh(ink, rng), rng) / 255
    paper = background(HEIGHT, w, rng)
    edge(paper, rng)
    dark = paper.min() * rng.uniform(0.0, 0.52)
    return paper * (1 - ink) + dark * ink
