#!/usr/bin/python3
"""Makes specimen documents of invented people, photographed, with the truth
beside each picture. The same arguments always give the same files."""

import argparse
import datetime
import json
import os
import sys

import numpy as np
from PIL import Image, ImageOps

import camera
import levels
import pages
import people
import portrait

FRAME = (1600, 1200)
FORMATS = {"td3": "TD3", "td2": "TD2", "td1": "TD1", "fra2": "FRA2"}


def options(argv):
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--seed", type=int, default=1, help="of the first specimen")
    add("--count", type=int, default=1)
    add("--kind", choices=sorted(FORMATS), help="default: by the seed")
    add("--country", choices=sorted(people.STATES))
    add("--level", choices=sorted(levels.LEVELS), default="L1")
    add("--out", required=True, help="folder")
    add("--name", help="of the file, without ending (for one specimen)")
    for name in ("surname", "given", "number", "optional"):
        add("--" + name)
    for name in ("birth", "expiry"):
        add("--" + name, type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD")
    add("--sex", choices=("M", "F"))
    add("--expired", action="store_true")
    add("--grey", action="store_true", help="a photocopy")
    add("--screen", action="store_true", help="shown on a display")
    add("--altered-digit", action="store_true", help="a wrong check digit")
    add("--mismatch", choices=("number", "birth"), nargs="?", const="number",
        help="printed value differs from the zone")
    add("--flat", action="store_true", help="the page alone, as scanned")
    add("--booklet", action="store_true", help="with the facing page")
    add("--empty", action="store_true", help="a desk and no document")
    add("--turn", type=int, choices=(0, 90, 180, 270))
    add("--blur", type=float, help="pixels, instead of the level's")
    add("--glare", type=int, help="reflections, instead of the level's")
    add("--cover", type=float, help="share of the picture filled")
    add("--quality", type=int, help="of the JPEG")
    add("--size", default="1600x1200", help="of the picture")
    return parser.parse_args(argv)


def choose(rng, args):
    """The person, as ordered or drawn."""
    kind = args.kind or ("td3", "td1", "td2", "fra2")[int(rng.integers(0, 4))]
    state = args.country or list(people.STATES)[int(rng.integers(0, 8))]
    state = "FRA" if kind == "fra2" else state
    p = people.person(rng, state, kind, args.expired)
    for name in ("surname", "given", "number", "optional", "sex"):
        p[name] = getattr(args, name) or p[name]
    for name in ("birth", "expiry"):
        p[name + "_date"] = getattr(args, name) or p[name + "_date"]
    if args.expiry:
        p["issue_date"] = people.later(
            args.expiry, -15 if kind == "fra2" else -10)
    p["spacing"] = float(rng.uniform(4.3, 6.35))
    return people.finish(rng, p)


def change(char):
    """Another character of the same sort, caught by a check digit."""
    return "0123456789"[(int(char) + 3) % 10] if char.isdigit() else \
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(ord(char) - 64) % 26]


def falsify(p, args):
    """Write the zone, then spoil what was asked to be spoilt."""
    p["lines"] = people.lines(p)
    if args.altered_digit:
        at = {"td3": (1, 9), "td2": (1, 9), "td1": (0, 14), "fra2": (1, 12)}
        row, column = at[p["kind"]]
        line = p["lines"][row]
        digit = str((int(line[column]) + 5) % 10)
        p["lines"][row] = line[:column] + digit + line[column + 1:]
    if args.mismatch == "number":
        n = p["number"]
        p["number"] = n[:5] + change(n[5]) + n[6:]
    if args.mismatch == "birth":
        p["birth_date"] -= datetime.timedelta(days=40)


def grey(canvas):
    """What a photocopier leaves of a page."""
    copy = ImageOps.autocontrast(canvas.image.convert("L"), 1)
    copy = copy.point(lambda v: min(255, int(v * 0.95 + 8)))
    canvas.image = Image.merge("RGB", [copy] * 3)


def frame_of(args, shot):
    w, h = map(int, args.size.split("x"))
    return (h, w) if shot["turn"] in (90, 270) else (w, h)


def shot_of(rng, args):
    shot = levels.draw(rng, args.level)
    for name in ("turn", "blur", "cover", "quality", "glare"):
        if getattr(args, name) is not None:
            shot[name] = getattr(args, name)
    shot["screen"] = args.screen
    return shot


def corners(h, box):
    """Four corners of a box in mm, in picture pixels."""
    x0, y0, x1, y1 = box
    quad = camera.apply(h, ((x0, y0), (x1, y0), (x1, y1), (x0, y1)))
    return quad.round(1).tolist()


