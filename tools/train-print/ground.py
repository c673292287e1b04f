"""What print stands on: paper, its tint, and all that security printers lay
behind and across small text. Made at half the size of the ink, which is
finer than any line that is drawn here."""

import numpy as np
from PIL import Image, ImageDraw

import faces

HALF = faces.CAPITAL / 2        # a capital's height on the ground


def enlarged(half, h, w):
    return np.array(Image.fromarray(half.astype(np.float32)).resize(
        (w, h), Image.BILINEAR))


def places(h, w):
    """Rows and columns in capitals."""
    return (np.arange(h, dtype=np.float32)[:, None] / HALF,
            np.arange(w, dtype=np.float32)[None] / HALF)


def lines_of(phase, rng):
    """Thin lines where a phase comes round; from a hair to half of all."""
    share = rng.uniform(0.08, 0.5)
    top = np.cos(np.pi * share)
    return np.clip((np.cos(phase) - top) / (1 - top) * rng.uniform(1, 3),
                   0, 1)


def waves(h, w, rng):
    """Lines side by side, bent together."""
    y, x = places(h, w)
    bend = rng.uniform(0, 1.2) * np.sin(
        x * rng.uniform(0.1, 1.6) + rng.uniform(0, 6))
    bend = bend + rng.uniform(0, 0.5) * np.sin(
        x * rng.uniform(0.6, 4) + rng.uniform(0, 6))
    angle = rng.uniform(-0.5, 0.5) if rng.random() < 0.6 else \
        rng.uniform(0, np.pi)
    phase = x * np.sin(angle) + (y + bend) * np.cos(angle)
    return lines_of(phase * rng.uniform(4, 22), rng)


def braid(h, w, rng):
    """Two families that cross: guilloche."""
    y, x = places(h, w)
    deep, often = rng.uniform(0.2, 1.5), rng.uniform(0.3, 2.5)
    many, at = rng.uniform(4, 16), rng.uniform(0, 6)
    swing = deep * np.sin(x * often + at)
    return np.maximum(lines_of((y + swing) * many, rng),
                      lines_of((y - swing) * many, rng))


def rosette(h, w, rng):
    """Rings with petals about a point that may lie outside."""
    y, x = places(h, w)
    dy = y - rng.uniform(-2, 2 + h / HALF)
    dx = x - rng.uniform(-2, 2 + w / HALF)
    far, turn = np.hypot(dy, dx), np.arctan2(dy, dx)
    petals = int(rng.integers(3, 24))
    far = far * (1 + rng.uniform(0.02, 0.25) * np.sin(petals * turn))
    return lines_of(far * rng.uniform(4, 16) + turn * petals *
                    int(rng.integers(0, 2)), rng)


def screen(h, w, rng):
    """Dots in a grid: offset print."""
    y, x = places(h, w)
    angle, many = rng.uniform(0, np.pi), rng.uniform(9, 28)
    u = (x * np.cos(angle) + y * np.sin(angle)) * many
    v = (y * np.cos(angle) - x * np.sin(angle)) * many
    return np.clip((np.cos(u) + np.cos(v)) * rng.uniform(0.5, 2) +
                   rng.uniform(-0.5, 1), 0, 1)


def microprint(h, w, rng):
    """Words too small to be read, line after line."""
    path = faces.SMALL_PRINT[int(rng.integers(0, len(faces.SMALL_PRINT)))]
    size = int(rng.integers(5, 9))
    font = faces.sized(path, size)
    image = Image.new("L", (w, h), 0)
    draw = ImageDraw.Draw(image)
    word = "".join(chr(c) for c in rng.integers(65, 91, 6)) + " "
    for y in range(int(rng.integers(0, 2 * size)), h + size,
                   int(size * rng.uniform(1.2, 4))):
        draw.text((-int(rng.integers(0, 40)), y), word * (w // size // 2),
                  255, font, anchor="ls")
    return np.asarray(image, np.float32) / 255


def emblem(h, w, rng):
    """One large soft shape: a coat of arms, a second tint, a map."""
    image = Image.new("L", (w, h), 0)
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(1, 5))):
        x, y = rng.uniform(-20, w), rng.uniform(-20, h)
        a, b = rng.uniform(4, 90), rng.uniform(4, 60)
        if rng.random() < 0.5:
            draw.ellipse((x, y, x + a, y + b), int(rng.integers(80, 256)))
        else:
            corners = rng.uniform(-60, 60, (5, 2)) + (x, y)
            draw.polygon([tuple(c) for c in corners],
                         int(rng.integers(80, 256)))
    return np.asarray(image, np.float32) / 255


PATTERNS = (waves, waves, braid, braid, rosette, screen, microprint, emblem)


def grain(h, w, rng):
    """Plain paper, its light uneven."""
    half = rng.normal(0, rng.uniform(0, 5), (h, w))
    return (half + rng.uniform(120, 252)).astype(np.float32)


