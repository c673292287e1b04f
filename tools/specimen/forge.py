"""Forgeries, each with its kind, its regions and what was done in the truth.

Some are another holder (a swapped portrait, a zone rewritten), some are done
to the finished page (a field typed again, a digit copied), some to the whole
of it (copies), some to the file. A forged page and its genuine twin share
seed, artwork and camera; only the forgery differs.
"""

import io

import numpy as np
from PIL import Image

import barcode
import copies
import countries
import exif
import people
import portrait
import retype
import sensor
import zone
from splits import allowed, one, split_of, stream
from typefaces import COURIER, DEJAVU, FREE, LIBERATION

# kind: what it is (the option's help)
KINDS = {
    "retyped": "a field typed again over its ground",
    "glyphs": "a digit copied from elsewhere on the page",
    "swapped": "another portrait, the ghost left alone",
    "pasted": "a portrait stuck on, its edge to be seen",
    "zone_font": "the zone, or part of it, in another type face",
    "zone_pitch": "the zone set too wide or too narrow, or off its line",
    "zone_altered": "the zone rewritten with right digits, print unchanged",
    "grey": "a photocopy",
    "print": "a colour print, its dots and paper to be seen",
    "screen": "shown on a display",
    "sides": "front and back of two documents",
    "word": "the word SPECIMEN across the page",
    "expired": "expired by far",
    "edited": "the picture file changed and saved by a tool",
    "barcode": "a barcode that tells another number",
}
ZONE = ("zone_font", "zone_pitch", "zone_altered")
FRONT = ("retyped", "glyphs", "swapped", "pasted", "edited")
# not drawn by --forge random, or all that it drew before would change
ASKED = ("expired", "barcode")
WHOLE = ("grey", "print", "screen", "sides", "word", "expired")

# type faces of forgers who have no OCR-B
WRONG = (("all", LIBERATION + "Mono-Bold.ttf"),
         ("all", DEJAVU + "SansMono.ttf"), ("all", COURIER + ".otf"),
         ("all", LIBERATION + "Sans-Regular.ttf"),
         ("held", FREE + "Mono.ttf"), ("held", FREE + "MonoBold.ttf"),
         ("held", FREE + "Sans.ttf"))


def options(add):
    for kind, text in KINDS.items():
        if kind != "expired":
            add("--" + kind.replace("_", "-"), action="store_true", help=text)
    add("--forge", action="append", choices=[*KINDS, "random"], default=[],
        help="the same by name; random: one of them, by the seed")


def able(code, document):
    """Kinds that this document can suffer, of those drawn by lot."""
    kinds = [k for k in KINDS if k not in ASKED]
    if countries.DOCUMENTS[document] != "td1":
        kinds.remove("sides")
    if not countries.model(code, document)["ghost"]:
        kinds.remove("swapped")
    return kinds


def ordered(seed, code, document, wishes):
    """The kinds that were asked for, in the order of the table."""
    asked = wishes.get("forge") or []
    asked = {asked} if isinstance(asked, str) else set(asked)
    asked |= {k for k in KINDS if wishes.get(k)}
    if "random" in asked:
        asked.remove("random")
        asked.add(one(stream(seed, "forge"), able(code, document)))
    return [k for k in KINDS if k in asked]


def concerns(kind, page):
    """Whether a kind touches this side."""
    if kind in ZONE:
        return bool(page.lines)
    if kind == "barcode":
        return bool(page.barcodes)
    return kind in WHOLE or page.portrait is not None


def holder(seed, p, side, kinds, another):
    """Who stands on this side: `another` gives somebody else's data."""
    rng, p = stream(seed, "holder"), dict(p, hand=stream(seed, "hand", side))
    if "sides" in kinds and side == "back":
        other = another()
        keep = {k: p[k] for k in ("faces", "edition", "zone", "band", "ink",
                                  "soft", "cover", "layout")}
        p = dict(other, **keep)
    if "swapped" in kinds:
        p["ghost_face"] = p["face"]
        p["face"] = portrait.draw(stream(seed, "other face"), p["sex"])
    if "barcode" in kinds:
        other = retype.altered(stream(seed, "barcode"), p["number"])
        p["coded"] = dict(p, number=other)
    if "zone_altered" in kinds:
        p["honest"] = p["lines"]
        p["lines"] = rewritten(rng, p)
    return p


