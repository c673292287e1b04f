"""The ink of one line from one seed: 0 to 255 on nothing, capitals 30 pixels
high. What it stands on and what happens to it is damage.py's."""

import numpy as np
from PIL import Image, ImageDraw

import content
import faces

TALL, BASE, EDGE = 64, 46, 4    # pixels; EDGE of nothing at either end
LONGEST = 840
WIDTHS = (288, 520, LONGEST + 2 * EDGE)     # of the buckets
SMALL = set("acemnorsuvwxz.,-:")    # nothing here reaches a capital's top
PATHS = faces.files(faces.TRAIN)


def spacing(rng):
    """Extra space between letters; mostly none."""
    return float(rng.uniform(-0.05, 0.25)) * faces.CAPITAL \
        if rng.random() < 0.3 else 0.0


def gap(rng):
    """Extra space between words; mostly none."""
    return float(rng.uniform(-0.1, 0.9)) * faces.CAPITAL \
        if rng.random() < 0.15 else 0.0


def laid(text, path, rng):
    """Each letter with its face: small capitals, letters that dance."""
    font = faces.face(path)[0]
    if rng.random() < 0.03 and text.upper() == text:
        low = faces.face(path, rng.uniform(0.72, 0.85))[0]
        head = True
        for char in text:
            yield char, font if head or char.isdigit() else low
            head = char in " -'"
    else:
        for char in text:
            yield char, font


def written(text, path, rng):
    """(uint8 TALL x width) or None when it is too wide."""
    extra, dance, wide = spacing(rng), 0.0, gap(rng)
    if rng.random() < 0.08:
        dance = rng.uniform(0.3, 1.5)
    font = faces.face(path)[0]
    plain = not extra and not dance and not wide and rng.random() < 0.9
    if plain:
        width = font.getlength(text)
    else:
        letters = list(laid(text, path, rng))
        width = sum(f.getlength(c) for c, f in letters) + extra * len(text) + \
            wide * text.count(" ")
    if width > LONGEST:
        return None
    image = Image.new("L", (int(np.ceil(width)) + 2 * EDGE, TALL), 0)
    draw = ImageDraw.Draw(image)
    if plain:
        draw.text((EDGE, BASE), text, 255, font, anchor="ls")
        return np.asarray(image)
    x = EDGE + max(0, -extra)
    for char, font in letters:
        draw.text((x, BASE + rng.normal(0, dance) if dance else BASE), char,
                  255, font, anchor="ls")
        x += font.getlength(char) + extra + wide * (char == " ")
    return np.asarray(image)


def make(seed):
    """(uint8 TALL x width, text), the same for the same seed."""
    rng = np.random.default_rng(seed)
    while True:
        text = content.line(rng)
        drawn = content.drawn(text, rng)
        path = faces.choose(rng, PATHS, drawn)
        if not path:
            continue
        made = written(drawn, path, rng)
        while made is None:
            kept = len(text) * 2 // 3
            kept -= text[kept - 1] == " "
            text, drawn = text[:kept], drawn[:kept]
            made = written(drawn, path, rng)
        return made, content.read(text)


def bucket(width):
    return next(i for i, w in enumerate(WIDTHS) if width <= w)


def batch(seeds):
    """Lines of some seeds by bucket: ink, widths, texts."""
    found = [[] for _ in WIDTHS]
    for seed in seeds:
        grey, text = make(seed)
        found[bucket(grey.shape[1])].append((grey, text))
    made = []
    for width, some in zip(WIDTHS, found):
        ink = np.zeros((len(some), TALL, width), np.uint8)
        for i, (grey, _) in enumerate(some):
            ink[i, :, :grey.shape[1]] = grey
        made.append((ink, np.array([g.shape[1] for g, _ in some], np.int64),
                     [t for _, t in some]))
    return made
