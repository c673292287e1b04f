"""One line of print from one seed, as the page reader would cut it out: not
what the reader learns from (that is damage.py's), but what tells how it reads.

Seeds from 10^9 tune, from 2*10^9 are the final test, which is also printed in
faces of its own; nobody may look at results on the last while choosing
anything.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

import camera
import content
import faces
import ground

TUNE, TEST = 10 ** 9, 2 * 10 ** 9
HEIGHT, CAPITAL, BASE = 32, 15, 23  # of the network's input, pixels
TALL = 4 * faces.CAPITAL            # of the strip as rendered
BASELINE = 2.5 * faces.CAPITAL
MARGIN = 60
PATHS = {"tune": faces.files(faces.TRAIN), "test": faces.files(faces.TEST)}
SMALL = set("acemnorsuvwxz.,-:")    # nothing here reaches a capital's top


def advance(rng):
    """Extra space between letters; mostly none."""
    return float(rng.uniform(-0.04, 0.2)) * faces.CAPITAL \
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


def other_lines(ink, path, rng):
    """What stands above and below: a label close over its value, a value
    under its label, the next line."""
    for side in (-1, 1):
        chance = rng.random()
        if chance > 0.6:
            continue
        size = rng.uniform(0.4, 0.75) if chance < 0.3 else \
            rng.uniform(0.85, 1.1) if chance < 0.5 else rng.uniform(1.2, 2)
        high = size if side > 0 else 1
        away = side * rng.uniform(1.2, 1.7 + 0.6 * (size > 0.8)) * \
            faces.CAPITAL * max(1, high)
        if side < 0 and size > 1:
            away -= 0.25 * size * faces.CAPITAL
        font = faces.face(path, size)[0]
        write(ink, content.line(rng), MARGIN + rng.uniform(-100, 200),
              BASELINE + away, font, 0)


def written(text, path, rng):
    """The ink of a line among others, 0 to 255, and the text's width."""
    font, extra = faces.face(path)[0], advance(rng)
    width = font.getlength(text) + max(0, extra) * len(text)
    image = Image.new("L", (int(width / 2) * 2 + 2 * MARGIN, TALL), 0)
    width = write(image, text, MARGIN, BASELINE, font, extra)
    others = Image.new("L", image.size, 0)
    other_lines(others, path, rng)
    return np.maximum(np.array(image), np.array(others)), width


def printed(text, path, rng):
    """The strip as a perfect scanner sees it, and the text's width."""
    ink, width = written(text, path, rng)
    ink = ground.uneven(ground.weigh(ink, rng), rng) / 255
    h, w = ink.shape
    paper = ground.paper(h, w, rng)
    if rng.random() < 0.1:
        paper = ground.halo(paper, ink, rng)
    dark = np.percentile(paper, 20) * (
        rng.uniform(0.0, 0.45) if rng.random() < 0.88 else
        rng.uniform(0.4, 0.65))
    if rng.random() < 0.2:
        ruled = ground.rules(h, w, BASELINE, rng) * rng.uniform(0.2, 1)
        paper = paper + (dark - paper) * ruled
    grey = paper + (np.minimum(paper, dark) - paper) * ink
    if rng.random() < 0.15:
        grey = ground.stamped(grey, rng)
    return grey, width


def condensed(rng):
    """How much narrower or wider than drawn."""
    return rng.uniform(0.7, 1.3) if rng.random() < 0.3 else \
        rng.uniform(0.9, 1.1)


