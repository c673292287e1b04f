#!/usr/bin/env python3
"""False alarms and misses of the checks for copies, with counts.

    bench/fraud.py [--program P] FOLDER...

Each folder holds pictures with their truth beside them (NAME.json), made by
tools/train-screen/photos.py or tools/specimen/make.py. Intervals are Wilson's,
95 %. The last lines are CPU milliseconds by look.
"""

import argparse
import collections
import glob
import json
import math
import os
import statistics
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CHECKS = ("not_grey", "not_screen", "not_printed_copy", "file_traces")
LOOKS = ("grey", "network", "screen", "traces")


def kind_of(facts):
    if "kind" in facts:
        return facts["kind"]
    flaws = [f for f in facts["flaws"] if f in ("grey", "print", "screen")]
    return flaws[0] if flaws else "genuine"


def measured(program, folders):
    """(kind, what the program said) of every picture."""
    files = sorted(sum((glob.glob(f + "/*.jpg") for f in folders), []))
    out = subprocess.run([program, ROOT + "/models"] + files, check=True,
                         stdout=subprocess.PIPE).stdout.decode()
    for line in out.splitlines():
        said = json.loads(line)
        with open(said["file"][:-4] + ".json", encoding="utf-8") as file:
            facts = json.load(file)
        yield kind_of(facts), facts, said


def interval(k, n):
    if n == 0:
        return "-"
    z, p = 1.96, k / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / \
        (1 + z * z / n)
    return "%d of %d (%.0f to %.0f %%)" % (
        k, n, 100 * max(0, middle - half), 100 * min(1, middle + half))


def resolution(facts):
    """How many pixels of the picture a display's or printer's dot has."""
    dot = facts.get("pixels_a_dot")
    if not dot:
        return ""
    return " below 1 pixel" if dot < 1 else " 1 to 2 pixels" if dot < 2 \
        else " 2 pixels and more"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--program",
                        default=ROOT + "/build/tests/vision/bench_fraud")
    args = parser.parse_args()
    flagged = collections.defaultdict(collections.Counter)
    why = collections.defaultdict(collections.Counter)
    counts = collections.Counter()
    times = collections.defaultdict(list)
    for kind, facts, said in measured(args.program, args.folders):
        names = {kind, kind + resolution(facts)}
        for name in names:
            counts[name] += 1
        for check in CHECKS:
            if said[check] != "pass":
                why[kind][check + ": " + said[check + "_why"]] += 1
                for name in names:
                    flagged[name][check] += 1
        for look in LOOKS:
            times[look].append(said["cpu_" + look])
    for kind in sorted(counts):
        print(kind)
        for check in CHECKS:
            print("    %-18s %s" % (check, interval(
                flagged[kind][check], counts[kind])))
        for reason, n in sorted(why.get(kind, {}).items()):
            print("        %3d  %s" % (n, reason))
    for look in LOOKS:
        t = sorted(times[look])
        print("CPU ms, %-10s median %.1f, p95 %.1f" % (
            look, statistics.median(t), t[int(0.95 * (len(t) - 1))]))


if __name__ == "__main__":
    main()
