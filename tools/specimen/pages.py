"""Sets a page: artwork, heading, portrait, the rows of its arrangement, and
the zone. In the manner of real documents but of our own drawing, and with
SPECIMEN in small print away from every field."""

import numpy as np
from PIL import Image, ImageDraw

import artwork
import barcode
import countries
import portrait
import typefaces
from artwork import rgb
from canvas import Page

ENGLISH = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
# share of a row that a field takes
WEIGHTS = {"type": 1, "code": 1, "number": 3, "sex": 1, "birth": 2, "can": 1.2,
           "height": 1, "nationality": 2, "place": 3, "authority": 2.4,
           "issue": 2, "expiry": 2, "personal": 2.2, "entries": 1, "stay": 1}
# labels of fields that no country's file names
LABELS = {"type": "Type", "code": "Code", "can": "CAN",
          "permit": "Type of permit", "remarks": "Remarks",
          "validfor": "Valid for", "visatype": "Type of visa",
          "entries": "Number of entries", "stay": "Duration of stay"}
SIDES = {"td3": ("page",), "td1": ("front", "back"), "td2": ("front",),
         "fra2": ("front",), "mrva": ("page",), "mrvb": ("page",)}
FORMATS = {"td3": "TD3", "td2": "TD2", "td1": "TD1", "fra2": "FRA2",
           "mrva": "MRVA", "mrvb": "MRVB"}
BAND = {"td3": 23, "td1": 21, "td2": 19, "fra2": 19, "mrva": 20, "mrvb": 18}


def capitals(text, face):
    """Capitals; where the face has no capital sharp s, two of them. Letters
    without capitals of their own (Georgian) stay, where Unicode has some that
    no document prints."""
    sharp = "ẞ" if typefaces.has(face, "ẞ") else "SS"
    return "".join(
        c.upper() if all(typefaces.has(face, u) for u in c.upper()
                         if u.isalpha()) else c
        for c in text.replace("ß", sharp))


def dated(date, form, months=None):
    """A date in a country's form: DD MM YYYY YY, MON the month in its
    language, MEN in English."""
    out = form.replace("YYYY", "%04d" % date.year)
    out = out.replace("YY", "%02d" % (date.year % 100))
    out = out.replace("DD", "%02d" % date.day)
    out = out.replace("MM", "%02d" % date.month)
    out = out.replace("MON", (months or ENGLISH)[date.month - 1])
    return out.replace("MEN", ENGLISH[date.month - 1])


def spaced(p):
    """Portuguese numbers are spaced out."""
    n = p["number"]
    return "%s %s %s" % (n[:8], n[8], n[9:]) \
        if p["country"] == "PRT" and len(n) == 12 else n


def value(p, country, model, name):
    """What stands printed for a field, or None."""
    if name in ("birth", "issue", "expiry"):
        months = country.get("months", "").split() or None
        return dated(p[name + "_date"], model["date"], months)
    sexes = dict(zip("FM", country["sexes"]), X="X")
    face = p["faces"]["value"]
    given = p["given"].replace(" ", ", ") if p["kind"] == "fra2" \
        else p["given"]
    own = p["nationality"] == p["issuer"]
    nation = country["nationality"] if own else p["nationality"]
    if own and p["kind"] == "td1" and len(nation) > 12:
        nation = country.get("printed_code", p["country"])
    cm = p["height"]
    return {
        "type": "P", "code": country.get("printed_code", p["country"]),
        "number": spaced(p), "surname": capitals(p["surname"], face),
        "given": capitals(given, face) if model.get("capitals") else given,
        "nationality": nation, "sex": sexes[p["sex"]],
        "place": p["birth_place"] if own else p["nationality"],
        "authority": p["authority"], "personal": p["personal"],
        "height": "%d,%02d m" % divmod(cm, 100) if cm % 2 else "%d cm" % cm,
        "address": p["address"], "can": p["can"],
        "permit": "LONG-TERM RESIDENT", "remarks": "SPECIMEN NOT VALID",
        "validfor": "STATES OF UTOPIA", "visatype": "C", "entries": "01",
        "stay": "30",
    }.get(name)


def signature(page, rng, x, y, width):
    """A hand's scribble, `width` mm long."""
    t = np.linspace(0, 1, 160)
    stroke = sum(rng.uniform(0.2, 1) * np.sin(
        2 * np.pi * f * t + rng.uniform(0, 6)) for f in (2, 5, 7, 9))
    px = (x + width * t + 0.9 * np.cos(2 * np.pi * 6 * t)) * page.scale
    py = (y - stroke * (1.5 - t) * 0.8) * page.scale
    ImageDraw.Draw(page.image).line(
        list(zip(px, py)), (24, 26, 70), max(1, page.px(0.22)), "curve")


