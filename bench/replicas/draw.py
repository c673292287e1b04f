#!/usr/bin/python3
"""Draws replicas of published specimens: pictures with their truth beside
them.

    bench/replicas/draw.py tuning DIR      the half that may be looked at
    bench/replicas/draw.py final DIR       the half held back
    bench/replicas/draw.py tuning DIR --layout nld_card --shots 0,3
    bench/replicas/draw.py tuning DIR --first 4200000      from other seeds
    bench/replicas/draw.py tuning DIR --set further        more states, older
"""

import argparse
import functools
import io
import json
import os
import re
import sys
import tomllib
import zlib

from PIL import Image, ImageDraw, ImageFont

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../tools/specimen"))
import artwork  # noqa: E402
import canvas  # noqa: E402
import manners  # noqa: E402
import mark  # noqa: E402
import mrz  # noqa: E402
import pages  # noqa: E402
import people  # noqa: E402
import portrait  # noqa: E402
import rich  # noqa: E402
import sensor  # noqa: E402
import specimens  # noqa: E402
import typefaces as faces  # noqa: E402
import zone  # noqa: E402
from splits import one, stream  # noqa: E402

FIRST = {"tuning": 4_000_000, "final": 4_500_000}
SIZES = {"td3": (125, 88), "td2": (105, 74), "fra2": (105, 74),
         "td1": (85.6, 54), "plain": (85.6, 54), "upright": (74, 105)}
# without a zone
ALONE = ("plain", "upright")
LETTERS = {"td3": (3.2, 1.55, 3.0), "td2": (2.8, 1.6, 3.0),
           "fra2": (3.0, 1.9, 3.1), "td1": (2.5, 1.4, 2.6),
           "plain": (2.5, 1.6, 2.6), "upright": (3.0, 1.8, 2.8)}
PORTRAITS = {"td3": (7, 14, 30), "td2": (7, 13, 26), "fra2": (7, 13, 26),
             "td1": (6, 12, 20), "plain": (6, 12, 20),
             "upright": (8, 62, 26)}
BANDS = {"td3": 19.5, "td2": 19, "fra2": 19, "td1": 20}
ZONES = {"td3": (6.3, 9.45), "td2": (6.5, 7.25), "fra2": (6.5, 7.25),
         "td1": (4.7, 4.6)}
WAYS = ("web", "web", "scan", "photo", "photo", "sheet", "floating")
# labels, values, headings
FACES = (
    (faces.LIBERATION + "Sans-Regular.ttf", faces.LIBERATION +
     "Sans-Bold.ttf", faces.LIBERATION + "Sans-Bold.ttf"),
    (faces.DEJAVU + "SansCondensed.ttf", faces.DEJAVU + "Sans-Bold.ttf",
     faces.DEJAVU + "Serif-Bold.ttf"),
    (faces.LIBERATION + "SansNarrow-Regular.ttf", faces.LIBERATION +
     "Sans-Regular.ttf", faces.LIBERATION + "Serif-Bold.ttf"),
    (faces.ROBOTO + "TTF/Roboto-Regular.ttf", faces.ROBOTO +
     "TTF/Roboto-Medium.ttf", faces.ROBOTO + "TTF/Roboto-Bold.ttf"),
    (faces.LIBERATION + "Sans-Regular.ttf", faces.LIBERATION +
     "Mono-Bold.ttf", faces.LIBERATION + "Serif-Bold.ttf"),
    (faces.OPEN + "Regular.ttf", faces.OPEN + "Semibold.ttf",
     faces.OPEN + "Bold.ttf"),
    (faces.FREE + "Sans.ttf", faces.FREE + "SansBold.ttf",
     faces.FREE + "SerifBold.ttf"),
)
# words of a name that stay small where the rest is in capitals
SMALL = ("e/v", "ép.", "épouse")
MARITAL = re.compile(r"^(e/v|ép\.|épouse|geb\.) ")
SCHWA = str.maketrans("əƏ", "eE")    # as zones write it
NATIVE = re.compile("[Ͱ-ԯ\u0531-\u058f\u10a0-\u10ff]")
# faces for the scripts that those above have not, by what they begin with
BROAD = ((re.compile("[\u0531-\u058f\u0600-\u06ff\u10a0-\u10ff]"),
          faces.DEJAVU + "Sans.ttf"),
         (re.compile("[\u0e00-\u0e7f]"), faces.FREE + "Serif.ttf"),
         (re.compile("[\u3000-\u9fff]"),
          faces.T + "droid/DroidSansFallbackFull.ttf"))
