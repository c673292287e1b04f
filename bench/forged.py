#!/usr/bin/python3
"""Genuine and forged specimens before the fraud checks: how many are flagged.

    bench/forged.py [--program P] [--seed S] [--count N] [--levels L1,L2,L3]
    bench/forged.py --pictures DIR      pictures that are there already

Seeds from 3 000 000 on are the final test: look at them once, to state a
figure. For each check and each kind put before it: pictures flagged (`warn`
or `fail`), pictures that it judged, pictures there were, with the 95 %
interval of Wilson. What a check calls unsure it did not judge.
"""

import argparse
import collections
import glob
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
KINDS = {   # what is put before the checks: the checks that should see it
    "": ("copied_glyphs", "field_retouched", "mrz_print", "portrait_edge",
         "portrait_ghost", "validity_period"),
    "edited": ("field_retouched",),
    "glyphs": ("copied_glyphs",),
    "pasted": ("portrait_edge", "portrait_ghost"),
    "retyped": ("field_retouched",),
    "swapped": ("portrait_ghost",),
    "zone_font": ("mrz_print",),
    "zone_pitch": ("mrz_print",),
}


def wilson(part, whole):
    """The 95 % interval of a share."""
    if not whole:
        return 0.0, 1.0
    z, p = 1.96, part / whole
    middle = p + z * z / (2 * whole)
    wide = z * (p * (1 - p) / whole + z * z / (4 * whole ** 2)) ** 0.5
    below = 1 + z * z / whole
    return max(0, (middle - wide) / below), (middle + wide) / below


def draw(args, out):
    maker = os.path.join(ROOT, "tools/specimen/make.py")
    levels, seed = args.levels.split(","), args.seed
    for kind in KINDS:
        for level in levels:
            order = ["--forge", kind] if kind else []
            subprocess.run([sys.executable, maker, "--seed", str(seed),
                            "--count", str(args.count), "--level", level,
                            "--out", out] + order, check=True)
            seed += args.count


def kind_of(truth):
    """What was put before the checks on this side; None: something else."""
    if not truth["flaws"]:
        return ""
    return truth["flaws"][0] if truth["flaws"][0] in KINDS else None


def said_of(program, path):
    side = ["--side", "back"] if path.endswith("_back.jpg") else []
    done = subprocess.run([program, "--json"] + side + [path],
                          stdout=subprocess.PIPE, check=False)
    return {c["name"]: c for c in json.loads(done.stdout)["checks"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=os.path.join(
        ROOT, "build/src/cli/paraph-inspect"))
    parser.add_argument("--seed", type=int, default=2_420_000)
    parser.add_argument("--count", type=int, default=5)
    parser.add_argument("--levels", default="L1,L2,L3")
    parser.add_argument("--pictures")
    args = parser.parse_args()
    tally = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        out = args.pictures or folder
        if not args.pictures:
            draw(args, out)
        for path in sorted(glob.glob(out + "/*.jpg")):
            with open(path[:-4] + ".json") as file:
                kind = kind_of(json.load(file))
            said = said_of(args.program, path) if kind in KINDS else {}
            for check in KINDS.get(kind, ()):
                verdict = said.get(check, {}).get("verdict", "unsure")
                tally[check, kind, "there"] += 1
                tally[check, kind, "judged"] += verdict != "unsure"
                tally[check, kind, "flagged"] += verdict in ("warn", "fail")
    for check, kind in sorted({key[:2] for key in tally}):
        flagged, judged, there = (tally[check, kind, name] for name in
                                  ("flagged", "judged", "there"))
        low, high = wilson(flagged, judged)
        print("| %s | %s | %d of %d judged (%.0f to %.0f %%), of %d |" % (
            check, kind or "genuine", flagged, judged, 100 * low, 100 * high,
            there))


if __name__ == "__main__":
    main()
