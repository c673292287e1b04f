#!/usr/bin/python3
"""Draws replicas as public sources show them: one way of publishing each.

    bench/replicas/sources.py tuning DIR [--count 12] [--way tight]
    bench/replicas/sources.py final DIR

Layouts are those of all sets; their halves are those of draw.py. Beside what
is genuine lie the faults that must go on being told: `cut`, `tiny`, `grey` and
`two`. Each picture has its truth beside it; count.py counts both.
"""

import argparse
import io
import json
import os
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

import draw
import mark
import rich
import typefaces as faces
from splits import one, stream

FIRST = {"tuning": 5_300_000, "final": 5_350_000}
WORDS = ("The holder's page of the present model. Issued by the ministry to "
         "citizens and valid for ten years. Figures show an invented person. "
         "All security features are described in the annex.").split()
FRAMES = ((45, 45, 48), (222, 225, 230), (255, 255, 255), (0, 0, 0))


def resized(image, across):
    return image.resize((across, max(1, round(
        image.height * across / image.width))), Image.LANCZOS)


def saved(image, rng, times=1):
    for _ in range(times):
        file = io.BytesIO()
        image.convert("RGB").save(file, "JPEG", quality=int(
            rng.uniform(50, 92)), subsampling=one(rng, (2, 2, 0)))
        image = Image.open(io.BytesIO(file.getvalue()))
    return file.getvalue()


def on_sheet(image, rng, wide, colour=(255, 255, 255)):
    """Somewhere on a larger sheet; wide: the sheet's width by its own."""
    size = (int(image.width * wide), int(image.height * rng.uniform(1.2, 2)))
    out = Image.new("RGB", size, colour)
    out.paste(image, (int(rng.uniform(0.1, 0.9) * (size[0] - image.width)),
                      int(rng.uniform(0.1, 0.9) * (size[1] - image.height))))
    return out


def rounded(image, radius):
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, image.width - 1, image.height - 1), radius, 255)
    return mask


def text_at(image, rng, box, size):
    """Lines of running text in a box."""
    pen = ImageDraw.Draw(image)
    face = ImageFont.truetype(faces.DEJAVU + "Sans.ttf", size)
    y = box[1]
    while y + size < box[3]:
        line = ""
        while pen.textlength(line, face) < box[2] - box[0] - 6 * size:
            line += one(rng, WORDS) + " "
        pen.text((box[0], y), line, (50, 50, 55), face)
        y += int(1.5 * size)


def tight(pages, rng, scale):
    """A scan cut by hand, up to a millimetre and a half inside the page."""
    image = pages[0].rotate(rng.uniform(-0.4, 0.4), Image.BICUBIC,
                            fillcolor=(250, 250, 250))
    off = [int(v) for v in rng.uniform(-0.4, 1.5, 4) * scale]
    return resized(image.crop((off[0], off[1], image.width - off[2],
                               image.height - off[3])),
                   int(rng.uniform(600, 1500)))


def small(pages, rng, _):
    return resized(pages[0], int(rng.uniform(420, 700)))


def white(pages, rng, _):
    """On a white sheet that was scanned whole."""
    image = pages[0].rotate(rng.uniform(-3, 3), Image.BICUBIC, True,
                            fillcolor=(252, 252, 252))
    return resized(on_sheet(image, rng, rng.uniform(1.3, 2), (252,) * 3),
                   int(rng.uniform(800, 2000)))


def shadow(pages, rng, scale):
    return resized(rich.floating(pages[0], rng, scale),
                   int(rng.uniform(500, 1300)))


