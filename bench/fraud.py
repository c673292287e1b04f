#!/usr/bin/python3
"""False alarms and misses of every fraud check, from genuine and forged pairs.

    bench/fraud.py --draw DIR [--seed S] [--count N]    draws the pictures
    bench/fraud.py DIR [--markdown] [--json FILE]       measures and counts
    bench/fraud.py --again FILE [--markdown]            counts once more

Drawn are genuine pages of all levels and, of the same seeds, each forgery:
--count pages a level. Seeds from 3 000 000 on are the final test: look at them
once, to state a figure; thresholds are chosen on 2 000 000 to 2 999 999.
Counted for each check and each kind put before it: pictures flagged (`warn`
or `fail`; `not_screen` flags by `unsure` with a value above its threshold),
pictures that it judged, pictures there were, Wilson's interval of 95 %. What a
check calls unsure it did not judge. Last, processor milliseconds by look.
"""

import argparse
import collections
import glob
import json
import math
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path[0] = os.path.join(HERE, "lib")
from shares import share  # noqa: E402

LEVELS = ("L1", "L2", "L3", "L4", "scan")
# kind: its share of the pages, the side it touches ("any": both), the checks
# that should see it
KINDS = {
    "genuine": (1, "any", ()),
    "retyped": (1, "front", ("field_retouched",)),
    "edited": (0.5, "front", ("field_retouched", "file_traces")),
    "glyphs": (0.4, "front", ("copied_glyphs",)),
    "pasted": (0.4, "front", ("portrait_edge", "portrait_ghost")),
    "swapped": (1, "ghost", ("portrait_ghost",)),
    "zone_font": (0.3, "zone", ("mrz_print",)),
    "zone_pitch": (0.3, "zone", ("mrz_print",)),
    "grey": (0.4, "front", ("not_grey",)),
    "print": (0.6, "any", ("not_printed_copy",)),
    "screen": (0.6, "any", ("not_screen",)),
}
APART = 1000    # seeds of one level from those of the next
CAMERA_ONLY = ("print", "screen")   # a scanner has no such pictures
CHECKS = ("copied_glyphs", "field_retouched", "file_traces", "mrz_print",
          "not_grey", "not_printed_copy", "not_screen", "portrait_edge",
          "portrait_ghost")


# -- drawing ---------------------------------------------------------------

def wanted(page, side):
    return {"any": True, "front": page.portrait is not None,
            "ghost": page.ghost is not None,
            "zone": bool(page.lines)}[side]


def draw_one(specimens, kind, seed, level, out):
    side, wishes = KINDS[kind][1], {"level": level}
    if kind != "genuine":
        wishes["forge"] = [kind]
    for page in specimens.draw(seed, **wishes):
        if not wanted(page, side):
            continue
        name = os.path.join(out, "%s_%s_%d_%s" % (kind, level, seed,
                                                  page.side))
        if os.path.exists(name + ".json"):
            continue
        photo = specimens.photograph(page, 0, level)
        with open(name + ".jpg", "wb") as file:
            file.write(photo.jpeg)
        with open(name + ".json", "w", encoding="utf-8") as file:
            json.dump({"kind": kind, **photo.truth}, file)


def draw(args):
    sys.path.insert(0, os.path.join(ROOT, "tools/specimen"))
    import specimens
    os.makedirs(args.draw, exist_ok=True)
    for kind in args.kinds.split(","):
        part = KINDS[kind][0]
        for i, level in enumerate(LEVELS):
            if kind in CAMERA_ONLY and level == "scan":
                continue
            first = args.seed + i * APART
            for seed in range(first, first + math.ceil(part * args.count)):
                draw_one(specimens, kind, seed, level, args.draw)


# -- measuring -------------------------------------------------------------

def measure(program, folder):
    """What the program says of each picture, with the picture's truth."""
    out = []
    files = sorted(glob.glob(folder + "/*.jpg"))
    for at in range(0, len(files), 40):
        done = subprocess.run([program, ROOT + "/models"] +
                              files[at:at + 40], check=True,
                              stdout=subprocess.PIPE).stdout.decode()
        for line in done.splitlines():
            said = json.loads(line)
            with open(said["file"][:-4] + ".json", encoding="utf-8") as file:
                said["truth"] = json.load(file)
            out.append(said)
    return out


# -- counting --------------------------------------------------------------

def flagged(one):
    """not_screen never says more than a doubt: by what it measured."""
    above = one.get("value", 0) > one.get("threshold", math.inf)
    return one["verdict"] in ("warn", "fail") or (
        one["verdict"] == "unsure" and one["check"] == "not_screen" and above)


def judged(one):
    return one["verdict"] != "unsure" or flagged(one)


def flagged_of_judged(rows):
    return share(sum(map(flagged, rows)), sum(map(judged, rows)), 0)


def kind_of(said):
    kind = said["truth"]["kind"]
    dot = said["truth"].get("pixels_a_dot")
    if kind in CAMERA_ONLY and dot:
        kind += " below 1 pixel" if dot < 1 else " 1 pixel and more"
    return kind


def table(head, rows, markdown):
    rows = [head] + rows
    if markdown:
        rows.insert(1, ["---"] * len(head))
        for row in rows:
            print("| %s |" % " | ".join(row))
        return
    wide = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for row in rows:
        print("  ".join(cell.ljust(w) for cell, w in zip(row, wide)).rstrip())


def count(pictures, markdown):
    by = collections.defaultdict(list)
    levels = collections.defaultdict(list)
    for said in pictures:
        for check in CHECKS:
            one = dict(said["checks"][check], check=check)
            by[check, kind_of(said)].append(one)
            levels[check, kind_of(said), said["truth"]["level"]].append(one)
    rows = []
    for check, kind in sorted(by, key=lambda k: (k[0], k[1] != "genuine",
                                                 k[1])):
        if kind != "genuine" and check not in \
                KINDS[kind.split(" ")[0]][2]:
            continue
        all_of = by[check, kind]
        each = [levels[check, kind, level] for level in LEVELS]
        rows.append([check, kind, flagged_of_judged(all_of),
                     str(len(all_of))] + [
            "%d/%d" % (sum(map(flagged, one)), sum(map(judged, one)))
            for one in each])
    table(["check", "put before it", "flagged of judged", "pictures",
           *LEVELS], rows, markdown)


def times(pictures):
    looks = sorted({k for said in pictures for k in said if
                    k.startswith("cpu_")})
    for look in looks:
        t = sorted(said[look] for said in pictures if look in said)
        print("CPU ms, %-10s median %.1f, p95 %.1f" % (
            look[4:], statistics.median(t), t[int(0.95 * (len(t) - 1))]))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--program",
                        default=ROOT + "/build/tests/vision/bench_fraud")
    parser.add_argument("--draw", metavar="DIR")
    parser.add_argument("--seed", type=int, default=2_600_000)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--json", metavar="FILE", help="all that was said")
    parser.add_argument("--again", metavar="FILE")
    args = parser.parse_args()
    if args.draw:
        draw(args)
        return
    if args.again:
        with open(args.again, encoding="utf-8") as file:
            pictures = json.load(file)
    elif args.folder:
        pictures = measure(args.program, args.folder)
    else:
        parser.error("a folder, --draw or --again")
    if args.json:
        with open(args.json, "w", encoding="utf-8") as file:
            json.dump(pictures, file)
    count(pictures, args.markdown)
    times(pictures)


if __name__ == "__main__":
    main()
