#!/usr/bin/python3
"""Is a zone's value recognised in the print, and is another one refused?

    bench/print.py FOLDER...    pictures with their truth beside them

For each printed surname, given names, number, birth date and expiry of a
picture (tools/specimen) this asks for the true value as a zone spells it, for
the same with one character altered, and for the value of the next person.
Accepted: the value's score is at least MATCH_LEAST of printed_parts.h, for a
short name SHORT_LEAST (its score is lowered by the difference), as the reader
does it. By level and field: accepted of asked; a curve of thresholds
with --curve. Altered characters are drawn by a fixed seed.
"""

import argparse
import collections
import glob
import json
import os
import random
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(ROOT, "tools/specimen"))
import mrz  # noqa: E402

FIELDS = {"surname": "name", "given": "name", "number": "number",
          "birth": "date", "expiry": "date"}
KINDS = ("true", "altered", "other's")


def constant(name):
    path = os.path.join(ROOT, "src/vision/print/printed_parts.h")
    with open(path, encoding="utf-8") as file:
        return float(re.search(r"#define %s (-?[0-9.]+)" % name,
                               file.read()).group(1))


def spelled(truth, field):
    """The value as a zone has it; None when it is not printed there."""
    if field not in truth["fields"]:
        return None
    if FIELDS[field] == "date":
        return truth["person"][field]
    if field == "number":
        return re.sub("[^A-Z0-9]", "", truth["person"][field].upper())
    return mrz.fold(truth["person"][field]).replace("<", " ")


def alter(value, rng):
    """One letter or digit changed into another of its sort; a date stays
    one."""
    while True:
        at = rng.randrange(len(value))
        old = value[at]
        if old.isdigit():
            new = rng.choice("0123456789")
        elif old.isalpha():
            new = rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        else:
            continue
        changed = value[:at] + new + value[at + 1:]
        date = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", changed)
        if date and not (1900 <= int(date[1]) < 2100 and
                         1 <= int(date[2]) <= 12 and
                         1 <= int(date[3]) <= 31):
            continue
        if {old, new} in ({"0", "O"}, {"1", "I"}, {old}):
            continue
        return changed


class Program:
    def __init__(self, args):
        self.run = subprocess.Popen(
            [args.program, args.models], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, line):
        self.run.stdin.write(line + "\n")
        self.run.stdin.flush()
        return self.run.stdout.readline().split()[-1]


def truths(folders):
    out = []
    for folder in folders:
        for path in sorted(glob.glob(folder + "/*.jpg")):
            with open(path[:-4] + ".json", encoding="utf-8") as file:
                truth = json.load(file)
            if truth["fields"] and not truth["flaws"] and \
                    not truth.get("side") == "back":
                out.append((path, truth))
    return out


def next_value(all_truths, i, field, own):
    for k in range(1, len(all_truths)):
        other = spelled(all_truths[(i + k) % len(all_truths)][1], field)
        if other and other != own:
            return other
    return None


def measure(args):
    program, rng = Program(args), random.Random(7)
    pictures = truths(args.folders)
    scores, times = collections.defaultdict(list), []
    for i, (path, truth) in enumerate(pictures):
        times.append(float(program.ask("picture " + path)))
        for field, kind in FIELDS.items():
            value = spelled(truth, field)
            if not value:
                continue
            asked = {"true": value, "altered": alter(value, rng),
                     "other's": next_value(pictures, i, field, value)}
            for name, text in asked.items():
                if text:
                    score = float(program.ask("%s %s" % (kind, text)))
                    if kind == "name" and \
                            len(text) <= constant("SHORT_NAME"):
                        score += constant("MATCH_LEAST") - \
                            constant("SHORT_LEAST")
                    scores[truth["level"], field, name].append(score)
                    if args.show and (score >= args.least) != \
                            (name == "true"):
                        print(path, field, name, text, score)
    return scores, times


def share(values, least):
    count = sum(v >= least for v in values)
    return "%d of %d (%.1f %%)" % (count, len(values),
                                   100 * count / len(values))


def report(scores, times, args):
    for level in sorted({key[0] for key in scores}):
        for field in FIELDS:
            parts = ["%s %s" % (kind, share(scores[level, field, kind],
                                            args.least))
                     for kind in KINDS if scores[level, field, kind]]
            if parts:
                print("%s %-8s %s" % (level, field, ", ".join(parts)))
    for kind in KINDS:
        values = [v for key, vs in scores.items() if key[2] == kind
                  for v in vs]
        if values:
            print("all %-8s accepted %s" % (kind, share(values, args.least)))
        for least in args.curve or ():
            print("    at %5.1f: %s" % (least, share(values, least)))
    times.sort()
    if times:
        print("finding and reading, ms of processor: median %.0f, p95 %.0f" % (
            times[len(times) // 2], times[len(times) * 95 // 100]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("folders", nargs="+")
    add("--program", default=os.path.join(
        ROOT, "build/tests/vision/print_bench"))
    add("--models", default=os.path.join(ROOT, "models"))
    add("--least", type=float, default=constant("MATCH_LEAST"))
    add("--curve", type=float, nargs="*")
    add("--show", action="store_true")
    args = parser.parse_args()
    report(*measure(args), args)


if __name__ == "__main__":
    main()