def paper(h, w, rng):
    """The ground of a strip, and how dark its darkest pattern is allowed:
    people shall read what stands on it."""
    h2, w2 = h // 2, w // 2
    half = grain(h2, w2, rng)
    kind = rng.random()
    count = 0 if kind < 0.22 else int(rng.integers(1, 4))
    depth = rng.uniform(4, 24) if kind < 0.5 else rng.uniform(20, 90)
    for _ in range(count):
        made = PATTERNS[int(rng.integers(0, len(PATTERNS)))](h2, w2, rng)
        sign = -1 if rng.random() < 0.8 else 0.6
        half = half + sign * depth * rng.uniform(0.4, 1) * made
    if rng.random() < 0.3:      # the second colour of an iris print
        x = np.arange(w2, dtype=np.float32)[None]
        half = half + rng.uniform(-25, 25) * np.tanh(
            (x - rng.uniform(0, w2)) / rng.uniform(3, 200))
    return np.clip(enlarged(half, h, w), 25, 255)


def rules(h, w, base, rng):
    """Underlines, frames, dotted lines, a photograph's edge: 0 to 1."""
    image = Image.new("L", (w, h), 0)
    draw = ImageDraw.Draw(image)
    wide, cap = int(rng.integers(1, 5)), faces.CAPITAL
    if rng.random() < 0.7:
        low = base + rng.uniform(0.22, 0.9) * cap
        if rng.random() < 0.3:
            low = base - rng.uniform(1.25, 1.8) * cap
        if rng.random() < 0.3:
            for x in range(0, w, int(rng.integers(6, 14))):
                draw.line((x, low, x + 3, low), 255, wide)
        else:
            draw.line((0, low, w, low + rng.uniform(-3, 3)), 255, wide)
    if rng.random() < 0.4:
        x = rng.uniform(20, 52) if rng.random() < 0.5 else \
            w - rng.uniform(20, 52)
        draw.line((x, 0, x + rng.uniform(-4, 4), h), 255, wide)
    if rng.random() < 0.15:     # a loop of a signature or a stamp
        x, y = rng.uniform(0, w), rng.uniform(0, h)
        a = rng.uniform(1, 6) * cap
        draw.ellipse((x - a, y - a / 2, x + a, y + a), None, 255, wide)
    return np.asarray(image, np.float32) / 255


def stamped(grey, rng):
    """A big word across the whole, translucent: SPECIMEN, a hologram."""
    h, w = grey.shape
    path = faces.SMALL_PRINT[int(rng.integers(0, len(faces.SMALL_PRINT)))]
    font = faces.sized(path, int(rng.choice((30, 50, 80, 130))))
    word = "".join(chr(c) for c in rng.integers(65, 91, 8))
    image = Image.new("L", (int(font.getlength(word)), font.size), 0)
    ImageDraw.Draw(image).text((0, font.size * 0.86), word, 255, font,
                               anchor="ls")
    image = image.rotate(rng.uniform(-50, 50), Image.BILINEAR, expand=True)
    cover = Image.new("L", (w // 2, h // 2), 0)
    cover.paste(image, (int(rng.uniform(-0.6, 0.8) * w / 2),
                        int(rng.uniform(-0.7, 0.7) * image.height)))
    cover = enlarged(np.asarray(cover), h, w) / 255 * rng.uniform(0.1, 0.5)
    return grey + (rng.uniform(40, 255) - grey) * cover


def spread(ink, better):
    """Each pixel the better (np.maximum or np.minimum) of its 3 x 3."""
    for axis in (0, 1):
        ink = better(better(np.roll(ink, 1, axis), ink),
                     np.roll(ink, -1, axis))
    return ink


def weigh(ink, rng):
    """Thinner or heavier strokes, continuously."""
    amount = rng.uniform(-0.9, 2.2)
    other = spread(ink, np.minimum if amount < 0 else np.maximum)
    if amount > 1:
        ink, other, amount = other, spread(other, np.maximum), amount - 1
    ink = ink.astype(np.float32)
    return ink + (other - ink) * abs(amount)


def uneven(ink, rng):
    """Faded patches, missing specks, and the dots of a laser engraver."""
    h, w = ink.shape
    low = rng.uniform(rng.uniform(0.55, 1), 1, (3, w // 96 + 1))
    ink = ink * enlarged(low, h, w)
    if rng.random() < 0.15:
        specks = rng.random((h // 2, w // 2)) < rng.uniform(0.02, 0.15)
        specks = specks.repeat(2, 0).repeat(2, 1)
        ink[specks] *= rng.uniform(0.3, 0.9)
    if rng.random() < 0.12:
        ink[::int(rng.integers(3, 7))] *= rng.uniform(0.2, 0.8)
    return ink


def halo(ground, ink, rng):
    """Some printers leave the ground out about letters."""
    near = ink
    for _ in range(int(rng.integers(1, 4))):
        near = spread(near, np.maximum)
    light = np.percentile(ground, 90)
    return ground + (light - ground) * near * rng.uniform(0.4, 1)
