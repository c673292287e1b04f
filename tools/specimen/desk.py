"""What lies under and around the document. Drawn at half the picture's size,
which leaves it a little out of focus, as it is."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from splits import allowed, one

TEXT = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
WORDS = ("the order of this letter is our own and the words mean little but "
         "they stand in lines as words do on any desk with papers").split()

# use, surface, tones
SURFACES = (
    ("all", "wood", ((150, 108, 70), (96, 64, 42), (190, 158, 120))),
    ("all", "cloth", ((70, 84, 104), (120, 60, 62), (92, 100, 84))),
    ("all", "stone", ((92, 92, 96), (150, 146, 140), (58, 58, 62))),
    ("all", "plain", ((60, 62, 66), (120, 124, 128), (38, 44, 60))),
    ("all", "pale", ((214, 210, 204), (196, 204, 210), (226, 222, 214))),
    ("all", "papers", ((196, 192, 184), (120, 104, 90))),
    ("all", "stripes", ((178, 160, 140), (120, 140, 160))),
    ("all", "keys", ((52, 52, 56), (180, 180, 182))),
    ("held", "checks", ((198, 186, 170), (150, 60, 58), (74, 104, 92))),
    ("held", "planks", ((128, 92, 64), (176, 152, 122), (84, 74, 66))),
    ("held", "marble", ((206, 204, 200), (96, 98, 104))),
    ("held", "mat", ((44, 74, 62), (66, 66, 92))),
)


def noise(rng, h, w, rows, columns):
    """Smooth noise with about `rows` x `columns` bumps."""
    small = rng.standard_normal((max(2, rows), max(2, columns)), np.float32)
    return np.asarray(Image.fromarray(small).resize((w, h), Image.BILINEAR))


def wood(rng, y, x, h, w):
    grain = noise(rng, h, w, h // 3, 4) + noise(rng, h, w, h // 12, 6)
    return 7 * grain + 9 * np.sin(noise(rng, h, w, 7, 3) * 9 + grain * 0.6)


def cloth(rng, y, x, h, w):
    return 8 * np.sin(x * 1.3) * np.sin(y * 1.3) + 6 * noise(
        rng, h, w, h // 2, w // 2)


def stone(rng, y, x, h, w):
    return 7 * noise(rng, h, w, h, w) + 9 * noise(rng, h, w, 24, 32)


def plain(rng, y, x, h, w):
    return 3 * noise(rng, h, w, h, w) + 3 * noise(rng, h, w, 5, 6)


def stripes(rng, y, x, h, w):
    a, step = rng.uniform(0, np.pi), rng.uniform(9, 40)
    wave = np.sin((x * np.cos(a) + y * np.sin(a)) * 6.28 / step)
    return 30 * np.clip(wave * 4, -1, 1) + plain(rng, y, x, h, w)


def checks(rng, y, x, h, w):
    a, step = rng.uniform(0, np.pi / 2), rng.uniform(14, 60)
    u = np.sin((x * np.cos(a) + y * np.sin(a)) * 6.28 / step)
    v = np.sin((y * np.cos(a) - x * np.sin(a)) * 6.28 / step)
    return 24 * ((u > 0.2) * 1.0 + (v > 0.2)) - 20 + 5 * cloth(
        rng, y, x, h, w) / 8


def planks(rng, y, x, h, w):
    step = h / rng.uniform(3, 8)
    row = np.floor(y / step + 0 * x).astype(int)
    tone = rng.uniform(-26, 26, row.max() + 2)[row]
    gap = -60 * (np.abs(y / step - np.round(y / step)) * step < 1.2)
    return tone + gap + 0.7 * wood(rng, y, x, h, w)


def marble(rng, y, x, h, w):
    bend = noise(rng, h, w, 6, 6) + 0.5 * noise(rng, h, w, 18, 18)
    vein = np.abs(np.sin(bend * 2.2 + x * 0.006))
    return -46 * np.exp(-vein * 9) + 6 * bend


def mat(rng, y, x, h, w):
    step = rng.uniform(22, 48)
    line = (np.mod(y, step) < 1.1) | (np.mod(x, step) < 1.1)
    return 46 * line + plain(rng, y, x, h, w)


RELIEF = {"wood": wood, "cloth": cloth, "stone": stone, "plain": plain,
          "pale": plain, "papers": plain, "stripes": stripes, "keys": plain,
          "checks": checks, "planks": planks, "marble": marble, "mat": mat}


def pen(draw, rng, w, h, unit):
    x, y, a = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0, 6.28)
    dx, dy = np.cos(a) * 140 * unit, np.sin(a) * 140 * unit
    body = tuple(int(v) for v in rng.integers(10, 140, 3))
    draw.line((x, y, x + dx, y + dy), body, int(9 * unit) + 1)
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
    """A few objects with soft shadows."""
    if not count:
        return image
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for _ in range(count):
        one(rng, (pen, cup, sheet))(draw, rng, *image.size, unit)
    shade = layer.getchannel("A").filter(ImageFilter.BoxBlur(8 * unit))
    image.paste((20, 18, 16), (int(4 * unit), int(6 * unit)),
                shade.point(lambda v: v // 2))
    image.paste(layer, (0, 0), layer)
    return image


def papers(image, rng, unit):
    """Printed sheets that cover the desk, one over the other."""
    w, h = image.size
    for _ in range(int(rng.integers(2, 5))):
        size = int(unit * rng.uniform(9, 17))
        page = Image.new("RGBA", (int(300 * unit), int(420 * unit)),
                         (238, 237, 232, 255))
        draw, font = ImageDraw.Draw(page), ImageFont.truetype(TEXT, size)
        for y in range(size, page.height - size, int(size * 1.35)):
            words = " ".join(one(rng, WORDS) for _ in range(9))
            draw.text((size, y), words, (58, 58, 62), font)
        page = page.rotate(rng.uniform(-60, 60), Image.BILINEAR, True)
        image.paste(page, (int(rng.uniform(-0.2, 0.8) * w),
                           int(rng.uniform(-0.4, 0.6) * h)), page)
    return image


def keys(image, rng, unit):
    """Rows of keys, as of a keyboard under the document."""
    size, dark = rng.uniform(26, 40) * unit, np.asarray(image)[0, 0, 0] > 120
    board = Image.new("RGB", (int(image.width * 1.5), int(image.width * 1.5)),
                      image.getpixel((0, 0)))
    draw = ImageDraw.Draw(board)
    font = ImageFont.truetype(TEXT, max(6, int(size * 0.4)))
    tone = int(rng.integers(200, 246) if dark else rng.integers(14, 40))
    for row in range(int(board.height / size)):
        for column in range(int(board.width / size)):
            x, y = (column + 0.3 * (row % 3)) * size, row * size
            draw.rectangle((x, y, x + size * 0.88, y + size * 0.88),
                           (tone,) * 3)
            draw.text((x + size * 0.2, y + size * 0.15),
                      chr(65 + (row * 7 + column * 5) % 26),
                      (90,) * 3 if dark else (220,) * 3, font)
    board = board.rotate(rng.uniform(-40, 40), Image.BILINEAR)
    x, y = (board.width - image.width) // 2, (board.height - image.height) // 2
    return board.crop((x, y, x + image.width, y + image.height))


def draw(rng, w, h, objects, split="example"):
    """An RGB desk of w x h pixels."""
    _, kind, tones = one(rng, allowed(SURFACES, split))
    hh, hw = (h + 1) // 2, (w + 1) // 2
    y = np.arange(hh, dtype=np.float32)[:, None]
    x = np.arange(hw, dtype=np.float32)[None]
    relief = RELIEF[kind](rng, y, x, hh, hw)[..., None]
    page = np.clip(np.float32(one(rng, tones)) + relief, 0, 255)
    image, unit = Image.fromarray(page.astype(np.uint8)), max(w, h) / 1400
    if kind == "papers":
        image = papers(image, rng, unit)
    if kind == "keys":
        image = keys(image, rng, unit)
    image = clutter(image, rng, unit, objects)
    return image.resize((w, h), Image.BILINEAR)
