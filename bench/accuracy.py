#!/usr/bin/python3
"""Reads freshly drawn specimens and says how much was right, by level.

    bench/accuracy.py [--program P] [--count N] [--seed S] [--keep DIR]
    bench/accuracy.py --pictures DIR    pictures that are there already

Seeds from 3 000 000 on are the final test: look at them once, to state a
figure. Choices are made on 2 000 000 to 2 999 999, which is the default.
Counted for each level: pictures with a zone whose lines are all exact;
those reported as `read` that are not exact (wrongly accepted); printed
fields equal to the truth, other than the truth, and not reported.
"""

import argparse
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PRINTED = {"printed_surname": "surname", "printed_given_names": "given",
           "printed_number": "number", "printed_birth_date": "birth",
           "printed_expiry": "expiry"}
LEVELS = ("L1", "L2", "L3", "L4")
SHOW = False


def draw(args, out):
    maker = os.path.join(ROOT, "tools/specimen/make.py")
    for i, level in enumerate(LEVELS):
        subprocess.run([maker if os.access(maker, os.X_OK) else sys.executable]
                       + ([] if os.access(maker, os.X_OK) else [maker])
                       + ["--seed", str(args.seed + i * args.count), "--count",
                          str(args.count), "--level", level, "--out", out],
                       check=True, stdout=subprocess.DEVNULL)


def read(program, pictures):
    """What the program says of each picture, in batches."""
    out = []
    for i in range(0, len(pictures), 20):
        batch = pictures[i:i + 20]
        done = subprocess.run([program, "--json"] + batch,
                              stdout=subprocess.PIPE, check=False)
        said = json.loads(done.stdout)
        out += said if isinstance(said, list) else [said]
    return out


def fold(text):
    text = text.translate(str.maketrans("łŁøØđĐ", "lLoOdD"))
    text = "".join(c for c in unicodedata.normalize("NFD", text)
                   if not unicodedata.combining(c))
    return re.sub("[^A-Z0-9]", "", text.upper())


def expected(truth, name):
    """The printed value as findings give it; None when it is not there."""
    if name not in truth["fields"]:
        return None
    if name in ("birth", "expiry"):
        return truth["person"][name]
    return truth["fields"][name]["text"]


def count_fields(said, truth, tally):
    got = {f["name"]: f["text"] for f in said["fields"]}
    for finding, name in PRINTED.items():
        want = expected(truth, name)
        if want is None:
            continue
        if finding not in got:
            tally[name, "missing"] += 1
            if SHOW:
                print(said["file"], name, "not reported:", repr(want))
        elif fold(got[finding]) != fold(want):
            tally[name, "other"] += 1
            if SHOW:
                print(said["file"], name, repr(got[finding]), "for",
                      repr(want))
        else:
            tally[name, "right"] += 1
            plain = re.sub("[ ,]+", " ", want)
            tally[name, "accents"] += got[finding].replace(",", "") == plain


def count(said, truth, tally):
    tally["pictures"] += 1
    if truth["lines"]:
        lines = [line["text"] if isinstance(line, dict) else line
                 for line in truth["lines"]]
        exact = said["mrz"]["lines"] == lines
        tally["zones"] += 1
        tally["exact"] += exact
        tally["read"] += said["verdict"] == "read"
        tally["wrong"] += said["verdict"] == "read" and not exact
        tally["wrong digits pass"] += (not exact and
                                       said["mrz"]["digits"] == "pass")
    elif said["mrz"]["lines"]:
        tally["invented zone"] += 1
    if not (truth["format"] == "TD1" and truth["lines"]):
        count_fields(said, truth, tally)


def share(part, whole):
    return "%5.1f %% (%d of %d)" % (100 * part / whole, part, whole) \
        if whole else "-"


def report(level, tally):
    print("%s: %d pictures, %d with a zone" % (
        level, tally["pictures"], tally["zones"]))
    print("  lines all exact      ", share(tally["exact"], tally["zones"]))
    print("  reported as read     ", share(tally["read"], tally["zones"]))
    print("  of these not exact    %d; right digits on a wrong zone %d; zone "
          "invented %d" % (tally["wrong"], tally["wrong digits pass"],
                           tally["invented zone"]))
    for name in PRINTED.values():
        right, other = tally[name, "right"], tally[name, "other"]
        whole = right + other + tally[name, "missing"]
        extra = "" if name not in ("surname", "given") else \
            ", accents too %d" % tally[name, "accents"]
        print("  %-9s right %s, other %d, not reported %d%s" % (
            name, share(right, whole), other, tally[name, "missing"], extra))


def main():
    global SHOW
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default=os.path.join(
        ROOT, "build/src/cli/paraph-inspect"))
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seed", type=int, default=2100000)
    parser.add_argument("--keep")
    parser.add_argument("--pictures")
    parser.add_argument("--show", action="store_true",
                        help="what was read otherwise than it is")
    args = parser.parse_args()
    SHOW = args.show
    with tempfile.TemporaryDirectory() as folder:
        out = args.pictures or args.keep or folder
        if not args.pictures:
            draw(args, out)
        pictures = sorted(glob.glob(out + "/*.jpg"))
        levels = collections.defaultdict(collections.Counter)
        for picture, said in zip(pictures, read(args.program, pictures)):
            with open(picture[:-4] + ".json", encoding="utf-8") as file:
                truth = json.load(file)
            before = levels[truth["level"]]["exact"]
            count(said, truth, levels[truth["level"]])
            if args.show and truth["lines"] and \
                    levels[truth["level"]]["exact"] == before:
                print(picture, truth["level"], said["verdict"],
                      said["mrz"]["lines"])
        for level in sorted(levels):
            report(level, levels[level])


if __name__ == "__main__":
    main()
