"""Sheets that lie about where a document is photographed: letters, bills,
forms, with words that nobody wrote."""

from PIL import Image, ImageDraw, ImageFont

from rooms import between
from splits import one

FACES = ["/usr/share/fonts/truetype/" + name for name in (
    "liberation/LiberationSerif-Regular.ttf",
    "liberation/LiberationSans-Regular.ttf",
    "liberation/LiberationMono-Regular.ttf", "dejavu/DejaVuSans.ttf")]
DOTS = 5        # to a millimetre
SIZES = ((210, 297), (148, 210), (80, 190), (220, 110))


def word(rng):
    """Of syllables, sometimes a number."""
    if rng.random() < 0.12:
        return str(int(rng.integers(1, 99999)))
    out = "".join(one(rng, "bdfgklmnprstvz") + one(rng, "aeiou")
                  for _ in range(int(rng.integers(1, 4))))
    return out.capitalize() if rng.random() < 0.15 else out


def sheet(rng):
    """(its picture, its size in mm)."""
    width, height = one(rng, SIZES)
    tone = tuple(int(v) for v in rng.integers(228, 252, 3))
    image = Image.new("RGB", (width * DOTS, height * DOTS), tone)
    draw = ImageDraw.Draw(image)
    size = int(between(rng, 2.6, 4.2) * DOTS)
    face = ImageFont.truetype(one(rng, FACES), size)
    ink = one(rng, ((20, 20, 24), (30, 30, 90), (70, 70, 70)))
    left, y = int(0.1 * image.width), int(0.06 * image.height)
    if rng.random() < 0.6:      # whose letter it is
        tint = tuple(int(v) for v in rng.integers(20, 200, 3))
        draw.rectangle((left, y, left + 9 * size, y + 2 * size), tint)
        y += 4 * size
    while y < 0.93 * image.height:
        end = between(rng, 0.5, 0.9) * image.width
        x = left
        while x < end and rng.random() > 0.03:
            text = word(rng)
            draw.text((x, y), text, ink, face)
            x += draw.textlength(text + " ", face)
        if rng.random() < 0.08:
            draw.line((left, y + 1.5 * size, 0.9 * image.width,
                       y + 1.5 * size), ink, max(1, size // 10))
        y += int(size * one(rng, (1.25, 1.25, 1.25, 2.4)))
    return image, (width, height)