SETS = {"first": ("passports", "cards"),
        "further": ("passports_north", "passports_south", "passports_far",
                    "cards_older", "cards_more"),
        "other": ("other_passports", "other_cards"), "more": ("more",),
        "elsewhere": ("elsewhere_passports", "elsewhere_cards")}
CAPTIONS = ("Figure 3. Specimen of the document, front and back",
            "Image: specimen. Data page of the model in use since 2019",
            "Specimen (not a valid document)",
            "1 Photograph  2 Holder's data  3 Machine-readable zone")


def layouts(half=None, kept="first"):
    """Those of a half, by name: the checksum of the name says which."""
    table = {}
    for name in SETS[kept]:
        with open(os.path.join(HERE, name + ".toml"), "rb") as file:
            table.update(tomllib.load(file))
    for name, layout in table.items():
        layout.setdefault("kind", "td3" if "page" in layout else "td1")
        layout["name"] = name
    return {name: table[name] for name in sorted(table) if half is None or
            (zlib.crc32(name.encode()) % 2 == 0) == (half == "tuning")}


# -- people ----------------------------------------------------------------

def capitals(text, dotted, face):
    if dotted:      # Turkish
        text = text.replace("i", "İ")
    return " ".join(word if word in SMALL else pages.capitals(word, face)
                    for word in text.split(" "))


def parts_of(text):
    """Lines of a value; `e/v` and `S/O` are words."""
    return re.split(r"(?<!\be)(?<!\bS)/(?!v )", text)


def zoned(text):
    """What of a name in its lines a zone holds, in Latin letters."""
    parts = parts_of(text)
    if NATIVE.search(parts[0]):
        return parts[1].split(" ")[0] if len(parts[0].split()) > \
            len(parts[1].split()) else parts[1]
    return " ".join(p for p in parts if not MARITAL.match(p)) \
        .replace(",", "").replace("/", " ").translate(SCHWA)


def person(layout, rng, row):
    surname, given, sex, place = row.split("|")
    kind = layout["kind"]
    birth, issue, expiry = people.dates(rng, kind, False)
    issue = issue.replace(year=2012) if kind == "fra2" else issue
    number = people.filled(rng, layout["number"])
    if kind == "fra2":
        number = issue.strftime("%y%m") + number[4:]
    return {"surname": surname, "given": given, "sex": sex or "M",
            "place": place, "birth": birth, "issue": issue, "expiry": expiry,
            "number": number, "extra": layout.get("extra", ""),
            "optional": people.filled(rng, layout.get("optional", "")),
            "optional2": people.filled(rng, layout.get("optional2", ""))}


def lines(layout, p):
    code = layout.get("code", "P<" if layout["kind"] == "td3" else "ID")
    issuer = code[2:] or layout["state"]
    plain = lambda text: re.sub("[^A-Z0-9]", "<", text)  # noqa: E731
    short = lambda date: date.strftime("%y%m%d")  # noqa: E731
    number = re.sub("[^A-Z0-9]", "", p["number"])
    facts = {"code": code[:2], "issuer": issuer, "sex": p["sex"],
             "nationality": layout.get("nation", issuer),
             "surname": zoned(p["surname"]), "given": zoned(p["given"]),
             "birth": short(p["birth"]), "expiry": short(p["expiry"]),
             "number": number, "optional": plain(p["optional"]),
             "optional2": plain(p["optional2"]), "office": "999001",
             "empty_digit": "<"}
    return mrz.LINES[layout["kind"]](facts)


# -- pages -----------------------------------------------------------------

def name_part(text, which):
    """A line of a value that has several; all of them in one otherwise."""
    lines_ = parts_of(text)
    if which is None:
        return text if NATIVE.search(text) else " ".join(lines_)
    return lines_[which] if which < len(lines_) else ""


def split_number(number, which):
    """The letters before a number, and its digits."""
    found = re.match("([A-Z]*)(.*)", number)
    return number if which is None else found[which + 1]


