#!/usr/bin/python3
"""What the whole road from a picture file makes of pictures that
tools/specimen/make.py drew at full size: rows what they were, columns what
they were taken for: all, those that are likely, those that are sure; and the
CPU it took.

    ninja -C build tests/vision/bench_fraud
    tools/train-kind/whole.py /tmp/tuning
"""

import collections
import glob
import json
import os
import statistics
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
CLASSES = ("passport_page", "card_front", "card_back", "other", "none")
FORMAT = {"TD3": "passport_page", "MRVA": "other", "MRVB": "other",
          None: "none"}
LIKELY, SURE = 0.5, 0.9     # as src/checks/kind_seen.c


def truth(path):
    with open(path[:-4] + ".json") as file:
        facts = json.load(file)
    kind = FORMAT.get(facts["format"])
    return kind or ("card_back" if facts["side"] == "back" else "card_front")


def main():
    paths = sorted(glob.glob(os.path.join(sys.argv[1], "*.jpg")))
    said = subprocess.run(
        [os.path.join(ROOT, "build/tests/vision/bench_fraud"),
         os.path.join(ROOT, "models"), *paths], stdout=subprocess.PIPE,
        text=True, check=True).stdout.splitlines()
    tables = {"all": (0, collections.Counter()),
              "likely": (LIKELY, collections.Counter()),
              "sure": (SURE, collections.Counter())}
    times = []
    for row in map(json.loads, said):
        was = truth(row["file"])
        for least, counts in tables.values():
            counts[was, row["kind_seen"]] += row["kind_seen_sure"] >= least
        times.append(row["cpu_kind"])
        if row["kind_seen"] != was and row["kind_seen_sure"] >= SURE:
            print("surely wrong: %s" % row["file"])
    for title, (_, counts) in tables.items():
        print("%-10s%s" % (title, "".join("%14s" % c for c in CLASSES)))
        for was in CLASSES:
            print("%14s" % was + "".join(
                "%8d      " % counts[was, c] for c in CLASSES))
    print("%d pictures; CPU %.1f ms median, %.1f most" % (
        len(times), statistics.median(times), max(times)))


if __name__ == "__main__":
    main()