def product(pages, rng, scale):
    """As a maker shows it: leaned, over a ground that shades off."""
    image = pages[0]
    border = int(0.15 * image.width)
    tile = Image.new("RGB", (image.width + 2 * border,
                             image.height + 2 * border))
    mask = Image.new("L", tile.size, 0)
    tile.paste(image, (border, border))
    mask.paste(rounded(image, 3 * scale), (border, border))
    lean = rng.uniform(-0.1, 0.1, 8) * image.height
    w, h = tile.size
    quad = tuple(np.float64((0, 0, 0, h, w, h, w, 0)) + lean)
    tile = tile.transform(tile.size, Image.QUAD, quad, Image.BICUBIC)
    mask = mask.transform(mask.size, Image.QUAD, quad, Image.BICUBIC)
    tint = rng.uniform(0.35, 1, (2, 3)) * 255
    ground = np.linspace(tint[0], tint[1], h)[:, None] + np.zeros((1, w, 1))
    out = Image.fromarray(np.uint8(ground))
    dim = mask.filter(ImageFilter.GaussianBlur(2 * scale))
    out.paste((30, 30, 35), (int(scale), int(1.5 * scale)),
              dim.point(lambda v: int(0.4 * v)))
    out.paste(tile, (0, 0), mask)
    return resized(out, int(rng.uniform(700, 1500)))