def filled(layout, p, template, face):
    """A template's text, and which fields' values stand in it."""
    named = []

    def value(match):
        name, which, form = match[1], match[2], match[3]
        which = int(which) if which else None
        key = name.lower()
        named.append(key)
        if form:
            text = pages.dated(p[key], manners.calendar(p[key], form),
                               layout.get("months", "").split() or None)
            return text.replace("Men", pages.ENGLISH[
                p[key].month - 1].capitalize())
        if key == "number":
            return split_number(p[key], which)
        if key == "sex" and "sexes" in layout:
            return layout["sexes"].split()["FM".index(p[key])]
        text = name_part(p[key], which)
        return capitals(text, layout.get("dotted"), face) \
            if name.isupper() else text
    return re.sub(r"\{(\w+)(?:\.(\d))?(?::([^}]*))?\}", value, template), \
        named


def rows_of(text):
    """(x, y, sign, text) of each line of a side."""
    return [(float(x), float(y), sign, rest) for x, y, sign, rest in (
        (line.split(" ", 3) + [""])[:4] for line in text.strip().split("\n"))]


def room(rows, x, y, width):
    """From x to what stands next on that line."""
    return min([r[0] for r in rows if r[0] > x and abs(r[1] - y) < 3] +
               [width - 2]) - x - 1


def runs(text, use):
    """Parts of a text, each with the face that has its script."""
    out = []
    for char in text:
        face = next((path for signs, path in BROAD if signs.match(char)), use)
        if out and (out[-1][1] == face or char == " "):
            out[-1][0] += char
        else:
            out.append([char, face])
    return out


def fitted(page, text, size, use, wide):
    """Like page.fitted, over all runs."""
    whole = sum(page.measure(part, size, page.faces.get(face, face))
                for part, face in runs(text, use))
    return size if whole <= wide else max(0.62 * size, size * wide / whole)


def written(page, x, y, text, size, use, ink):
    """Like page.text, over all runs."""
    far = 0
    for part, face in runs(text, use):
        far += page.text(x + far, y, part, size, face, ink)
    return far


def put(page, layout, p, sizes, rows):
    title, label, value = sizes
    ink = artwork.rgb("#2b3350")
    seen = set()

    def set_value(x, y, template, wide):
        text, named = filled(layout, p, template, page.faces["value"])
        body = fitted(page, text, value, "value", wide)
        written(page, x, y, text, body, "value", page.ink)
        if text.strip():
            seen.update(named)
    for x, y, sign, text in rows:
        wide = room(rows, x, y, page.width)
        if sign in "=>":
            head, _, template = text.partition(" = " if " = " in text
                                               else " =")
            body = fitted(page, head, label, "label", wide if sign == "="
                          else 0.4 * wide)
            far = written(page, x, y, head, body, "label", ink)
            if sign == "=":
                set_value(x, y + 0.35 + 1.05 * value, template, wide)
            else:
                set_value(x + far + 1.5, y, template, wide - far - 1.5)
        elif sign == "^":
            head, _, template = text.partition(" = ")
            set_value(x, y, template, wide)
            written(page, x, y + 0.6 + label, head, fitted(
                page, head, label, "label", wide), "label", ink)
        elif sign in "vp":
            set_value(x, y, text, wide)
        elif sign == "o":
            manners.perforated(page, x, y, filled(
                layout, p, text, page.faces["value"])[0], 1.3 * value)
        elif sign == "|":
            manners.upright(page, x, y, filled(
                layout, p, text, page.faces["value"])[0], value, "value",
                page.ink)
        else:
            text, _ = filled(layout, p, text, page.faces["value"])
            body, use = (title, "heading") if sign == "#" else \
                (label, "label")
            written(page, x, y, text, fitted(page, text, body, use, wide),
                    use, ink)
    return seen


def dress(page, layout, rng, side):
    ground = [int(v) for v in rng.integers(206, 246, 3)]
    far = [int(v) for v in rng.integers(206, 246, 3)]
    tints = ["#%02x%02x%02x" % tuple(c) for c in (ground, far, ground)]
    inks = ["#%02x%02x%02x" % tuple(int(v) for v in rng.integers(120, 215, 3))
            for _ in "ab"]
    artwork.draw(page, {"code": layout["name"], "paper": tints,
                        "inks": inks, "motifs": [one(rng, sorted(
                            artwork.MOTIFS))]}, int(rng.integers(0, 16)),
                 side)


