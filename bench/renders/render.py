#!/usr/bin/python3
"""Renders identity documents as a camera would see them: paper and plastic
with thickness, bow and gloss, in a room with lamps, by Blender's Cycles.

    bench/renders/render.py tuning DIR        forty genuine ones
    bench/renders/render.py final DIR         the half held back
    bench/renders/render.py tuning DIR --what film --shots 0-9
    bench/renders/render.py tuning DIR --blender "chroot /srv/deb blender" \\
        --seen /tmp/x                         DIR's name there
"""

import argparse
import glob
import json
import os
import subprocess
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "../replicas"),
                os.path.join(HERE, "../../tools/specimen")]
import develop  # noqa: E402
import draw as replicas  # noqa: E402
import looks  # noqa: E402
import papers  # noqa: E402
import rooms  # noqa: E402
import specimens  # noqa: E402
from splits import one, stream  # noqa: E402

# replicas of the half's layouts; specimens of its faces and artwork
FIRST = {"tuning": (4_700_000, 2_990_000), "final": (4_750_000, 3_995_000)}
# frame, smallest and largest share of its width for the page, steepest tilt
WHAT = {"genuine": ((1600, 1200), 0.55, 0.85, 40),
        "display": ((1600, 1200), 0.55, 0.85, 40),
        "print": ((2000, 1500), 0.5, 0.85, 35),
        "photo": ((2000, 1500), 0.5, 0.85, 35),     # 12 megapixels, halved
        "film": ((1080, 1920), 0.5, 0.9, 30)}
ROOMS = ("table", "keyboard", "cloth", "hand", "papers")
PARTLY = 0.12   # of photographs and films: a side out of the frame
KINDS = ("td1", "td3", "td1", "td3", "td2")
FINE = {"td3": 18, "td2": 20, "fra2": 20, "td1": 24}


# -- pages -----------------------------------------------------------------

