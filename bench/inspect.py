#!/usr/bin/env python3
"""From a file to findings, on one core: medians, in milliseconds.

    bench/inspect.py [--runs N] [--program P]

`wall` is what the command says a file took, with starting its process and
its cage; `cpu` is what the whole command used less what it uses to load its
networks (a run over a broken file), which is the better figure on a busy
machine. Memory is the largest resident set of one reading, networks
included.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PICTURES = (
    ("12 megapixels, passport", "td3_uto_12mp"),
    ("12 megapixels, back of a card", "td1_fra_12mp_back"),
    ("12 megapixels, front of a card", "td1_fra_12mp_front"),
    ("2 megapixels, passport", "td3_uto_eriksson"),
    ("2 megapixels, back of a card", "td1_bel_back"),
    ("2 megapixels, front of a card", "td1_deu_front"),
    ("2 megapixels, no document", "desk_only"),
)


def used():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (usage.ru_utime + usage.ru_stime)


def run(program, picture):
    before = used()
    done = subprocess.run(["taskset", "-c", "0", program, "--json", picture],
                          stdout=subprocess.PIPE, check=False)
    return used() - before, json.loads(done.stdout)


def measure(program, picture, runs, idle):
    cpu, wall, parts = [], [], []
    for _ in range(runs):
        spent, said = run(program, picture)
        cpu.append(spent - idle)
        wall.append(said["timing_ms"]["total"])
        parts.append([said["timing_ms"][k]
                      for k in ("decode", "mrz", "printed")])
    middle = [statistics.median(p) for p in zip(*parts)]
    return statistics.median(cpu), statistics.median(wall), middle


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--program", default=os.path.join(
        ROOT, "build/src/cli/paraph-inspect"))
    args = parser.parse_args()
    with tempfile.NamedTemporaryFile(suffix=".jpg") as broken:
        broken.write(b"\xff\xd8\xff")
        broken.flush()
        idle = statistics.median(run(args.program, broken.name)[0]
                                 for _ in range(5))
    print("load average %.1f; loading networks uses %.0f ms" % (
        os.getloadavg()[0], idle))
    print("%-32s %8s %8s   %s" % ("", "cpu", "wall",
                                  "wall of decode, zone, print"))
    for title, name in PICTURES:
        picture = os.path.join(ROOT, "tests/specimens", name + ".jpg")
        cpu, wall, parts = measure(args.program, picture, args.runs, idle)
        print("%-32s %8.0f %8.0f   %s" % (title, cpu, wall, ", ".join(
            "%.0f" % p for p in parts)))
    print("largest resident set %.0f MB" % (resource.getrusage(
        resource.RUSAGE_CHILDREN).ru_maxrss / 1024))


if __name__ == "__main__":
    main()