def side(layout, p, seed, name, scale):
    kind = layout["kind"]
    rng = stream(seed, "replica", layout["name"])
    face = FACES[int(rng.integers(0, len(FACES)))]
    if NATIVE.search(json.dumps(layout, ensure_ascii=False)):
        face = FACES[int(rng.integers(0, 4))]
    page = canvas.Page(*SIZES[kind], scale, dict(
        zip(("label", "value", "heading"), face)))
    page.ink = tuple(int(v) for v in rng.integers(10, 60, 3))
    page.forges, page.side, page.seed = [], name, seed
    page.person = {"kind": kind}
    page.layout, page.holder = layout, p
    page.wishes = {}
    dress(page, layout, rng, name)
    with_zone = kind not in ALONE and (kind != "td1" or name == "back")
    if with_zone:
        pages.band(page, BANDS[kind], rng.uniform(0.4, 0.95))
    if name != "back":
        x, y, width = layout.get("portrait", PORTRAITS[kind])
        look = {"edge": one(rng, ("faded", "soft", "sharp")),
                "grey": bool(rng.random() < 0.4), "strength": 0.95,
                "ground": (225, 225, 228), "veil": 0.05}
        shown = portrait.printed(portrait.draw(stream(
            seed, "face"), p["sex"]), look)
        page.paste(shown, x, y, width, portrait.cutout(
            shown, look["strength"], look["edge"]))
        pages.signature(page, stream(seed, "hand"), x + 2, page.height - (
            26 if with_zone else 5), width - 8)
    seen = put(page, layout, p, layout.get("sizes", LETTERS[kind]), rows_of(
        layout[name]))
    if with_zone:
        style = zone.style(rng, kind)
        text, (left, low) = lines(layout, p), ZONES[kind]
        page.zone(text, left, [page.height - low - style["spacing"] * (
            len(text) - 1 - k) for k in range(len(text))], style)
    return page, seen


def facing(page):
    """The page above the data page of an open passport, in print of its own
    or in that of the layout."""
    out = canvas.Page(page.width, page.height, page.scale, page.faces)
    out.image.paste((232, 228, 220), (0, 0, *out.image.size))
    if "facing" in page.layout:
        out.ink = page.ink
        put(out, page.layout, page.holder, LETTERS["td3"],
            rows_of(page.layout["facing"]))
        return out
    for k in range(6):
        out.text(14, 20 + 6 * k, "This passport contains 32 pages. Observ"
                 "ations: none. Page 2.", 1.8, "label", (120, 120, 130))
    return out


# -- pictures --------------------------------------------------------------

def photographed(page, shot, level, booklet):
    rng = stream(page.seed, "shot", shot)
    s = specimens.parameters(rng, level, {})
    if level not in ("scan", "flat"):
        specimens.aim(page, s, rng, {})
    view = specimens.look(page, s, level)
    exposure = stream(page.seed, "exposure", shot)
    if booklet:
        image = specimens.camera.shoot(page, view, s, exposure, "example",
                                       facing(page))
    else:
        image = specimens.taken(page, view, s, exposure, level, {})
    return sensor.encoded(image, s), s


def captioned(image, rng):
    """A line of a web page below the picture."""
    size = max(11, image.width // 48)
    out = Image.new("RGB", (image.width, image.height + 3 * size),
                    (255, 255, 255))
    out.paste(image, (0, 0))
    ImageDraw.Draw(out).text(
        (size, image.height + size), one(rng, CAPTIONS),
        (40, 40, 40), ImageFont.truetype(faces.DEJAVU + "Sans.ttf", size))
    return out


def published(images, rng, across):
    """Pictures one below another as somebody put them on the web."""
    margin = int(across * rng.uniform(0, 0.05))
    sized = [im.resize((across, round(im.height * across / im.width)),
                       Image.LANCZOS) for im in images]
    gap = int(across * rng.uniform(0.01, 0.05)) if len(sized) > 1 else 0
    sheet = Image.new("RGB", (across + 2 * margin, sum(
        im.height for im in sized) + gap * (len(sized) - 1) + 2 * margin),
        one(rng, ((255, 255, 255), (255, 255, 255), (240, 240, 240))))
    top = margin
    for image in sized:
        sheet.paste(image, (margin, top))
        top += image.height + gap
    return sheet


def saved(image, rng):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=int(rng.uniform(45, 90)),
               subsampling=one(rng, (2, 2, 0)))
    return file.getvalue()