def brochure(pages, rng, _):
    """A figure on a page of text."""
    image = resized(pages[0], int(rng.uniform(450, 800)))
    wide = int(image.width * rng.uniform(1.15, 1.6))
    size = int(rng.uniform(11, 16))
    above = int(rng.uniform(3, 14)) * size
    out = Image.new("RGB", (wide, image.height + 2 * above + 60),
                    one(rng, ((255, 255, 255), (244, 246, 250),
                              (232, 238, 246))))
    text_at(out, rng, (30, 20, wide - 20, above), size)
    out.paste(image, ((wide - image.width) // 2, above + 20))
    text_at(out, rng, (30, above + image.height + 40, wide - 20,
                       out.height - 10), size)
    return out


def screenshot(pages, rng, _):
    """Of a telephone or a window: bars of one colour, words in one."""
    image = resized(pages[0], int(rng.uniform(600, 1100)))
    ground = one(rng, FRAMES)
    phone = rng.random() < 0.5
    wide = image.width if phone else int(image.width * rng.uniform(1.05, 1.4))
    tall = int(wide * rng.uniform(1.6, 2.1)) if phone else \
        int(image.height * rng.uniform(1.15, 1.5))
    out = Image.new("RGB", (wide, tall), ground)
    out.paste(image, ((wide - image.width) // 2,
                      int((tall - image.height) * rng.uniform(0.3, 0.7))))
    bar = int(0.035 * tall)
    pen = ImageDraw.Draw(out)
    pen.rectangle((0, 0, wide, bar), one(rng, FRAMES))
    pen.text((10, bar // 4), "10:42   specimen.jpg", (128, 128, 128),
             ImageFont.truetype(faces.DEJAVU + "Sans.ttf", max(8, bar // 2)))
    return out


def both(pages, rng, scale):
    """Both sides, one below or beside the other, or touching."""
    sides = [resized(p, 900) for p in pages]
    gap = int(one(rng, (0, 6, 30, 80)))
    beside = rng.random() < 0.4
    margin = int(one(rng, (0, 10, 60)))
    wide = sum(s.width for s in sides) + gap * (len(sides) - 1) \
        if beside else 900
    tall = max(s.height for s in sides) if beside else \
        sum(s.height for s in sides) + gap * (len(sides) - 1)
    out = Image.new("RGB", (wide + 2 * margin, tall + 2 * margin),
                    one(rng, ((255, 255, 255), (238, 238, 240))))
    at = margin
    radius = one(rng, (0, 3.2)) * 900 / 85.6
    for s in sides:
        out.paste(s, (at, margin) if beside else (margin, at),
                  rounded(s, radius))
        at += gap + (s.width if beside else s.height)
    return resized(out, int(rng.uniform(700, 1100) * (2 if beside else 1)))


def across(pages, rng, _):
    return resized(pages[0], int(rng.uniform(600, 1200)))


def twice(pages, rng, _):
    """Made smaller, saved, made larger, saved again."""
    image = resized(pages[0], int(rng.uniform(500, 800)))
    image = Image.open(io.BytesIO(saved(image, rng)))
    return resized(image, int(image.width * rng.uniform(0.85, 1.8)))


# -- what is not fit -------------------------------------------------------

def cut(pages, rng, _):
    """A side of it is missing: six to twenty-two hundredths."""
    image = pages[0]
    w, h = image.size
    part = rng.uniform(0.06, 0.22)
    box = [0, 0, w, h]
    side = int(rng.integers(0, 4))
    box[side] += int((part if side < 2 else -part) * (h if side % 2 else w))
    image = image.crop(box)
    if rng.random() < 0.5:      # on paper, to whose border it lies
        paper = Image.new("RGB", (int(image.width * 1.3),
                                  int(image.height * 1.3)), (235, 236, 238))
        paper.paste(image, {0: (0, 60), 1: (60, 0), 2: (
            paper.width - image.width, 60), 3: (
            60, paper.height - image.height)}[side])
        image = paper
    return resized(image, int(rng.uniform(700, 1400)))


def tiny(pages, rng, _):
    return resized(pages[0], int(rng.uniform(130, 260)))


def grey(pages, rng, _):
    image = pages[0].convert("L").convert("RGB")
    tint = np.float32(image) * np.float32(rng.uniform(0.9, 1, 3))
    return resized(Image.fromarray(np.uint8(tint)),
                   int(rng.uniform(600, 1200)))


GENUINE = {"tight": tight, "small": small, "white": white, "shadow": shadow,
           "product": product, "hand": None, "across": across,
           "brochure": brochure, "screenshot": screenshot, "both": both,
           "booklet": None, "twice": twice}
FAULTS = {"cut": cut, "tiny": tiny, "grey": grey, "two": both}


def all_layouts(half):
    out = []
    for kept in draw.SETS:
        out += [(name, kept) for name in draw.layouts(half, kept)]
    return sorted(out)


def shown_of(page, back, way, rng):
    """The images that this way shows, and whose zone is the last."""
    if way == "across":
        page = mark.marked(page, rng)
    if way == "both":
        other = back or draw.facing(page)
        return [page, other] if back else [other, page]
    return [page]


def picture(half, way, number):
    """(JPEG, truth) of one picture."""
    seed = FIRST[half] + 100 * sorted([*GENUINE, *FAULTS]).index(way) + number
    rng = stream(seed, "source")
    table = all_layouts(half)
    fits = lambda name, kept: way not in ("booklet", "two") or (  # noqa: E731
        ("page" in draw.layouts(half, kept)[name]) == (way == "booklet"))
    name, kept = one(rng, [row for row in table if fits(*row)])
    layout = draw.layouts(half, kept)[name]
    p, page, seen, back = draw.document(name, half, kept, seed, 0)
    pages = shown_of(page, back, way, rng)
    if way == "two":
        pages.append(draw.document(name, half, kept, seed + 50, 1)[1])
    zones = [line.text for line in pages[-1 if back and way == "both" else
                                         pages.index(page) if page in pages
                                         else 0].lines]
    if way in ("hand", "booklet"):
        data = photographed(page, way, rng)
    else:
        image = (GENUINE.get(way) or FAULTS[way])(
            [one_page.image for one_page in pages], rng, page.scale)
        data = saved(image, rng, 2 if way == "twice" else 1)
    facts = draw.truth(layout, p, seen, zones, way, way == "across", seed)
    facts["fault"] = way if way in FAULTS else ""
    return data, facts


def photographed(page, way, rng):
    s = draw.specimens.parameters(rng, one(rng, ("L1", "L2")),
                                  {"hand": way == "hand"})
    draw.specimens.aim(page, s, rng, {})
    view = draw.specimens.look(page, s, "L1")
    image = draw.specimens.camera.shoot(
        page, view, s, rng, "example",
        draw.facing(page) if way == "booklet" else None)
    return saved(resized(image, int(rng.uniform(700, 1400))), rng)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("half", choices=FIRST)
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--way", action="append")
    args = parser.parse_args()
    os.makedirs(args.folder, exist_ok=True)
    for way in args.way or [*GENUINE, *FAULTS]:
        for number in range(args.count):
            data, facts = picture(args.half, way, number)
            path = os.path.join(args.folder, "%s_%02d_%s" % (
                way, number, facts["layout"]))
            with open(path + ".jpg", "wb") as file:
                file.write(data)
            with open(path + ".json", "w", encoding="utf-8") as file:
                json.dump(facts, file, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