def rewritten(rng, p):
    """The zone of a slightly different person, its digits right."""
    q = dict(p)
    name = one(rng, ("birth", "birth", "expiry", "number", "surname"))
    if p["kind"] == "fra2" and name in ("expiry", "number"):
        name = "birth"
    if name in ("birth", "expiry"):
        years = int(rng.integers(1, 9)) * (1 if name == "expiry" else
                                           int(rng.choice((-1, 1))))
        q[name + "_date"] = people.later(p[name + "_date"], years)
    else:
        q[name] = retype.altered(rng, p[name])
    return people.lines(q)


def apply(page, kinds, rng):
    """Forge a drawn page; what was done goes into page.forged."""
    page.before = page.image
    page.forges = [k for k in kinds if concerns(k, page)]
    for kind in page.forges:
        whole = [(0, 0, page.width, page.height)]
        done = DO[kind](page, rng) if kind in DO else {"regions": whole}
        page.forged.append({"kind": kind, **done})


def erase_line(page, line, first, last):
    """Bring back the artwork under part of a line; gives its box."""
    x0 = line.x + first * line.pitch
    x1 = line.x + last * line.pitch
    box = (x0 - 0.2, line.y - 1.9, x1 + 0.3, line.y + 1.9)
    pixels = page.pixels(box)
    page.image.paste(page.ground.crop(pixels), pixels[:2])
    return box


def part_of(rng, line):
    """The whole line, or a run of its characters."""
    n = len(line.text)
    if rng.random() < 0.5:
        return 0, n
    first = int(rng.integers(0, n - 8))
    return first, first + int(rng.integers(4, min(16, n - first) + 1))


def reink(page, line, first, last, style, face=None, dx=0.0, dy=0.0):
    part = type(line)(line.text[first:last], line.x + first * line.pitch + dx,
                      line.y + dy, style["pitch"])
    zone.ink(page.image, page.scale, part, style, face)
    return part


def zone_font(page, rng):
    page.image = page.image.copy()
    rows = WRONG[:] if split_of(page.seed) == "example" else allowed(
        WRONG, split_of(page.seed))
    face = one(rng, rows)[1]
    chosen = page.lines if rng.random() < 0.5 else [one(rng, page.lines)]
    regions = []
    for line in chosen:
        first, last = part_of(rng, line) if len(chosen) == 1 else \
            (0, len(line.text))
        regions.append(erase_line(page, line, first, last))
        reink(page, line, first, last, page.person["zone"], face)
    return {"regions": regions, "face": face.rsplit("/", 1)[-1]}


def zone_pitch(page, rng):
    page.image, style = page.image.copy(), page.person["zone"]
    if rng.random() < 0.35:     # a run off its line
        line = one(rng, page.lines)
        n = len(line.text)
        first = int(rng.integers(1, n - 6))
        last = first + int(rng.integers(3, 7))
        box = erase_line(page, line, first, last)
        dx, dy = (float(rng.choice((-1, 1)) * rng.uniform(0.18, 0.6))
                  for _ in range(2))
        reink(page, line, first, last, style, None, 0.4 * dx, dy)
        return {"regions": [box], "off_mm": [round(0.4 * dx, 2),
                                             round(dy, 2)]}
    factor = float(rng.uniform(0.93, 0.975) if rng.random() < 0.6
                   else rng.uniform(1.018, 1.035))
    style = dict(style, pitch=style["pitch"] * factor,
                 wide=style["wide"] * (factor if rng.random() < 0.5 else 1))
    regions, lines = [], []
    for line in page.lines:
        erase_line(page, line, 0, len(line.text))
        lines.append(reink(page, line, 0, len(line.text), style))
        regions.append(lines[-1].box)
    page.lines = lines
    return {"regions": regions, "pitch": round(style["pitch"], 3)}


def zone_altered(page, rng):
    regions = []
    for line, honest in zip(page.lines, page.person["honest"]):
        at = [i for i, (a, b) in enumerate(zip(line.text, honest)) if a != b]
        if at:
            regions.append((line.x + at[0] * line.pitch, line.y - 1.38,
                            line.x + (at[-1] + 1) * line.pitch,
                            line.y + 1.38))
    return {"regions": regions, "was": page.person["honest"]}


def swapped(page, rng):
    return {"regions": [page.portrait]}