def replica(half, number):
    names = sorted(replicas.layouts(half))
    layout = replicas.layouts(half)[names[number * 7 % len(names)]]
    seed = FIRST[half][0] + number
    person = replicas.person(layout, stream(seed, "person"),
                             layout["people"][number % 2])
    sides = [s for s in ("page", "front", "back") if s in layout]
    side = sides[number // 2 % len(sides)]
    page, seen = replicas.side(layout, person, seed, side,
                               FINE[layout["kind"]])
    facts = replicas.truth(layout, person, seen, [
        line.text for line in page.lines], "render", False, seed)
    return page, facts, replicas.facing(page)


def specimen(half, number):
    seed = FIRST[half][1] + number
    kind = KINDS[number % len(KINDS)]
    sides = specimens.draw(seed, scale=FINE[kind], kind=kind)
    page = sides[number // 2 % len(sides)]
    p = page.person
    said = {"number": [p["number"]], "birth": [p["birth_date"].isoformat()],
            "expiry": [p["expiry_date"].isoformat()],
            "surname": [p["surname"]], "given": [p["given"]]}
    return page, {
        "layout": "%s_%s" % (p["country"].lower(), p["document"]),
        "state": p["country"], "kind": p["kind"], "way": "render",
        "word": False, "seed": seed, "synthetic": True,
        "lines": [line.text for line in page.lines],
        "fields": {k: v for k, v in said.items() if k in page.fields and
                   v[0]}}, \
        specimens.pages.facing(p, FINE[kind]) if kind == "td3" else None


# -- scenes ----------------------------------------------------------------

def leaves(rng):
    """The page's side of an open booklet, and the other."""
    stiff = rng.random() < 0.4      # a card bound in
    return [{"rise": rooms.between(rng, 0.02, 0.35) * (0.3 if k else 1),
             "reach": rooms.between(rng, 0.3, 1.2),
             "bow": 0.02 if stiff and not k else rooms.between(
                 rng, 0, 0.35),
             "base": rooms.between(rng, 0.03, 0.2)} for k in (0, 1)]


def folded(rng, page, facing, at):
    facing.image.save(at + ".facing.png")
    return {"kind": "booklet", "leaves": leaves(rng),
            "facing": at + ".facing.png",
            "cover": (rng.uniform(0.02, 0.25, 3) * (1, 0.4, 0.5)).tolist()}


def shown(rng, what, page, facing, at):
    """What lies there: its picture and its shape."""
    size = [page.width, page.height]
    td3 = page.width > 110
    spec = {"kind": "card", "thick": 0.076, "radius": 0.31,
            "bow": rooms.between(rng, 0, 0.08) if rng.random() < 0.4 else 0}
    surface, more = looks.surface(rng, td3), {}
    if what == "display":
        picture, size, pitch = looks.display(page, rng)
        spec.update(kind="display", thick=0.3, radius=0.05, bow=0)
        more = {"pitch": pitch}
        surface = {"strength": 1.2, "roughness": rooms.between(rng, 0, 0.3)}
    elif what == "print":
        picture, lines = looks.halftone(page, rng)
        more = {"lines_to_inch": lines}
        spec.update(thick=0.012, radius=0.02, bow=rooms.between(rng, 0, .15))
        surface.update(coat=0.0, roughness=0.7)
    else:
        picture = page.image
        if td3 and facing:
            spec.update(folded(rng, page, facing, at))
        if rng.random() < 0.6:
            surface["hologram"] = dict(looks.hologram(rng),
                                       mask=at + ".foil.png")
            looks.foil(page, rng).save(at + ".foil.png")
    picture.save(at + ".page.png")
    return dict(spec, size=[v / 10 for v in size], surface=surface,
                texture=at + ".page.png"), more


def strewn(rng, at):
    """Papers that a page lies on and among."""
    out = []
    for k in range(int(rng.integers(3, 6))):
        image, size = papers.sheet(rng)
        image.save("%s.sheet%d.png" % (at, k))
        out.append(dict(rooms.strewn(rng), size=[v / 10 for v in size],
                        texture="%s.sheet%d.png" % (at, k)))
    return out


def room(rng, number, what, at):
    """(where the page is, what of it Blender is told)."""
    where = ROOMS[(number // 2 + number % 2) % len(ROOMS)]
    spec = {"ground": rooms.table(rng, "cloth" if where == "cloth" else
                                  None)}
    if where == "keyboard":
        spec["keys"] = rooms.keyboard(rng)
    if where == "papers":
        spec["sheets"] = strewn(rng, at)
    return where, spec


def plainly(rng, spec):
    """Held or on a table, as the first pictures were."""
    held = spec["kind"] != "display" and rng.random() < 0.35
    return "hand" if held else "table", {}


def scene(half, what, number, at):
    """(page's truth, what Blender is told)."""
    frame, least, most, steepest = WHAT[what]
    page, facts, facing = (specimen if number % 2 else replica)(
        half, number + 100 * list(WHAT).index(what))
    rng = stream(facts["seed"], "render", what)
    spec, more = shown(rng, what, page, facing, at)
    first = frame[0] == 1600
    halved = bool(rng.random() < 0.4) if first else True
    where, about = plainly(rng, spec) if first else room(
        rng, number, what, at)
    held, wide = where == "hand", spec["kind"] == "booklet"
    share = rooms.between(rng, least - 0.05 * (first and wide),
                          most - 0.07 * (first and wide))
    lens = rooms.camera(rng, spec["size"], share, steepest)
    kind, lamps, world = rooms.lights(rng, lens)
    lost = rooms.aside(rng, lens, spec["size"], share, frame) \
        if not first and rng.random() < PARTLY else 0
    top = 0.25 if wide else spec["thick"]
    spec.update(
        above=rooms.between(rng, 6, 20) if held else 0.01,
        fingers=rooms.fingers(rng, spec["size"], top) if held else [],
        lights=lamps, world=world, camera=lens,
        frame=frame, samples=16 if what == "display" else 8 if first else 6,
        seed=facts["seed"])
    spec.update(about or {"ground": rooms.table(rng)})
    shot = rooms.shot(rng, halved)
    if what == "film":
        shot.update(rooms.film(rng))
    facts.update(what=what, shot=dict(
        shot, light=kind, table=spec["ground"]["kind"], held=held,
        where=where, lost=lost, share=share,
        tilt=lens["tilt"], view=lens["view"], far=lens["far"],
        surface={k: v for k, v in spec["surface"].items()
                 if k != "hologram"},
        foil="hologram" in spec["surface"], **more))
    return facts, spec, shot


def picture(args, number):
    name = "%s_%03d" % (args.what, number)
    here = os.path.join(args.folder, name)
    if os.path.exists(here + ".jpg"):
        return
    facts, spec, shot = scene(args.half, args.what, number, here)
    there = os.path.join(args.seen or args.folder, name)
    with open(here + ".spec", "w", encoding="utf-8") as file:
        file.write(json.dumps(spec).replace(here, there))
    with open(here + ".log", "w", encoding="utf-8") as log:
        subprocess.run(args.blender.split() + [
            "-b", "--python-exit-code", "1", "-t", "1", "-P",
            os.path.join(args.scripts or HERE, "scene.py"), "--",
            there + ".spec"], check=True, stdout=log, stderr=log)
    rendered = dict(np.load(here + ".npz"))
    # corners of the upright picture, clockwise from the page's top left
    facts["quad"] = rendered["points"][[0, 0, -1, -1], [0, -1, -1, 0]] \
        .round(1).tolist()
    jpeg = develop.developed(rendered, shot, stream(facts["seed"], "sensor"))
    with open(here + ".jpg", "wb") as file:
        file.write(jpeg)
    with open(here + ".json", "w", encoding="utf-8") as file:
        json.dump(facts, file, ensure_ascii=False)
    for path in glob.glob(glob.escape(here) + ".*"):
        if not args.keep and path.endswith((".png", ".npz", ".log")):
            os.remove(path)


def numbers(text):
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("half", choices=FIRST)
    parser.add_argument("folder")
    parser.add_argument("--what", choices=WHAT, default="genuine")
    parser.add_argument("--shots", type=numbers, default=range(40))
    parser.add_argument("--blender", default="blender")
    parser.add_argument("--seen", help="the folder as Blender sees it")
    parser.add_argument("--scripts", help="this one as Blender sees it")
    parser.add_argument("--keep", action="store_true", help="all files")
    args = parser.parse_args()
    os.makedirs(args.folder, exist_ok=True)
    for number in args.shots:
        picture(args, number)
    return 0


if __name__ == "__main__":
    sys.exit(main())
