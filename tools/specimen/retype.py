"""Typing over a field: what stood there is taken off the page in one of the
ways forgers do it, and set again, almost as it was."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from canvas import font
from splits import allowed, one, split_of
from typefaces import STYLES, writes

FIELDS = ("surname", "given", "number", "birth", "expiry", "issue", "place",
          "sex", "nationality")
LETTERS = "ABCDEFGHIKLMNOPRSTUVZ"
ERASED = ("restored", "inpainted", "patched", "filled")


def altered(rng, text):
    """The text with one or two characters changed, of their own sort."""
    able = [i for i, c in enumerate(text) if c.isalnum()]
    out = list(text)
    for _ in range(int(rng.integers(1, 3))):
        i = one(rng, able)
        if out[i].isdigit():
            out[i] = one(rng, [d for d in "0123456789" if d != out[i]])
        else:
            letter = one(rng, [c for c in LETTERS if c != out[i].upper()])
            out[i] = letter if out[i].isupper() else letter.lower()
    return "".join(out)


def digits(page):
    """(field, index, digit, box) of every printed digit."""
    found = []
    for name, f in page.fields.items():
        for i, char in enumerate(f.text):
            if char.isdigit():
                a = page.measure(f.text[:i], f.size, f.face)
                b = page.measure(f.text[:i + 1], f.size, f.face)
                found.append((f, i, char, (f.x + a, f.y - 0.8 * f.size,
                                           f.x + b, f.y + 0.12 * f.size)))
    return found


def zone_digits(page):
    return [(line, i, char, (line.x + i * line.pitch, line.y - 1.5,
                             line.x + (i + 1) * line.pitch, line.y + 1.5))
            for line in page.lines for i, char in enumerate(line.text)
            if char.isdigit()]


def smooth(page, box):
    """The box filled from its border, row by row and column by column."""
    x0, y0, x1, y1 = page.pixels(box)
    area = np.array(page.image.crop((x0 - 1, y0 - 1, x1 + 1, y1 + 1)),
                    np.float32)
    h, w = area.shape[:2]
    t = np.linspace(0, 1, w, dtype=np.float32)[None, :, None]
    s = np.linspace(0, 1, h, dtype=np.float32)[:, None, None]
    across = area[:, :1] * (1 - t) + area[:, -1:] * t
    down = area[:1] * (1 - s) + area[-1:] * s
    made = Image.fromarray((0.5 * (across + down)).astype(np.uint8))
    return made.filter(ImageFilter.GaussianBlur(1.2)).crop((1, 1, w - 1,
                                                            h - 1))


def cover(page, box, how, rng):
    """Take off what stands in the box."""
    pixels = page.pixels(box)
    w, h = pixels[2] - pixels[0], pixels[3] - pixels[1]
    if how == "restored":
        patch = page.ground.crop(pixels)
    elif how == "inpainted":
        patch = smooth(page, box)
    elif how == "patched":      # the artwork of elsewhere
        dx = int(rng.uniform(-0.1, 0.1) * page.image.width)
        dy = int(rng.choice((-1, 1)) * rng.uniform(1.2, 3) * h)
        x = int(np.clip(pixels[0] + dx, 0, page.image.width - w))
        y = int(np.clip(pixels[1] + dy, 0, page.image.height - h))
        patch = page.ground.crop((x, y, x + w, y + h))
    else:
        tone = np.asarray(page.ground.crop(pixels)).mean((0, 1))
        flat = tone + rng.normal(0, 2, 3) + rng.normal(0, rng.uniform(0, 3),
                                                       (h, w, 1))
        patch = Image.fromarray(np.clip(flat, 0, 255).astype(np.uint8))
    mask = Image.new("L", (w, h), 255)
    soft = int(rng.integers(0, 4))
    if soft:
        mask = Image.new("L", (w, h), 0)
        mask.paste(255, (soft, soft, w - soft, h - soft))
        mask = mask.filter(ImageFilter.BoxBlur(soft / 2))
    page.image.paste(patch, pixels[:2], mask)


def setting(rng, f, split, subtle, soft):
    """How the forger sets the field: face, size, place, ink, softness."""
    span = 0.4 if subtle else 1.0
    face = f.face
    if rng.random() < (0.3 if subtle else 0.65):
        rows = [r for r in allowed(STYLES, split) if writes(r, "ΩЖ")]
        face = one(rng, sorted({p for r in rows for p in r[1:4]} - {f.face}))
    ink = [int(np.clip(v + rng.normal(0, 26 * span), 0, 110)) for v in f.ink]
    return {
        "face": face, "size": f.size * (1 + span * rng.normal(0, 0.05)),
        "dx": span * rng.normal(0, 0.25), "dy": span * rng.normal(0, 0.22),
        "ink": tuple(ink), "blur": max(0.0, soft + span * rng.normal(0, 0.5)),
        "cover": float(rng.uniform(0.8, 1)),
        "track": float(span * rng.normal(0, 0.06)),
    }


def write(page, f, text, s):
    """Set text as `s` says; gives its width in mm."""
    at = font(s["face"], page.px(s["size"]))
    wide = at.getlength(text) + abs(s["track"]) * page.scale * len(text)
    w, h = int(wide) + page.px(3), page.px(2 * s["size"])
    mask = Image.new("L", (w, h), 0)
    draw, x = ImageDraw.Draw(mask), float(page.px(1))
    base = page.px(1.4 * s["size"])
    for char in text:
        draw.text((x, base), char, 255, at, anchor="ls")
        x += at.getlength(char) + s["track"] * page.scale
    if s["blur"] > 0.1:
        mask = mask.filter(ImageFilter.GaussianBlur(s["blur"]))
    mask = mask.point([int(v * s["cover"]) for v in range(256)])
    page.image.paste(s["ink"], (
        round((f.x + s["dx"] - 1) * page.scale),
        round((f.y + s["dy"]) * page.scale) - base), mask)
    return (x - page.px(1)) / page.scale


def retyped(page, rng):
    """Type one field of the page again."""
    page.image = page.image.copy()
    names = [n for n in FIELDS if n in page.fields]
    name = one(rng, names)
    f, subtle = page.fields[name], rng.random() < 0.5
    text = f.text
    if rng.random() < 0.8 and name not in ("sex", "nationality"):
        text = altered(rng, f.text)
    s = setting(rng, f, split_of(page.seed), subtle, page.soft)
    how = one(rng, ERASED)
    x0, y0, x1, y1 = f.box
    box = [x0 - 0.5, y0 - 0.12 * f.size, x1 + 0.5, y1 + 0.05 * f.size]
    cover(page, box, how, rng)
    width = write(page, f, text, s)
    was, f.text = f.text, text
    f.x, f.y, f.size = f.x + s["dx"], f.y + s["dy"], s["size"]
    f.face, f.ink, f.width = s["face"], s["ink"], width
    x0, y0, x1, y1 = f.box
    box = (min(box[0], x0), min(box[1], y0), max(box[2], x1), max(box[3], y1))
    return {"regions": [tuple(round(float(v), 2) for v in box)],
            "field": name, "was": was, "now": text, "erased": how,
            "subtle": bool(subtle), "face": s["face"].rsplit("/", 1)[-1],
            "off_mm": [round(float(s["dx"]), 2), round(float(s["dy"]), 2)]}