def pasted(page, rng):
    """A photograph stuck over the portrait, often of somebody else."""
    page.image = page.image.copy()
    face, look = page.person["face"], page.person["portrait_look"]
    other = rng.random() < 0.8
    if other:
        face = portrait.draw(stream(page.seed, "other face"),
                             page.person["sex"])
    x0, y0, x1, y1 = page.portrait
    grown = rng.uniform(0.94, 1.06)
    w, h = (round(v * grown * page.scale) for v in (x1 - x0, y1 - y0))
    if rng.random() < 0.7:      # the forger takes care to print alike
        face = portrait.printed(face, look)
    picture = face.resize((w, h), Image.HAMMING)
    if rng.random() < 0.5:      # off a home printer
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=int(rng.uniform(30, 80)))
        picture = Image.open(file).convert("RGB")
    tone = np.array(picture, np.float32) * np.float32(
        rng.uniform(0.88, 1.12)) + np.float32(rng.normal(0, 6, 3))
    picture = Image.fromarray(np.clip(tone, 0, 255).astype(np.uint8))
    angle = float(rng.normal(0, 1.2))
    picture = picture.convert("RGBA").rotate(angle, Image.BICUBIC, True)
    at = [page.px(v + rng.normal(0, 0.5)) for v in
          ((x0 + x1) / 2, (y0 + y1) / 2)]
    corner = (at[0] - picture.width // 2, at[1] - picture.height // 2)
    mask = picture.getchannel("A")
    deep = int(rng.uniform(0, 0.25) * page.scale)
    if deep:
        page.image.paste((40, 38, 36), (corner[0] + deep, corner[1] + deep),
                         mask.point(lambda v: v // 3))
    page.image.paste(picture.convert("RGB"), corner, mask)
    box = tuple(round(v / page.scale, 2) for v in (
        *corner, corner[0] + picture.width, corner[1] + picture.height))
    page.portrait = box
    return {"regions": [box], "other_person": bool(other),
            "turned": round(angle, 2)}


def coded(page, rng):
    return {"regions": [symbol["box"] for symbol in page.barcodes],
            "was": barcode.text_of(page.person)}


def glyphs(page, rng):
    """A character's picture laid over another."""
    page.image = page.image.copy()
    spots = retype.digits(page)
    if page.lines and rng.random() < 0.4:
        spots = [s for s in retype.zone_digits(page)] or spots
    if len(spots) < 2:
        return {"regions": []}
    for _ in range(40):
        target, source = one(rng, spots), one(rng, spots)
        if target[2] != source[2]:
            break
    holder, i, was, box = target
    picture = page.image.crop(page.pixels(source[3]))
    place = page.pixels(box)
    picture = picture.resize((place[2] - place[0], place[3] - place[1]),
                             Image.BICUBIC)
    page.image.paste(picture, place[:2])
    holder.text = holder.text[:i] + source[2] + holder.text[i + 1:]
    return {"regions": [box], "was": was, "now": source[2],
            "source": [round(float(v), 2) for v in source[3]]}


DO = {"retyped": retype.retyped, "glyphs": glyphs, "swapped": swapped,
      "pasted": pasted, "zone_font": zone_font, "zone_pitch": zone_pitch,
      "zone_altered": zone_altered, "grey": copies.grey,
      "print": copies.printed, "edited": retype.retyped, "barcode": coded}


def edited(genuine, forged, view, page, shot, rng):
    """The bytes of a picture that a tool changed: the regions of the forged
    photograph in the genuine one, which had been a JPEG before."""
    first = dict(shot, tables=one(rng, sensor.TABLES))
    before = Image.open(io.BytesIO(sensor.encoded(genuine, first)))
    before = before.convert("RGB")
    after = before.copy()
    for done in page.forged:
        if done["kind"] != "edited":
            continue
        for box in done["regions"]:
            quad = view.see(((box[0], box[1]), (box[2], box[1]),
                             (box[2], box[3]), (box[0], box[3])))
            low = np.floor(quad.min(0)).astype(int) - 1
            high = np.ceil(quad.max(0)).astype(int) + 1
            area = (*np.clip(low, 0, after.size).tolist(),
                    *np.clip(high, 0, after.size).tolist())
            after.paste(forged.crop(area), area[:2])
    shot["quality"] = int(rng.uniform(60, 97))
    shot["saved_before"] = first["quality"]
    last = dict(shot, tables=one(rng, sensor.TABLES),
                subsampling=int(rng.integers(0, 3)))
    made = exif.tool(rng, before) if rng.random() < 0.8 else None
    return sensor.encoded(after, last, made)
