"""Specimens for programs: pages as arrays with truth, photographs of them,
cards cut out of photographs, genuine and forged pairs.

    page, = [s for s in draw(1000007, kind="td3")]          # drawn once
    photo = photograph(page, shot=0, level="L2")            # JPEG and truth
    crop, truth = rectified(photo, 12)                      # 12 pixels a mm
    genuine, forged = pair(1000007, "retyped", kind="td1")

A seed and the same wishes always give the same bytes.
"""

import copy
import dataclasses
import datetime
import io

import numpy as np
from PIL import Image

import artwork
import camera
import countries
import exif
import forge
import hand
import levels
import mark
import pages
import people
import portrait
import scan
import screen
import sensor
import typefaces
import view as views
import zone
from splits import one, split_of, stream

FRAME = (1600, 1200)
KINDS = {"td3": ("passport",), "td1": ("identity_card", "identity_card",
                                       "identity_card", "residence_permit"),
         "td2": ("old_card",), "fra2": ("french_card",),
         "mrva": ("visa_large",), "mrvb": ("visa_small",)}
DRAWN = ("td3", "td3", "td3", "td1", "td1", "td1", "td1", "td2", "fra2")
SET = ("surname", "given", "number", "optional", "sex")


def choose(rng, wishes):
    """Country and document, as ordered or drawn."""
    document, code = wishes.get("document"), wishes.get("country")
    kind = wishes.get("kind")
    if not document:
        kinds = [k for k in DRAWN if not code or any(
            d in countries.documents(code) for d in KINDS[k])]
        kind = kind or one(rng, kinds)
        document = one(rng, KINDS[kind])
    if code and document not in countries.documents(code):
        raise ValueError("%s issues no %s here" % (code, document))
    able = [c for c in countries.BY_SEED
            if document in countries.documents(c)]
    return code or one(rng, able), document


def person(seed, code, document, wishes, salt=""):
    """The holder, the printer's habits, and the zone."""
    rng, split = stream(seed, "person" + salt), split_of(seed)
    p = people.person(rng, code, document, bool(wishes.get("expired")),
                      wishes.get("sex"))
    for name in SET:
        if wishes.get(name):
            p[name] = wishes[name]
            p.pop(name + "_native", None)
    for name in ("birth", "expiry"):
        p[name + "_date"] = wishes.get(name) or p[name + "_date"]
    if wishes.get("expiry"):
        p["issue_date"] = people.later(
            wishes["expiry"], -15 if p["kind"] == "fra2" else -10)
    people.finish(rng, p)
    p["seed"] = seed
    dress(stream(seed, "dress"), p, split)
    p["face"] = wishes.get("face") or p["face"]     # a picture, 350 x 450
    p["lines"] = people.lines(p)
    return p


def dress(rng, p, split):
    """How this one was printed."""
    p["faces"] = typefaces.choose(rng, split, countries.words(p["country"]))
    p["edition"] = int(rng.integers(*artwork.EDITIONS[split]))
    p["zone"] = zone.style(rng, p["kind"], split)
    p["band"] = float(one(rng, (0.2, 0.45, 0.6, 0.75, 0.9)))
    p["face"] = portrait.draw(stream(p["seed"], "face"), p["sex"])
    p["ink"] = tuple(int(v) for v in rng.integers(12, 72) +
                     rng.integers(-8, 9, 3) + (0, 0, rng.integers(0, 16)))
    p["soft"] = float(rng.uniform(0, 0.05))     # mm
    p["cover"] = float(rng.uniform(0.84, 1))
    p["shift"] = [float(v) for v in rng.normal(0, 0.25, 2)]
    p["portrait_look"] = {
        "edge": one(rng, ("faded", "soft", "sharp")),
        "grey": bool(rng.random() < (0.4 if p["kind"] == "td1" else 0.12)),
        "strength": float(rng.uniform(0.86, 1)),
        "ground": tuple(int(v) for v in rng.integers(190, 250, 3)),
        "veil": float(rng.uniform(0, 0.14))}
    p["ghost_look"] = {"strength": float(rng.uniform(0.22, 0.5)),
                       "edge": one(rng, ("faded", "faded", "soft")),
                       "tint": one(rng, (None, (70, 90, 140), (120, 80, 90),
                                         (80, 110, 80)))}
    own = countries.model(p["country"], p["document"])["layout"]
    others = countries.alike(own)
    p["layout"] = one(rng, others) if others and split != "example" and \
        rng.random() < 0.3 else None


def change(char):
    """Another character of the same sort, caught by a check digit."""
    return "0123456789"[(int(char) + 3) % 10] if char.isdigit() else \
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(ord(char) - 64) % 26]


