#!/usr/bin/python3
"""How well and how fast zones are read, by level.

    bench/mrz.py [--count N] [--seed S] [--keep DIR]
    bench/mrz.py --pictures DIR     pictures that are there already
    bench/mrz.py --pictures DIR --markdown      as docs/accuracy.md has it
    bench/mrz.py --pictures DIR --rows FILE     keeps what the program said,
                                    and goes on where that ends


Seeds as in tools/specimen/README.md: 2 000 000 on is for choosing, which is
the default; 3 000 000 on is the final test, looked at once.

exact      all lines of the zone as printed, of the pictures that have one
error      share of characters wrong, a zone not found being all wrong
accepted   passes the checks of digits and structure, of what may be accepted
           (identity documents whose printed digits are right)
wrong      accepted and not exact
digits     read other than printed, yet with every check digit right
invented   a zone read where there is none
CPU        of finding and reading, without decoding the file
In brackets: 95 % interval by Wilson.
"""

import argparse
import collections
import glob
import json
import os
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path[0] = os.path.join(HERE, "lib")
from shares import distance, share, wilson  # noqa: E402

COLUMNS = ("file ms format accepted bad flaws repaired sure least margin "
           "lines").split()


def draw(args, out):
    """Pictures by the specimen generator, one level after the other."""
    maker = os.path.join(ROOT, "tools/specimen/make.py")
    jobs = []
    for i, level in enumerate(("L1", "L2", "L3", "L4")):
        jobs.append(subprocess.Popen(
            [sys.executable, maker, "--seed", str(args.seed + i * 100000),
             "--count", str(args.count), "--level", level, "--out", out],
            stdout=subprocess.DEVNULL))
        if len(jobs) >= args.jobs:
            jobs.pop(0).wait()
    for job in jobs:
        job.wait()


def rows_of(text):
    for row in text:
        said = dict(zip(COLUMNS, row.rstrip("\n").split("\t")))
        said.setdefault("lines", "")
        yield said["file"], said


def read(args, pictures):
    """What the program says of each picture, in order."""
    rows = {}
    if args.rows and os.path.exists(args.rows):
        with open(args.rows, encoding="utf-8") as file:
            rows.update(rows_of(file))
    left = [name for name in pictures if name not in rows]
    parts = [left[i::args.jobs] for i in range(args.jobs)]
    jobs = [subprocess.Popen([args.program, args.model], text=True,
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for _ in parts]
    for job, part in zip(jobs, parts):
        threading.Thread(target=tell, args=(job, part)).start()
    for job in jobs:
        said = job.stdout.read()
        rows.update(rows_of(said.splitlines()))
        if args.rows:
            with open(args.rows, "a", encoding="utf-8") as file:
                file.write(said)
        if job.wait():
            sys.exit("the reader ended with %d" % job.returncode)
    return [rows[name] for name in pictures]


def tell(job, names):
    job.stdin.write("".join(name + "\n" for name in names))
    job.stdin.close()


def lines_of(truth):
    return [line["text"] if isinstance(line, dict) else line
            for line in truth["lines"]]


def count(said, truth, tally, show):
    want = "|".join(lines_of(truth))
    got, accepted = said["lines"], said.get("accepted") == "1"
    tally["pictures"] += 1
    tally["ms"].append(float(said["ms"]))
    tally["accepted"] += accepted
    if not want:
        tally["invented"] += got != ""
        return
    tally["zones"] += 1
    tally["exact"] += got == want
    tally["characters"] += len(want)
    tally["errors"] += distance(want, got) if got else len(want)
    tally["missing"] += got == ""
    wrong = got != "" and got != want
    tally["wrong"] += wrong and accepted
    tally["digits"] += wrong and said["bad"] == "0" and \
        said["format"] != "none"
    if show and got != want:
        print(" ".join(said.get(c, "") for c in COLUMNS[:-1]))
        print("  " + want + "\n  " + "".join(
            "." if a == b else a for a, b in zip(got, want))
            + got[len(want):])


def table(levels):
    print("| level | all lines exact | letters wrong | accepted | of these "
          "wrong | right digits, not exact | ms, mean and p95 |\n"
          "|---|---|---|---|---|---|---|")
    whole = collections.defaultdict(int, ms=[])
    for level in sorted(levels):
        t = levels[level]
        for name, value in t.items():
            whole[name] += value
        if t["zones"]:
            row(level, t)
    row("all", whole)
    print("\nZones read where there is none: %d of %d pictures." % (
        whole["invented"], whole["pictures"] - whole["zones"]))
    if whole["accepted"]:
        print("Accepted but wrong: %d of %d, %.2f to %.2f in a thousand." % (
            whole["wrong"], whole["accepted"], *(1000 * v for v in wilson(
                whole["wrong"], whole["accepted"]))))


def row(level, t):
    ms = sorted(t["ms"])
    print("| %s | %s | %.2f %% | %d | %d | %d | %.0f, %.0f |" % (
        level, share(t["exact"], t["zones"]),
        100 * t["errors"] / t["characters"], t["accepted"], t["wrong"],
        t["digits"], sum(ms) / len(ms), ms[int(len(ms) * 0.95)]))


def report(level, t):
    ms = sorted(t["ms"])
    print("%s: %d pictures, %d with a zone" % (level, t["pictures"],
                                               t["zones"]))
    print("  exact     ", share(t["exact"], t["zones"], 2))
    if t["zones"]:
        print("  error      %.3f %% of %d characters; no zone found in %d" % (
            100 * t["errors"] / t["characters"], t["characters"],
            t["missing"]))
    print("  accepted  ", share(t["accepted"], t["pictures"], 2))
    print("  wrong      %d; with right digits %d; invented %d" % (
        t["wrong"], t["digits"], t["invented"]))
    print("  CPU        mean %.0f ms, median %.0f, p95 %.0f, most %.0f" % (
        sum(ms) / len(ms), ms[len(ms) // 2], ms[int(len(ms) * 0.95)], ms[-1]))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    add = parser.add_argument
    add("--program", default=os.path.join(ROOT, "build/tests/vision/mrz_bench"))
    add("--model", default=os.path.join(ROOT, "models/mrz.onnx"))
    add("--count", type=int, default=50)
    add("--seed", type=int, default=2100000)
    add("--jobs", type=int, default=2, help="processes")
    add("--keep")
    add("--pictures")
    add("--rows", metavar="FILE")
    add("--markdown", action="store_true")
    add("--show", action="store_true", help="what was read otherwise")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = args.pictures or args.keep or folder
        if not args.pictures:
            os.makedirs(out, exist_ok=True)
            draw(args, out)
        pictures = sorted(glob.glob(out + "/*.jpg"))
        levels = collections.defaultdict(
            lambda: collections.defaultdict(int, ms=[]))
        for picture, said in zip(pictures, read(args, pictures)):
            with open(picture[:-4] + ".json", encoding="utf-8") as file:
                truth = json.load(file)
            level = truth["level"] if truth["lines"] else "no zone"
            count(said, truth, levels[level], args.show)
    if args.markdown:
        table(levels)
        return
    for level in sorted(levels):
        report(level, levels[level])


if __name__ == "__main__":
    main()
