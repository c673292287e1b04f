#!/usr/bin/python3
"""Makes specimen documents of invented people, photographed, with the truth
beside each picture. The same arguments always give the same files."""

import argparse
import datetime
import json
import os
import sys

import camera
import countries
import forge
import levels
import sensor
import specimens
import web
from splits import split_of, stream


def size(text):
    w, h = map(int, text.split("x"))
    return w, h


def options(argv):
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--seed", type=int, default=1, help="of the first specimen")
    add("--count", type=int, default=1, help="of specimens")
    add("--shots", type=int, default=1, help="photographs of each page")
    add("--kind", choices=sorted(specimens.KINDS), help="default: by the seed")
    add("--document", choices=sorted(countries.DOCUMENTS))
    add("--country", choices=sorted(countries.table()))
    add("--level", choices=levels.NAMES, default="L1")
    add("--out", required=True, help="folder")
    add("--name", help="of the file, without ending (for one specimen)")
    for name in ("surname", "given", "number", "optional"):
        add("--" + name)
    for name in ("birth", "expiry"):
        add("--" + name, type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD")
    add("--sex", choices=("M", "F"))
    add("--expired", action="store_true", help="by far")
    add("--altered-digit", action="store_true", help="a wrong check digit")
    add("--mismatch", choices=("number", "birth"), nargs="?", const="number",
        help="printed value differs from the zone")
    forge.options(add)
    add("--near", type=float, help="0 to 1: how well a display's pixels show")
    add("--flat", action="store_true", help="the page alone, as scanned")
    add("--booklet", action="store_true", help="with the facing page")
    add("--web", action="store_true", help="as specimens are found: both "
        "sides in one picture, margins, small, badly saved")
    add("--empty", action="store_true", help="a desk and no document")
    add("--turn", type=int, choices=(0, 90, 180, 270))
    add("--tilt", type=float, help="degrees of perspective, up to 40")
    add("--blur", type=float, help="pixels, instead of the level's")
    add("--glare", type=int, help="reflections, instead of the level's")
    add("--cover", type=float, help="share of the picture filled")
    add("--hand", action="store_true", default=None, help="holds the page")
    add("--quality", type=int, help="of the JPEG")
    add("--size", type=size, default=specimens.FRAME, help="of the picture, "
        "1600x1200 unless told")
    return parser.parse_args(argv)


def nothing(seed, args):
    """A desk, and the truth that there is nothing to read."""
    rng = stream(seed, "shot", "empty")
    shot = dict(levels.draw(rng, args.level), turn=0)
    image = camera.empty(specimens.frame_of(shot, vars(args)), shot, rng,
                         split_of(seed))
    return sensor.encoded(image, shot), {
        "format": None, "level": args.level, "seed": seed, "flaws": [],
        "lines": [], "fields": {}, "quad": None}


def pictures(seed, args):
    """(JPEG, truth) of each side of one specimen, each shot after another."""
    if args.empty:
        return [nothing(seed, args)]
    wishes = {k: v for k, v in vars(args).items() if k not in (
        "seed", "count", "shots", "out", "name", "empty", "flat", "web")}
    if args.web:
        return [web.picture(seed, **wishes)]
    level = "flat" if args.flat else args.level
    photos = [specimens.photograph(page, shot, level)
              for page in specimens.draw(seed, **wishes)
              for shot in range(args.shots)]
    return [(photo.jpeg, photo.truth) for photo in photos]


def name_of(facts):
    if not facts["format"]:
        return "empty_%d" % facts["seed"]
    return "%s_%s_%d" % (facts["format"].lower(), facts["country"].lower(),
                         facts["seed"])


def save(args, name, jpeg, facts):
    with open(os.path.join(args.out, name + ".jpg"), "wb") as file:
        file.write(jpeg)
    facts = {"file": name + ".jpg", "synthetic": True, **facts}
    with open(os.path.join(args.out, name + ".json"), "w") as file:
        json.dump(facts, file, ensure_ascii=False, indent=1)
        file.write("\n")


def specimen(seed, args):
    """All sides and shots of one specimen, into files."""
    made = pictures(seed, args)
    sides = len(made) // args.shots
    for k, (jpeg, facts) in enumerate(made):
        name = args.name or name_of(facts)
        name += "_" + facts["side"] if sides > 1 else ""
        name += "_%d" % (k % args.shots) if args.shots > 1 else ""
        save(args, name, jpeg, facts)


def main(argv=None):
    args = options(argv)
    os.makedirs(args.out, exist_ok=True)
    for seed in range(args.seed, args.seed + args.count):
        specimen(seed, args)
    return 0


if __name__ == "__main__":
    sys.exit(main())