def falsify(p, wishes):
    """Spoil digits or values, as ordered, after the zone was written."""
    if wishes.get("altered_digit"):
        at = {"td3": (1, 9), "td2": (1, 9), "td1": (0, 14), "fra2": (1, 12),
              "mrva": (1, 9), "mrvb": (1, 9)}
        row, column = at[p["kind"]]
        line = p["lines"][row]
        if line[column] == "<":     # a long number's digit comes later
            column = line.index("<", column + 1) - 1
        digit = str((int(line[column]) + 5) % 10)
        p["lines"][row] = line[:column] + digit + line[column + 1:]
    if wishes.get("mismatch") == "number":
        n = p["number"]
        p["number"] = n[:5] + change(n[5]) + n[6:]
    if wishes.get("mismatch") == "birth":
        p["birth_date"] -= datetime.timedelta(days=40)


def scale_for(kind_size, wishes):
    """Drawn pixels a millimetre that a photograph of this frame needs."""
    w, h = wishes.get("size") or FRAME
    fit = min(max(w, h) / kind_size[0], min(w, h) / kind_size[1])
    return round(min(40, max(10, 0.93 * fit * camera.FINER)), 2)


def draw(seed, scale=None, **wishes):
    """The pages of one specimen: a list of pages.Page. Wishes are the long
    options of make.py, with underscores."""
    code, document = choose(stream(seed, "choice"), wishes)
    kinds = forge.ordered(seed, code, document, wishes)
    wishes = dict(wishes, expired="expired" in kinds)
    p = person(seed, code, document, wishes)
    falsify(p, wishes)
    scale = scale or scale_for(countries.model(code, document)["size"], wishes)
    made = []
    for side in pages.SIDES[p["kind"]]:
        holder = forge.holder(seed, p, side, kinds, lambda: person(
            seed, code, document, {}, " of the other document"))
        page = pages.DRAW[side](holder, scale)
        page.person, page.side, page.seed = holder, side, seed
        page.wishes = wishes
        forge.apply(page, kinds, stream(seed, "forge", side))
        made.append(page)
    return made


@dataclasses.dataclass
class Photo:
    """A picture: the file's bytes, where the page lies, the truth."""
    jpeg: bytes
    view: views.View
    truth: dict

    @property
    def image(self):
        return Image.open(io.BytesIO(self.jpeg)).convert("RGB")

    @property
    def pixels(self):
        return np.asarray(self.image)


def parameters(rng, level, wishes):
    """The camera's numbers, or the scanner's."""
    if level in ("scan", "flat"):
        shot = scan.draw(rng)
        if level == "flat":
            shot.update(scan.FLAT)
    else:
        shot = levels.draw(rng, level)
        if wishes.get("tilt"):
            a = rng.uniform(0, 2 * np.pi)
            shot["pitch"] = float(wishes["tilt"] * np.sin(a))
            shot["yaw"] = float(wishes["tilt"] * np.cos(a))
    for name in ("turn", "blur", "cover", "quality", "glare", "hand"):
        if wishes.get(name) is not None:
            shot[name] = wishes[name]
    return shot


def frame_of(shot, wishes):
    w, h = wishes.get("size") or FRAME
    return (h, w) if shot["turn"] in (90, 270) else (w, h)


def photograph(page, shot=0, level=None, **more):
    """A Photo of a drawn page; `shot` numbers the photographs of one page."""
    wishes = {**page.wishes, **more}
    level = level or wishes.get("level") or "L1"
    rng = stream(page.seed, "shot", page.side, shot)
    s = parameters(rng, level, wishes)
    shown = page
    if s.get("word") or "word" in page.forges:
        shown = mark.marked(page, stream(page.seed, "word"))
    if level not in ("scan", "flat"):
        aim(page, s, rng, wishes)
    view = look(page, s, level)
    exposure = lambda what, s: taken(what, view, s, stream(  # noqa: E731
        page.seed, "exposure", page.side, shot), level, wishes)
    image = exposure(shown, s)
    file = stream(page.seed, "file", page.side, shot)
    if "edited" in page.forges:
        genuine = copy.copy(page)
        genuine.image = page.before
        if file.random() < 0.5:     # typed on a screen: no noise of a sensor
            image = exposure(shown, dict(s, noise=0.15 * s["noise"]))
        jpeg = forge.edited(exposure(genuine, s), image, view, page, s, file)
    else:
        made = exif.camera(file, image) if file.random() < 0.4 and \
            "lens" in s else None
        jpeg = sensor.encoded(image, s, made)
    return Photo(jpeg, view, truth(shown, view, s, level))


def aim(page, s, rng, wishes):
    """Where the page lies in the frame."""
    s["frame"] = frame_of(s, wishes)
    s["bend"] *= page.person["kind"] == "td3"
    s["place"] = views.place((page.width, page.height), s["frame"], s,
                             rng).tolist()
    s["pattern"] = bool({"screen", "print"} & set(page.forges))
    if "screen" in page.forges:
        s["screen"] = screen.parameters(rng, wishes.get("near"))