def telephoned(image, rng):
    """Capitals of 8 to 30 pixels, blurred; noise, light, JPEG."""
    capital = float(rng.choice((rng.uniform(8, 12), rng.uniform(10, 18),
                                rng.uniform(16, 30)), p=(0.25, 0.4, 0.35)))
    sigma = min(0.12 * capital, float(rng.choice(
        (rng.uniform(0.3, 0.8), rng.uniform(0.7, 1.6),
         rng.uniform(1.3, 2.6)), p=(0.6, 0.3, 0.1))))
    scale = capital / faces.CAPITAL
    across = scale * condensed(rng)
    image = image.filter(ImageFilter.GaussianBlur(sigma / scale))
    size = (max(8, round(image.width * across)),
            max(8, round(image.height * scale)))
    grey = np.asarray(image.resize(size, Image.BILINEAR), np.float32)
    if rng.random() < 0.12:
        grey = camera.motion(grey, 0.2 * capital, rng)
    if rng.random() < 0.6:
        grey = camera.light(grey, capital, rng)
    image = camera.sensor(grey, rng)
    if capital > 11 and rng.random() < 0.25:
        smaller = rng.uniform(8, capital) / capital
        image = camera.published(image, smaller, rng)
        return image, across * smaller, scale * smaller
    return image, across, scale


def scanned(image, rng, low=7, high=16):
    """Laid flat: capitals of some pixels, sharp, compressed."""
    scale = rng.uniform(low, high) / faces.CAPITAL
    if rng.random() < 0.5:      # the scanner's own, before it is made small
        fine = min(1, scale * rng.uniform(1.2, 2.5))
    else:
        fine = scale
    across = condensed(rng)
    image = camera.resized(image, fine * across, fine, rng)
    image = camera.sensor(np.asarray(image, np.float32), rng) \
        if rng.random() < 0.5 else image
    if fine > scale or rng.random() < 0.5:
        image = camera.published(image, scale / fine, rng)
    return image, scale * across, scale


def tiny(image, rng):
    """On a page of the web: capitals of 5 to 8 pixels."""
    return scanned(image, rng, 5, 8)


def seen(grey, width, small, rng, tiny_print=False):
    """Photographed, then cut as the reader of pages cuts: never quite where
    the line is, never quite at its size."""
    image = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    image, across, down = (tiny if tiny_print else telephoned if
                           rng.random() < 0.6 else scanned)(image, rng)
    capital = down * faces.CAPITAL
    if rng.random() < 0.5:      # the page is made anew at one resolution
        anew = rng.uniform(0.85, 1.7)
        image = image.resize((max(8, round(image.width * anew)),
                              max(8, round(image.height * anew))),
                             Image.BILINEAR)
        across, down, capital = across * anew, down * anew, capital * anew
    size = np.exp(rng.normal(-0.03, 0.09))
    if small:
        size *= rng.uniform(1.0, 1.4)
    scale = size * CAPITAL / capital
    if scale < 1:
        image = image.filter(ImageFilter.GaussianBlur(0.35 / scale))
    left = MARGIN * across - rng.uniform(0.1, 0.55) * capital
    right = (MARGIN + width) * across + rng.uniform(0.1, 0.55) * capital
    out = min(900, max(12, int(round((right - left) * scale))))
    half = HEIGHT / scale
    base = BASELINE * down + rng.normal(0, 0.07) * capital
    tilt = rng.normal(0, 0.05) * capital
    slant = rng.normal(0, 0.03) * capital
    top, bottom = base - BASE / HEIGHT * half, \
        base + (HEIGHT - BASE) / HEIGHT * half
    return image.transform((out, HEIGHT), Image.QUAD, (
        left + slant, top - tilt, left - slant, bottom - tilt,
        right - slant, bottom + tilt, right + slant, top + tilt),
        Image.BICUBIC if rng.random() < 0.4 else Image.BILINEAR)


def make(seed, tiny_print=False):
    """(uint8 32 x width, text), the same for the same seed."""
    rng = np.random.default_rng(seed)
    paths = PATHS["test" if seed >= TEST else "tune"]
    path = None
    while not path:
        text = content.line(rng)
        drawn = content.drawn(text, rng)
        path = faces.choose(rng, paths, drawn)
    font = faces.face(path)[0]
    while len(text) > 1 and font.getlength(drawn) > 840:
        kept = len(text) * 2 // 3
        kept -= text[kept - 1] == " "
        text, drawn = text[:kept], drawn[:kept]
    grey, width = printed(drawn, path, rng)
    image = seen(grey, width, set(text) <= SMALL, rng, tiny_print)
    return np.asarray(image), content.read(text)
