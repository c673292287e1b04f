#!/usr/bin/python3
"""Recordings of a proof of life before the checks: how many attacks go
unseen, how many honest people are refused, at what cost.

    bench/faces.py --count 3                    fresh recordings, tuning seeds
    bench/faces.py --recordings DIR             recordings with their truth
    bench/faces.py --part document --kinds honest,flat --count 5
    bench/faces.py --recordings DIR --list       a line for each too
    bench/faces.py --part document --recordings DIR    with their pictures

Recordings are those of tools/faces: rendered, so that a figure says whether a
change is better or worse, and nothing of a crowd of people or of a determined
attacker. Seeds from 3 000 000 on are the final test: look at them once, to
state a figure.

A recording is refused when a check fails, held when none fails and one warns
or is unsure, and passed when all pass but one that is never sure. An attack counts as unseen (APCER) when
it passed; `held` goes to an operator with the doubt named. An honest
recording counts as refused (BPCER) when a check failed. Shares come with
Wilson's interval at 95 %. Processor seconds and memory are the command's own,
with the loading of its models.
"""

import argparse
import collections
import glob
import json
import os
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path[0] = os.path.join(HERE, "lib")
from shares import share  # noqa: E402

# people who do what is asked, each in a way that is hard on what measures
HONEST = ("honest", "slight", "wide", "distant", "near", "aside", "dim",
          "stutter", "upright", "adjusting", "sidelit", "backlit", "smeared",
          "leaning", "handheld", "blocky", "slowly", "rebound", "eager",
          "company", "fringe", "headscarf", "glinting", "talking", "nodding",
          "hunting", "slow_camera", "swift_camera", "large", "photographed",
          "below", "wide_angle", "drifting", "leaving", "passing", "poster")
FAULTS = ("dark", "blurred", "far")     # people, but nothing can be judged
# says unsure of every recording in which it finds nothing
NEVER_PASSES = (("film_not_screen", "unsure"),)
SIDES = ("passport.jpg", "front.jpg", "back.jpg")
OUTCOMES = ("passed", "held", "refused", "unreadable")


def generate(args, out):
    subprocess.run([
        "nice", "-n", "19", "/usr/bin/python3",
        os.path.join(ROOT, "tools/faces/make.py"), "--part", args.part,
        "--kind", args.kinds, "--seed", str(args.seed), "--count",
        str(args.count), "--out", out], check=True)


def truths(folder, part, kinds):
    """Of each recording in a folder, dossiers' too."""
    for path in sorted(glob.glob(os.path.join(folder, "**", "*.json"),
                                 recursive=True)):
        with open(path) as file:
            facts = json.load(file)
        pictures = facts.get("pictures", {})
        facts = facts.get(part, facts)
        if not isinstance(facts, dict) or facts.get("part") != part:
            continue
        facts["stills"] = [os.path.join(os.path.dirname(path), name)
                           for name in SIDES if name in pictures] \
            if part == "document" else []
        if "all" in kinds or facts["kind"] in kinds:
            yield os.path.join(os.path.dirname(path), facts["file"]), facts


def command(args, path, facts):
    """With its pictures a document is judged as an attempt; so is a face,
    where every other challenge is tried too."""
    asked = " ".join("%s@%d" % (p["name"], p["shown_ms"])
                     for p in facts["prompts"])
    if os.path.exists(args.attempt) and (
            facts["part"] == "face" or facts["stills"]):
        return [args.attempt, os.path.join(ROOT, "models"), asked, path,
                *facts["stills"]]
    return [args.program, "--json", "--part", facts["part"], "--challenge",
            asked, path]


def inspect(args, path, facts):
    """What is said of it, processor seconds, mebibytes at most."""
    models = {"PARAPH_MODELS": os.path.join(ROOT, "models"), **os.environ}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as told:
        child = subprocess.Popen(command(args, path, facts), stdout=out,
                                 stderr=told, env=models)
        _, _, used = os.wait4(child.pid, 0)
        child.returncode = 0
        out.seek(0)
        told.seek(0)
        try:
            said = json.load(out)
        except ValueError:  # or a program that never starts would seem strict
            sys.exit("%s: no answer; %s" % (path, told.read().decode(
                errors="replace").strip()))
    said = said[0] if isinstance(said, list) else said
    return judged(said, facts), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def judged(said, facts):
    """Without the opinion on lights where none was asked."""
    if not any(p["name"].startswith("light_") for p in facts["prompts"]):
        said["checks"] = [c for c in said.get("checks", ()) if
                          c["name"] != "light_followed"]
    return said


