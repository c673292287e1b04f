#!/usr/bin/env python3
"""CPU seconds, peak memory and verdicts of `paraph inspect` on recordings; with
a truth beside a recording (tools/faces), what was asked is told, and checks
are counted by kind.

usage: recordings.py PROGRAM FILE...    (recordings, or truths as .json)
"""
import collections
import json
import os
import resource
import subprocess
import sys


def look(program, path, truth):
    words = [program, "--json", "--part", truth.get("part", "face")]
    if truth.get("prompts"):
        words += ["--challenge", " ".join(
            "%s@%d" % (p["name"], p["shown_ms"]) for p in truth["prompts"])]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(words + [path], stdout=subprocess.PIPE,
                          check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(done.stdout), cpu, after.ru_maxrss / 1024


def main():
    program, paths = sys.argv[1], sys.argv[2:]
    kinds = collections.defaultdict(collections.Counter)
    for path in paths:
        truth = {}
        if path.endswith(".json"):
            with open(path, encoding="utf-8") as file:
                truth = json.load(file)
            path = os.path.join(os.path.dirname(path), truth["file"])
        said, cpu, most = look(program, path, truth)
        length = said["findings"].get("recording_seconds", 0)
        bad = {c["name"]: c["verdict"] for c in said["checks"]
               if c["verdict"] != "pass"}
        print("%s: %.1f s long, %.2f CPU s, at most %.0f MB so far, %s" % (
            os.path.basename(path), length, cpu, most, bad or "all pass"))
        kind = kinds[truth.get("kind", "unknown")]
        kind["recordings"] += 1
        kind.update("%s %s" % pair for pair in bad.items())
        kind["all strong pass"] += said["verdict"] == "read"
    for kind, counts in sorted(kinds.items()):
        print(kind, dict(counts))


if __name__ == "__main__":
    main()