def emblem(page, x, y, size, points, colour):
    """A star in a ring, no state's."""
    draw = ImageDraw.Draw(page.image)
    cx, cy, r = x * page.scale, y * page.scale, size * page.scale / 2
    pen = max(1, page.px(0.25))
    draw.ellipse((cx - r, cy - r, cx + r, cy + r), None, colour, pen)
    turns = [np.pi * k / points for k in range(2 * points)]
    draw.polygon([(cx + (0.85 if k % 2 else 0.36) * r * np.sin(a),
                   cy - (0.85 if k % 2 else 0.36) * r * np.cos(a))
                  for k, a in enumerate(turns)], colour)


def chip(page, x, y, size=12):
    """The contact plate of a card."""
    draw, line = ImageDraw.Draw(page.image), (150, 124, 62)
    box = page.pixels((x, y, x + size, y + size * 0.82))
    pen = max(1, page.px(0.15))
    draw.rounded_rectangle(box, page.px(1.4), (206, 178, 106), line, pen)
    for k in (0.33, 0.66):
        yy = page.px(y + size * 0.82 * k)
        draw.line((box[0], yy, box[2], yy), line, pen)
    draw.rounded_rectangle(page.pixels((
        x + size * 0.34, y + size * 0.2, x + size * 0.66, y + size * 0.62)),
        page.px(0.8), (212, 186, 118), line, pen)


def small_print(page, x, y, colour, times):
    text = "   ".join(["SPECIMEN", "NO DOCUMENT"] * times)
    page.text(x, y, text, 1.4, "label", colour)


def faces(page, p, model):
    """The portrait, and its pale twin where the model has one."""
    x, y, width = model["portrait"]
    face, look = p["face"], p["portrait_look"]
    page.paste(portrait.printed(face, look), x, y, width,
               portrait.cutout(face, look["strength"], look["edge"]))
    page.portrait = (x, y, x + width, y + width * 45 / 35)
    if model["ghost"]:
        ghost(page, p.get("ghost_face", face), *model["ghost"],
              p["ghost_look"])


def ghost(page, face, x, y, width, look):
    pale = Image.merge("RGB", [face.convert("L")] * 3)
    if look["tint"]:
        pale = Image.blend(pale, Image.new("RGB", pale.size, look["tint"]),
                           0.3)
    page.paste(pale, x, y, width, portrait.cutout(
        face, look["strength"], look["edge"]))
    page.ghost = (x, y, x + width, y + width * 45 / 35)


def band(page, height, strength):
    """The paler ground below the printed part, for the zone; where strength
    is low the security print runs under it."""
    top = page.px(page.height - height)
    w, h = page.image.size
    zone = page.image.crop((0, top, w, h))
    pale = Image.new("RGB", zone.size, (244, 243, 240))
    page.image.paste(Image.blend(zone, pale, strength), (0, top))


def begin(p, model, country, side, scale):
    page = Page(*model["size"], scale, p["faces"])
    page.ink, page.soft = p["ink"], p["soft"] * scale
    artwork.draw(page, dict(country, **{k: model[k] for k in (
        "paper", "inks", "motifs")}), p["edition"],
        p["document"] + side)
    return page


def heading(page, country, model):
    x, y = model["header"]
    ink, big = rgb(model["title"]), page.height / 88
    size = 3.6 * max(0.74, big)
    words = [country["heading"], model["word"]]
    emblem(page, x - 1.3 * size, y + 0.1 * size, 1.7 * size,
           country["points"], ink)
    room = page.width - x - 4
    for k, text in enumerate(words):
        body = page.fitted(text, size * (1, 0.72)[k], "heading", room)
        page.text(x, y + k * size, text, body, "heading", ink)


def label_of(model, name, number):
    text = model["labels_text"].get(name, LABELS.get(name, ""))
    return "%d. %s" % (number, text) if model["numbered"] and text else text


def lines_of(p, name, text):
    """A field's lines: (name in the truth, text)."""
    native = p.get(name + "_native")
    if native:
        return [(name + "_native", capitals(
            native, p["faces"]["value"])), (name, text)]
    return [(name, text)]


def cell(page, model, name, label, lines, box):
    """One field in its box, its label as the arrangement wants it."""
    x, y, room, height = box
    ink = tuple(int(0.5 * v + 45) for v in rgb(model["title"]))
    many = len(lines)
    stacked = model["labels"] == "stacked" and " / " in label
    small = min(1.85, height * (0.2 if stacked or many > 1 else 0.27))
    if model["labels"] == "beside":
        small = min(1.85, height * 0.34)
        page.text(x, y + height * 0.72, label,
                  page.fitted(label, small, "label", room * 0.40), "label",
                  ink)
        x, room, top = x + room * 0.43, room * 0.57, y
    else:
        parts = label.split(" / ", 1) if stacked else [label]
        for k, part in enumerate(parts):
            page.text(x, y + small * (1 + k), part,
                      page.fitted(part, small, "label", room), "label", ink)
        top = y + small * (len(parts) + 0.15)
    step = (y + height - top) / many
    for k, (key, text) in enumerate(lines):
        size = min(model["value"], step * 0.86)
        size = page.fitted(text, size, "value", room)
        base = step * 0.72 if model["labels"] == "beside" else \
            min(step * 0.8, 0.3 + size)
        page.field(key, x, top + step * k + base, text, size,
                   "value" if key in BOLD or many > 1 else "plain")


