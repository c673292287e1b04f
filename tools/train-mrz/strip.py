"""Prints one line with its neighbours, as ink on a background, before any
camera: 32 pixels to the pitch, the line's centre in the middle."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import content
import faces

PITCH = faces.PITCH
MARGIN = 5          # pitches on either side
HEIGHT = 4 * PITCH
WORDS = ("SPECIMEN", "SPECIMEN", "MUSTER", "SAMPLE", "ÉCHANTILLON", "VOID",
         "SPÉCIMEN", "WZÓR", "UTO", "0000000")
WORD_FACES = tuple(faces.LIBERATION % name for name in (
    "LiberationSans-Bold", "LiberationSans-Regular", "LiberationSerif-Bold"))


def write(ink, text, centre, glyphs, rng):
    """Write text into ink; the capital's middle is at height `centre`."""
    jitter = rng.random() < 0.25
    spare = (faces.CELL - PITCH) // 2
    for i, char in enumerate(text):
        if char == " ":
            continue
        x = (MARGIN + i) * PITCH - spare
        y = int(round(centre)) - faces.HIGH // 2
        if jitter:
            x, y = x + int(rng.integers(-1, 2)), y + int(rng.integers(-1, 2))
        cell = ink[max(y, 0):y + faces.HIGH, x:x + faces.CELL]
        part = glyphs[char][max(-y, 0):][:cell.shape[0]]
        np.maximum(cell, part, out=cell)


def spread(ink, better):
    """Each pixel the better (np.maximum or np.minimum) of its 3 x 3."""
    for axis in (0, 1):
        ink = better(better(np.roll(ink, 1, axis), ink),
                     np.roll(ink, -1, axis))
    return ink


def weigh(ink, rng):
    """Thinner or heavier strokes, continuously."""
    amount = rng.uniform(-0.95, 2.2)
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
        half += waves(h // 2, w // 2, rng) * rng.uniform(1, 22)
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


def neighbours(ink, width, glyphs, rng):
    """Lines above and below, 4.2 to 6.6 mm away."""
    step = rng.uniform(1.6, 2.6) * PITCH
    middle = HEIGHT / 2
    for side, chance in ((-1, 0.6), (1, 0.6)):
        if rng.random() < chance:
            write(ink, content.noise_line(rng, width), middle + side * step,
                  glyphs, rng)


def word(h, w, rng):
    """Where a big word lies over the line, 0 to 1."""
    size = int(rng.uniform(2, 9) * PITCH / 2)
    face = ImageFont.truetype(WORD_FACES[int(rng.integers(0, 3))], size)
    text = WORDS[int(rng.integers(0, len(WORDS)))]
    side = (int(face.getlength(text)) + 8, int(size * 1.4))
    image = Image.new("L", side, 0)
    ImageDraw.Draw(image).text((4, 0), text, 255, face,
                               stroke_width=int(rng.integers(0, 2)))
    image = image.rotate(rng.uniform(-50, 50) if rng.random() < 0.6 else 0,
                         Image.BILINEAR, expand=True)
    cover = Image.new("L", (w // 2, h // 2), 0)
    cover.paste(image, (int(rng.uniform(-0.6, 0.8) * w / 2),
                        int(rng.uniform(-0.8, 0.8) * image.height)))
    return np.asarray(cover.resize((w, h), Image.BILINEAR), np.float32) / 255


def rules(h, w, rng):
    """A straight line or a ring across: borders, stamps, pens."""
    image = Image.new("L", (w // 2, h // 2), 0)
    draw = ImageDraw.Draw(image)
    wide = int(rng.integers(1, 5))
    x, y = rng.uniform(0, w / 2), rng.uniform(0, h / 2)
    if rng.random() < 0.6:
        angle, far = rng.uniform(0, np.pi), w
        dx, dy = far * np.cos(angle), far * np.sin(angle)
        draw.line((x - dx, y - dy, x + dx, y + dy), 255, wide)
    else:
        r = rng.uniform(1, 5) * PITCH
        draw.ellipse((x - r, y - r, x + r, y + r), None, 255, wide)
    return np.asarray(image.resize((w, h), Image.BILINEAR), np.float32) / 255


def overlay(grey, rng):
    """Words and rules laid over the whole, translucent."""
    h, w = grey.shape
    if rng.random() < 0.28:
        tone = rng.uniform(40, 255)
        cover = word(h, w, rng) * rng.uniform(0.12, 0.55)
        grey = grey + (tone - grey) * cover
    if rng.random() < 0.1:
        cover = rules(h, w, rng) * rng.uniform(0.2, 0.8)
        grey = grey + (rng.uniform(20, 255) - grey) * cover
    return grey


def printed(text, rng, unseen=False):
    """The strip as a perfect scanner would see it, grey 0 to 255."""
    w = (len(text) + 2 * MARGIN) * PITCH
    glyphs = faces.cut(faces.choose(rng, unseen), rng)
    ink = np.zeros((HEIGHT, w), np.uint8)
    write(ink, text, HEIGHT / 2, glyphs, rng)
    neighbours(ink, len(text), glyphs, rng)
    ink = uneven(weigh(ink, rng), rng) / 255
    paper = background(HEIGHT, w, rng)
    edge(paper, rng)
    dark = paper.min() * rng.uniform(0.0, 0.52)
    if rng.random() < 0.12:
        dark = paper.min() * rng.uniform(0.5, 0.72)
    return overlay(paper * (1 - ink) + dark * ink, rng)
