#!/usr/bin/env python3
"""CPU seconds, peak memory and verdicts of `paraph inspect` on recordings; how
much of it is loading, which the inspector does once, and how much each second
of a recording costs. With a truth beside a recording (tools/faces), what was
asked is told, and checks are counted by kind.

usage: recordings.py PROGRAM FILE...    (recordings, or truths as .json)
"""
import collections
import json
import os
import resource
import subprocess
import sys
import tempfile


def seconds_of(words):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(words, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, cpu, after.ru_maxrss / 1024


def loading(program):
    """CPU seconds for a file in which there is nothing to look at."""
    with tempfile.NamedTemporaryFile(suffix=".webm") as file:
        file.write(b"\x1a\x45\xdf\xa3" + bytes(60))
        file.flush()
        return seconds_of([program, "--part", "face", file.name])[1]


def look(program, path, truth):
    words = [program, "--json", "--part", truth.get("part", "face")]
    if truth.get("prompts"):
        words += ["--challenge", " ".join(
            "%s@%d" % (p["name"], p["shown_ms"]) for p in truth["prompts"])]
    said, cpu, most = seconds_of(words + [path])
    return json.loads(said), cpu, most


def main():
    program, paths = sys.argv[1], sys.argv[2:]
    kinds = collections.defaultdict(collections.Counter)
    loads = loading(program)
    print("loading: %.2f CPU s" % loads)
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
        print("%s: %.1f s long, %.2f CPU s, %.2f of them a second, at most "
              "%.0f MB so far, %s" % (
                  os.path.basename(path), length, cpu,
                  (cpu - loads) / length if length else 0, most,
                  bad or "all pass"))
        kind = kinds[truth.get("kind", "unknown")]
        kind["recordings"] += 1
        kind.update("%s %s" % pair for pair in bad.items())
        kind["all strong pass"] += said["verdict"] == "read"
    for kind, counts in sorted(kinds.items()):
        print(kind, dict(counts))


if __name__ == "__main__":
    main()