BOLD = {"surname", "given", "number", "birth", "expiry", "sex", "can"}


def rows(page, p, country, model, order, box):
    """Fields flow down the box."""
    x0, y0, x1, y1 = box
    table = [row.split() for row in order]
    heights = [1.55 if any(p.get(n + "_native") for n in row) else 1
               for row in table]
    unit, y, number = (y1 - y0) / sum(heights), y0, 0
    for row, tall in zip(table, heights):
        weights = [WEIGHTS.get(name, 3) for name in row]
        x = x0
        for name, weight in zip(row, weights):
            number += 1
            text = value(p, country, model, name)
            room = (x1 - x0) * weight / sum(weights) - 1.2
            if text is not None:
                cell(page, model, name, label_of(model, name, number),
                     lines_of(p, name, text), (x, y, room, unit * tall - 0.3))
            x += room + 1.2
        y += unit * tall


def zone(page, p):
    """The machine-readable zone, as the issuer's printer sets it."""
    style, kind = p["zone"], p["kind"]
    count, step = len(p["lines"]), style["spacing"]
    left = {"td3": 6.3, "td1": 4.7, "td2": 6.5, "fra2": 6.5, "mrva": 4.2,
            "mrvb": 6.3}[kind]
    last = page.height - {"td3": 9.45, "td1": 4.6}.get(kind, 7.25)
    last += style["low"]
    page.zone(p["lines"], left + style["left"], [
        last - step * (count - 1 - i) for i in range(count)], style)


def moved(box, shift):
    """A box off by what the printer is off."""
    return [v + shift[k % 2] for k, v in enumerate(box)]


def front(p, scale):
    """The page or front side."""
    country = countries.table()[p["country"]]
    model = countries.model(p["country"], p["document"], p["layout"])
    side = SIDES[p["kind"]][0]
    page = begin(p, model, country, side, scale)
    zoned = "back" not in SIDES[p["kind"]]
    if zoned:
        band(page, BAND[p["kind"]], p["band"])
    heading(page, country, model)
    small_print(page, model["text"][0], model["text"][3] + 1.6, rgb(
        model["title"]), 1 if page.width < 90 else 2)
    if model["chip"] == "front":
        chip(page, 7, 9, 11)
    page.freeze()
    faces(page, p, model)
    if p["kind"] == "fra2":
        page.field("number", 72, 9.2, p["number"], 2.7)
    rows(page, p, country, model, model["rows"], moved(
        model["text"], p["shift"]))
    page.strike(p["cover"])
    if model["signature"]:
        signature(page, p["hand"], *model["signature"])
    if zoned:
        zone(page, p)
    return page


def back(p, scale):
    """The back of a card with its three lines."""
    country = countries.table()[p["country"]]
    model = countries.model(p["country"], p["document"], p["layout"])
    page = begin(p, model, country, "back", scale)
    band(page, BAND[p["kind"]], p["band"])
    if model["chip"] == "back":
        chip(page, 8, 7)
    small_print(page, 30, 33.4, rgb(model["title"]), 2)
    emblem(page, 78, 24, 8, country["points"], rgb(model["inks"][0]))
    page.freeze()
    rows(page, p, country, model, model["back"], moved(
        model["back_text"], p["shift"]))
    page.strike(p["cover"])
    for k, kind in enumerate(model["barcodes"]):
        barcode.place(page, p, kind, 8 + 38 * k, 19.5)
    zone(page, p)
    return page


def facing(p, scale):
    """The page above the data page of an open passport."""
    country = countries.table()[p["country"]]
    model = countries.model(p["country"], p["document"])
    page = begin(p, model, country, "facing", scale)
    ink = rgb(model["title"])
    page.text(12, 14, model["word"], 3, "heading", ink)
    page.text(12, 80, "2", 3, "heading", ink)
    small_print(page, 12, 20, ink, 3)
    emblem(page, 84, 48, 30, country["points"], rgb(model["inks"][0]))
    fold = Image.linear_gradient("L").resize((page.px(page.width),
                                              page.px(7)))
    page.image.paste((70, 60, 60), (0, page.px(page.height - 7)),
                     fold.point(lambda v: v // 2))
    return page


DRAW = {"page": front, "front": front, "back": back}