def look(page, s, level):
    size = (page.width, page.height)
    if level in ("scan", "flat"):
        return scan.look(size, s)
    return views.View(size, s["place"], s["frame"], s["lens"], s["bend"])


def taken(page, view, s, rng, level, wishes):
    """By a scanner or a camera."""
    if level in ("scan", "flat"):
        return scan.take(page, view, s, rng)
    facing = pages.facing(page.person, page.scale) \
        if wishes.get("booklet") else None
    return camera.shoot(page, view, s, rng, split_of(page.seed), facing)


def quads(view, boxes):
    return {name: {"text": field.text, "quad": view.corners(*field.box)}
            for name, field in boxes.items()}


def covered(page, s):
    """Names of what the fingers touch."""
    boxes = {name: f.box for name, f in page.fields.items()}
    boxes.update({k: v for k, v in (("portrait", page.portrait),
                                    ("ghost", page.ghost)) if v})
    boxes.update({"barcode": b["box"] for b in page.barcodes})
    boxes.update({"line": line.box for line in page.lines})
    return sorted(name for name, box in boxes.items() if any(
        hand.meets(np.float64(f[:2]), np.float64(f[2:4]), f[4], box)
        for f in s.get("fingers", ())))


def flaws_of(page):
    w = page.wishes
    return page.forges + [k for k in ("altered_digit", "mismatch")
                          if w.get(k)]


def truth(page, view, s, level):
    """All that can be known of the picture."""
    p = page.person
    corners = lambda box: view.corners(*box) if box else None  # noqa: E731
    return {
        "format": pages.FORMATS[p["kind"]], "country": p["country"],
        "document": p["document"], "side": page.side, "level": level,
        "seed": page.seed, "split": split_of(page.seed),
        "flaws": flaws_of(page), "turn": s["turn"],
        "quad": corners((0, 0, page.width, page.height)),
        "pixels_per_mm": round(view.density(), 2),
        "lines": [{"text": line.text, "quad": corners(line.box)}
                  for line in page.lines],
        "fields": quads(view, page.fields),
        "portrait": corners(page.portrait), "ghost": corners(page.ghost),
        "barcodes": [{"kind": b["kind"], "text": b["text"],
                      "quad": corners(b["box"])} for b in page.barcodes],
        "forged": [{**f, "regions": [corners(box) for box in f["regions"]]}
                   for f in page.forged],
        "covered": covered(page, s),
        "word": page.word and {"text": page.word["text"], "quad": view.see(
            page.word["quad"]).round(1).tolist()},
        "person": {
            "surname": p["surname"], "given": p["given"], "sex": p["sex"],
            "surname_native": p.get("surname_native") or None,
            "given_native": p.get("given_native") or None,
            "nationality": p["nationality"],
            "birth": p["birth_date"].isoformat(), "number": p["number"],
            "issue": p["issue_date"].isoformat(),
            "expiry": p["expiry_date"].isoformat()},
        "print": {"layout": p["layout"] or countries.model(
            p["country"], p["document"])["layout"],
            "faces": sorted(page.faces.values()),
            "edition": p["edition"], "zone": p["zone"]},
        "shot": s,
    }


def rectified(photo, density=12, rng=None, loose=0.0):
    """The page cut out of its photograph and laid flat, with the camera's
    damage; an array, and the truth with its quads in the cut's pixels. With
    `rng` and `loose` (millimetres) the corners are a little wrong, as a
    finder's are. The lens and the bend stay in it, as they do."""
    width, height = photo.view.width, photo.view.height
    quad = photo.view.quad()
    if rng is not None and loose:
        quad = quad + rng.normal(0, loose, (4, 2)) * photo.view.density()
    size = (round(width * density), round(height * density))
    back = views.solve(views.box(*size), quad)
    image = photo.image.transform(size, Image.PERSPECTIVE, tuple(
        (back / back[2, 2]).ravel()[:8]), Image.BICUBIC)
    forward = np.linalg.inv(back)
    return np.asarray(image), moved(photo.truth, lambda quad: views.apply(
        forward, quad).round(1).tolist())


def moved(facts, move):
    """The truth with every quad moved."""
    if isinstance(facts, dict):
        return {k: move(v) if k in ("quad", "portrait", "ghost") and v else
                [move(q) for q in v] if k == "regions" else moved(v, move)
                for k, v in facts.items()}
    if isinstance(facts, list):
        return [moved(v, move) for v in facts]
    return facts


def flat(page):
    """A drawn page as an array, with its truth in the page's own pixels."""
    size = (page.image.width, page.image.height)
    view = views.View((page.width, page.height), views.box(*size), size)
    return np.asarray(page.image), truth(page, view, {"turn": 0}, "page")


def pair(seed, forgery, scale=None, **wishes):
    """(genuine pages, the same pages forged)."""
    genuine = draw(seed, scale, **wishes)
    return genuine, draw(seed, scale, **{**wishes, "forge": [forgery]})