def outcome(said):
    verdicts = [c["verdict"] for c in said.get("checks", ()) if (
        c["name"], c["verdict"]) not in NEVER_PASSES]
    if not verdicts:
        return "unreadable"
    if "fail" in verdicts:
        return "refused"
    return "held" if {"warn", "unsure"} & set(verdicts) else "passed"


def raised(said):
    """The checks that did not pass, or why there are none."""
    if not said.get("checks"):
        return [(said.get("error") or {}).get("message", "no checks")]
    return sorted("%s %s" % (c["name"], c["verdict"])
                  for c in said.get("checks", ()) if c["verdict"] != "pass"
                  and (c["name"], c["verdict"]) not in NEVER_PASSES)


def row(kind, tally, reasons):
    whole = sum(tally.values())
    if kind in HONEST:
        figure = "BPCER " + share(tally["refused"] + tally["unreadable"],
                                  whole, 0)
    elif kind in FAULTS:
        figure = "passed " + share(tally["passed"], whole, 0)
    else:
        figure = "APCER " + share(tally["passed"], whole, 0)
    why = ", ".join("%s %d" % pair for pair in reasons.most_common(4))
    return "| %s | %d | %s | %s | %s |" % (kind, whole, " | ".join(
        str(tally[o]) for o in OUTCOMES), figure, why)


def report(tallies, reasons, used, replays):
    print("| kind | recordings | %s | figure | raised by |" %
          " | ".join(OUTCOMES))
    print("|---" * (4 + len(OUTCOMES)) + "|")
    for kind in sorted(tallies, key=lambda k: (
            HONEST.index(k) if k in HONEST else len(HONEST), k)):
        print(row(kind, tallies[kind], reasons[kind]))
    people, attacks = collections.Counter(), collections.Counter()
    for kind, tally in tallies.items():
        if kind in HONEST:
            people.update(tally)
        elif kind not in FAULTS:
            attacks.update(tally)
    print("All honest people: refused %s, passed %s." % (
        share(people["refused"] + people["unreadable"],
              sum(people.values()), 0),
        share(people["passed"], sum(people.values()), 0)))
    print("All attacks: unseen %s." % share(attacks["passed"], sum(
        attacks.values()), 0))
    if replays[0]:
        print("Honest recordings played again for each other challenge: "
              "followed %s." % share(replays[1], replays[0], 0))
    if used:
        rate = [c / s for c, _, s in used if s]
        print("Processor seconds a recording: median %.1f, most %.1f (a "
              "second of it: %.2f); memory at most %.0f MiB; %d recordings, "
              "median %.1f s." % (
                  statistics.median(c for c, _, _ in used),
                  max(c for c, _, _ in used), statistics.median(rate),
                  max(m for _, m, _ in used), len(used),
                  statistics.median(s for _, _, s in used)))


def options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    add = parser.add_argument
    add("--program", default=os.path.join(
        ROOT, "build/src/cli/paraph-inspect"))
    add("--attempt", default=os.path.join(
        ROOT, "build/tests/vision/bench_attempt"),
        help="where it is built, it judges (ninja -C build "
        "tests/vision/bench_attempt)")
    add("--part", choices=("face", "document"), default="face")
    add("--kinds", default="all")
    add("--seed", type=int, default=2_500_000)
    add("--count", type=int, default=1, help="of recordings of each kind")
    add("--recordings", metavar="DIR", help="instead of fresh ones")
    add("--list", action="store_true", help="a line for each recording too")
    return parser.parse_args()


def main():
    args = options()
    tallies = collections.defaultdict(collections.Counter)
    reasons = collections.defaultdict(collections.Counter)
    used, replays = [], [0, 0]
    with tempfile.TemporaryDirectory() as folder:
        if not args.recordings:
            generate(args, folder)
        for path, facts in truths(args.recordings or folder, args.part,
                                  args.kinds.split(",")):
            said, seconds, memory = inspect(args, path, facts)
            kind, end = facts["kind"], outcome(said)
            tallies[kind][end] += 1
            reasons[kind].update(raised(said))
            if kind in HONEST:
                replays[0] += said.get("others", 0)
                replays[1] += said.get("replayed", 0)
            used.append((seconds, memory, facts["last_ms"] / 1000))
            if args.list:
                print("%s: %s; %s" % (os.path.basename(path), end,
                                      ", ".join(raised(said))), flush=True)
        report(tallies, reasons, used, replays)


if __name__ == "__main__":
    main()