def truth(canvas, h, p, side, args, shot):
    """All that can be known of the picture."""
    zone = [{"text": line["text"], "quad": corners(h, (
        line["x0"], line["y"] - 1.38, line["x1"], line["y"] + 1.38))}
        for line in canvas.lines]
    fields = {name: {"text": field["text"], "quad": corners(h, field["box"])}
              for name, field in canvas.fields.items()}
    flaws = [name for name in ("expired", "grey", "screen", "altered_digit",
                               "mismatch") if getattr(args, name)]
    return {
        "format": FORMATS[p["kind"]], "country": p["country"], "side": side,
        "level": "flat" if args.flat else args.level, "seed": p["seed"],
        "flaws": flaws, "turn": 0 if args.flat else shot["turn"],
        "quad": corners(h, (0, 0, canvas.width, canvas.height)),
        "pixels_per_mm": round(camera.density(h, canvas), 2),
        "lines": zone, "fields": fields,
        "portrait": corners(h, canvas.portrait)
        if hasattr(canvas, "portrait") else None,
        "person": {
            "surname": p["surname"], "given": p["given"], "sex": p["sex"],
            "birth": p["birth_date"].isoformat(), "number": p["number"],
            "issue": p["issue_date"].isoformat(),
            "expiry": p["expiry_date"].isoformat()},
        "shot": None if args.flat else shot,
    }


def save(args, name, jpeg, facts):
    with open(os.path.join(args.out, name + ".jpg"), "wb") as file:
        file.write(jpeg)
    facts = {"file": name + ".jpg", "synthetic": True, **facts}
    with open(os.path.join(args.out, name + ".json"), "w") as file:
        json.dump(facts, file, ensure_ascii=False, indent=1)
        file.write("\n")


def scan(canvas, rng):
    """The page alone, as a flatbed would give it."""
    shot = {"blur": 0.5, "motion": 0, "noise": 1.5, "quality": 90}
    page = np.asarray(canvas.image, np.float32)
    return camera.sensed(page, shot, rng), np.diag(
        (canvas.scale, canvas.scale, 1))


def page_size(kind):
    return {"td3": (125, 88), "td1": (85.6, 53.98)}.get(kind, (105, 74))


def side_picture(rng, p, side, args):
    """JPEG and truth of one side."""
    shot = shot_of(rng, args)
    frame = frame_of(args, shot)
    width, height = page_size(p["kind"])
    quad = camera.place((width, height), frame, shot, rng)
    edges = np.hypot(*(np.roll(quad, -1, 0) - quad).T)
    scale = 12 if args.flat else max(edges[0], edges[2]) / width * 1.1
    canvas = pages.SIDES[p["kind"]][side](p, rng, scale)
    if args.grey:
        grey(canvas)
    facing = pages.facing(p, rng, scale) if args.booklet else None
    jpeg, h = scan(canvas, rng) if args.flat else \
        camera.shoot(canvas, quad, frame, shot, rng, facing)
    return jpeg, truth(canvas, h, p, side, args, shot)


def nothing(rng, args):
    """A desk, and the truth that there is nothing to read."""
    shot = shot_of(rng, args)
    jpeg = camera.empty(frame_of(args, dict(shot, turn=0)), shot, rng)
    return jpeg, {"format": None, "level": args.level, "seed": args.seed,
                  "flaws": [], "lines": [], "fields": {}, "quad": None}


def pictures(seed, args):
    """(JPEG, truth) of each side of one specimen."""
    rng = np.random.default_rng(seed)
    if args.empty:
        return [nothing(rng, args)]
    p = choose(rng, args)
    p["seed"] = seed
    p["face"] = portrait.draw(np.random.default_rng((seed, 1)), p["sex"])
    falsify(p, args)
    return [side_picture(rng, p, side, args) for side in pages.SIDES[p["kind"]]]


def name_of(facts):
    if not facts["format"]:
        return "empty_%d" % facts["seed"]
    return "%s_%s_%d" % (facts["format"].lower(), facts["country"].lower(),
                         facts["seed"])


def specimen(seed, args):
    """All sides of one specimen, into files."""
    made = pictures(seed, args)
    for jpeg, facts in made:
        tail = "_" + facts["side"] if len(made) > 1 else ""
        save(args, (args.name or name_of(facts)) + tail, jpeg, facts)


def main(argv=None):
    args = options(argv)
    os.makedirs(args.out, exist_ok=True)
    for seed in range(args.seed, args.seed + args.count):
        specimen(seed, args)
    return 0


if __name__ == "__main__":
    sys.exit(main())
