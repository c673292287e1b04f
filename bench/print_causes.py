#!/usr/bin/python3
"""Why printed fields are not read: by field and level, with the cause.

    bench/print_causes.py FOLDER...     pictures with their truth beside them

Asks `paraph inspect` for what it reports and print_bench for the pieces of
print it saw, and says of each field that is not exact what was in the way:

page      the document's outline was not found (no piece lies on any field)
line      no piece of print lies on the field, though on others
cut       pieces lie on it, but it is parted or joined with something else
letters   a piece is the field, its letters were misread
label     it was read right there, and not taken: its label or place not known
sure      it was read right there, with too little certainty
other     something else was reported

Accents count apart: `exact` has them, `right` does not.
"""

import argparse
import collections
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path[0] = os.path.join(HERE, "lib")
from pictures import fold, inspect, load, printed_truth  # noqa: E402

FIELDS = {"surname": "surname", "given": "given_names", "number": "number",
          "birth": "birth_date", "expiry": "expiry"}


class Pieces:
    """print_bench, one picture after another."""

    def __init__(self, program, models):
        self.run = subprocess.Popen([program, models], text=True,
                                    stdin=subprocess.PIPE,
                                    stdout=subprocess.PIPE)

    def of(self, picture):
        self.run.stdin.write("picture %s\npieces\n" % picture)
        self.run.stdin.flush()
        self.run.stdout.readline()
        out = []
        while True:
            parts = self.run.stdout.readline().rstrip("\n").split(" ", 12)
            if parts[0] == "end":
                return out
            out.append({"label": parts[0], "sure": float(parts[1]),
                        "at": (float(parts[2]), float(parts[3])),
                        "quad": [float(p) for p in parts[4:12]],
                        "text": parts[12] if len(parts) > 12 else ""})


def inside(quad, x, y, slack=0.0):
    """Whether a point lies in a convex quad, its sides moved outwards by a
    share of its height."""
    sides = []
    for (ax, ay), (bx, by) in zip(quad, quad[1:] + quad[:1]):
        length = max(1e-6, ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)
        sides.append(((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length)
    height = ((quad[0][0] - quad[3][0]) ** 2 +
              (quad[0][1] - quad[3][1]) ** 2) ** 0.5
    sign = 1 if sum(sides) > 0 else -1
    return all(sign * s > -slack * height for s in sides)


def on(piece, quad):
    """A piece lies on a field: its middle in it, or the field's in it."""
    own = [tuple(piece["quad"][i:i + 2]) for i in range(0, 8, 2)]
    middle = (sum(p[0] for p in quad) / 4, sum(p[1] for p in quad) / 4)
    return inside(quad, *piece["at"], 0.25) or inside(own, *middle)


def same(text, truth, name):
    want = printed_truth(truth, name)
    raw = truth["fields"][name]["text"]
    return fold(text) in (fold(want), fold(raw))


def cause(truth, name, pieces, reported):
    if reported is not None:
        return "other"
    if not any(on(p, f["quad"]) for f in truth["fields"].values()
               for p in pieces):
        return "page"
    mine = [p for p in pieces if on(p, truth["fields"][name]["quad"])]
    if not mine:
        return "line"
    raw = fold(truth["fields"][name]["text"])
    for p in mine:
        if same(p["text"], truth, name):
            return "sure" if p["sure"] < 0.6 else "label"
    if any(abs(len(fold(p["text"])) - len(raw)) <= max(1, len(raw) // 8)
           for p in mine):
        return "letters"
    return "cut"


def measure(args):
    tally, rows = collections.Counter(), []
    pieces = Pieces(args.pieces, args.models)
    for folder in args.folders:
        for picture, truth in load(folder):
            if truth["flaws"] or truth.get("side") == "back":
                continue
            said = inspect(args.program, picture, "front")[0]
            got = {f["name"]: f["text"] for f in said["fields"]}
            seen = None
            for name, finding in FIELDS.items():
                want = printed_truth(truth, name)
                if want is None:
                    continue
                key = truth["level"], name
                text = got.get("printed_" + finding)
                tally[key + ("all",)] += 1
                right = fold(text or "") == fold(want)
                tally[key + ("right",)] += right
                if right:
                    raw = want if name in ("birth", "expiry", "number") \
                        else truth["fields"][name]["text"]
                    exact = name in ("number",) or \
                        text.upper() == raw.upper().replace(",", "")
                    tally[key + ("exact",)] += exact
                    if not exact:
                        rows.append((picture, name, "accent", raw, text))
                    continue
                if seen is None:
                    seen = pieces.of(picture)
                why = cause(truth, name, seen, text)
                tally[key + (why,)] += 1
                near = [p["text"] for p in seen
                        if on(p, truth["fields"][name]["quad"])]
                rows.append((picture, name, why,
                             truth["fields"][name]["text"],
                             text if text else near))
    return tally, rows


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("folders", nargs="+")
    add("--program", default=os.path.join(ROOT, "build/src/cli/paraph-inspect"))
    add("--pieces", default=os.path.join(
        ROOT, "build/tests/vision/print_bench"))
    add("--models", default=os.path.join(ROOT, "models"))
    add("--show", action="store_true", help="each field that is not exact")
    args = parser.parse_args()
    tally, rows = measure(args)
    for level, name in sorted({k[:2] for k in tally}):
        whole = tally[level, name, "all"]
        print("%-5s %-8s right %3d exact %3d of %3d  %s" % (
            level, name, tally[level, name, "right"],
            tally[level, name, "exact"], whole,
            ", ".join("%s %d" % (k[2], n) for k, n in sorted(tally.items())
                      if k[:2] == (level, name) and k[2] not in
                      ("all", "right", "exact"))))
    if args.show:
        for picture, *row in rows:
            print(os.path.basename(picture), *row, sep="  ")


if __name__ == "__main__":
    main()