@functools.lru_cache(maxsize=2)
def document(name, half, kept, first_seed, holder):
    """(person, first side, its fields, back or None): drawn once for all of
    its pictures."""
    table = layouts(half, kept)
    layout = table[name]
    seed = first_seed + 10 * sorted(table).index(name) + holder
    p = person(layout, stream(seed, "person"), layout["people"][holder])
    first = "page" if "page" in layout else "front"
    scale = 12 if layout["kind"] == "td3" else 16
    page, seen = side(layout, p, seed, first, scale)
    back = side(layout, p, seed, "back", scale)[0] \
        if "back" in layout else None
    return p, page, seen, back


def picture(layout, of, first_seed, way, shot):
    """(JPEG, truth) of one picture of one layout; of: (half, set)."""
    p, page, seen, back = document(layout["name"], *of, first_seed, shot % 2)
    seed = page.seed - shot % 2 + shot
    rng = stream(seed, "picture")
    zones = [line.text for line in page.lines]
    shown = [page]
    if way == "sheet" and back:
        shown.append(back)
        zones = [line.text for line in back.lines]
    elif way == "sheet" and layout["kind"] not in ALONE:
        shown.insert(0, facing(page))
    word = way not in ("photo", "floating") and rng.random() < 0.45
    if word:
        marked = mark.marked(page, stream(seed, "word"))
        shown = [marked if one_page is page else one_page
                 for one_page in shown]
    if way == "floating":
        lined = rich.guilloche(page.image, rng, page.scale)
        image = rich.floating(lined, rng, page.scale)
        across = int(600 * (1400 / 600) ** rng.random())
        data = saved(published([image], rng, across), rng)
    elif way in ("web", "sheet"):
        across = int(300 * (1600 / 300) ** rng.random())
        image = published([s.image for s in shown], rng, across)
        if way == "sheet" or rng.random() < 0.2:
            image = captioned(image, rng)
        data = saved(image, rng)
    else:
        level = "scan" if way == "scan" else one(rng, ("L1", "L2"))
        data, _ = photographed(shown[-1], shot, level, way == "photo" and
                               "page" in layout and rng.random() < 0.4)
    return data, truth(layout, p, seen, zones, way, word, seed)


def truth(layout, p, seen, zones, way, word, seed):
    latin = lambda text: zoned(text) if NATIVE.search(text) \
        else name_part(text, None)  # noqa: E731
    fields = {"number": [p["number"]], "birth": [p["birth"].isoformat()],
              "expiry": [p["expiry"].isoformat()],
              "given": [latin(p["given"])],
              "surname": sorted({latin(p["surname"]), zoned(p["surname"])})}
    fields["given"].append(zoned(p["given"]))
    return {"layout": layout["name"], "state": layout["state"],
            "kind": layout["kind"], "way": way, "word": bool(word),
            "seed": seed, "lines": zones, "synthetic": True,
            "fields": {k: v for k, v in fields.items()
                       if k in seen and v[0]}}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("half", choices=FIRST)
    parser.add_argument("folder")
    parser.add_argument("--first", type=int, help="the seed to begin with")
    parser.add_argument("--set", choices=SETS, default="first",
                        help="further: more states, and older models; "
                        "other: what these do otherwise; more: the like of "
                        "further states; elsewhere: states that none has")
    parser.add_argument("--layout", action="append")
    parser.add_argument("--shots", default="0,2,3,5", help="which of the "
                        "pictures of a layout: two of the web, a scan, two "
                        "photographs, a sheet, one that floats over a page, "
                        "on a ground of fine lines (0 to 6)")
    args = parser.parse_args()
    os.makedirs(args.folder, exist_ok=True)
    for name, layout in layouts(args.half, args.set).items():
        for shot in map(int, args.shots.split(",")):
            if args.layout and name not in args.layout:
                continue
            way = WAYS[shot]
            data, facts = picture(layout, (args.half, args.set),
                                  args.first or FIRST[args.half], way, shot)
            path = os.path.join(args.folder, "%s_%d_%s" % (name, shot, way))
            with open(path + ".jpg", "wb") as file:
                file.write(data)
            with open(path + ".json", "w", encoding="utf-8") as file:
                json.dump(facts, file, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
