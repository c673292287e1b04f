#!/usr/bin/python3
"""How well and how fast `paraph inspect` reads, beside Tesseract alone.

    bench/inspect.py --quick                       a few minutes, everything
    bench/inspect.py --count 20                    fresh specimens, tuning seeds
    bench/inspect.py --pictures DIR                pictures with their truth
    bench/inspect.py --pictures DIR --markdown     tables for docs/accuracy.md
    bench/inspect.py --no-tesseract --program P    another build, alone

What is drawn: --count specimens at each level, as many again with each kind of
forgery, and --large ones of 12 megapixels, which times are told of apart.
Needs what tools/install-deps installs, a build, and Debian's tesseract-ocr,
which nothing else here uses; --no-tesseract goes without it.

Truth is the JSON that tools/specimen writes beside each picture. Seeds from
3 000 000 on are the final test: look at them once, to state a figure; choices
are made on 2 000 000 to 2 999 999. Shares come with their counts and Wilson's
interval at 95 %. All times are processor time, which other programs on the
machine lengthen little: of stages as the command tells it, of the whole
command as the kernel counts it, with starting it and loading its networks
(what a run over a broken file takes).
"""

import argparse
import collections
import glob
import json
import math
import os
import re
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
# this file's name is that of a module that NumPy wants
sys.path[:] = [p for p in sys.path if os.path.abspath(p or ".") != HERE]
LEVELS = ("L1", "L2", "L3", "L4", "scan")
FORGED = ("retyped", "glyphs", "swapped", "pasted", "zone_font", "zone_pitch",
          "zone_altered", "grey", "print", "screen", "sides", "word",
          "expired", "edited")
LARGE = ("L1", "L2", "L3", "L1", "L2", "L4")
LARGE_FROM = 8  # megapixels
KINDS = ("td3", "td1", "td2", "td1", "fra2", "td1")
# letters of a zone that a check digit stands for: line, from, to
COVERED = {"TD1": ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 30)),
           "TD2": ((1, 0, 10), (1, 13, 20), (1, 21, 36)),
           "TD3": ((1, 0, 10), (1, 13, 20), (1, 21, 44)),
           "FRA2": ((0, 0, 36), (1, 0, 36))}
PRINTED = {"printed_surname": "surname", "printed_given_names": "given",
           "printed_number": "number", "printed_birth_date": "birth",
           "printed_expiry": "expiry"}
WHITELIST = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
# what somebody would try first, without a reader of the zone's own
BASELINES = (("Tesseract, page, whole picture", "whole", ("--psm", "3")),
             ("Tesseract, page, zone cut out", "crop", ("--psm", "6")),
             ("Tesseract, 37 letters, whole picture", "whole",
              ("--psm", "11", "-c", "tessedit_char_whitelist=" + WHITELIST)),
             ("Tesseract, 37 letters, zone cut out", "crop",
              ("--psm", "6", "-c", "tessedit_char_whitelist=" + WHITELIST)))


# -- figures ---------------------------------------------------------------

def wilson(part, whole, z=1.96):
    if not whole:
        return 0.0, 1.0
    p = part / whole
    middle = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * math.sqrt(
        p * (1 - p) / whole + z * z / (4 * whole * whole))
    return max(0.0, middle - half), min(1.0, middle + half)


def share(part, whole):
    if not whole:
        return "-"
    low, high = wilson(part, whole)
    return "%.1f %% (%d of %d; %.1f to %.1f)" % (
        100 * part / whole, part, whole, 100 * low, 100 * high)


def percentile(values, share_below):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share_below * len(ordered)))]


def distance(a, b):
    """Letters to insert, drop or exchange."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1,
                                         before + (x != y))
    return row[-1]


class Tables:
    """For a terminal, or as Markdown."""

    def __init__(self, markdown):
        self.markdown = markdown

    def show(self, title, head, rows):
        rows = [[str(cell) for cell in row] for row in rows]
        if self.markdown:
            print("\n### %s\n" % title)
            print("| %s |\n|%s" % (" | ".join(head), "---|" * len(head)))
            for row in rows:
                print("| %s |" % " | ".join(row))
            return
        widths = [max(len(row[i]) for row in [head] + rows)
                  for i in range(len(head))]
        print("\n" + title)
        for row in [head] + rows:
            print("  " + "  ".join(cell.ljust(width) for cell, width in
                                   zip(row, widths)).rstrip())


# -- pictures --------------------------------------------------------------

def make(out, seed, count, *options):
    subprocess.run([sys.executable, os.path.join(
        ROOT, "tools/specimen/make.py"), "--seed", str(seed), "--count",
        str(count), "--out", out, *options], check=True,
        stdout=subprocess.DEVNULL, env=dict(os.environ, OMP_NUM_THREADS="1",
                                            OPENBLAS_NUM_THREADS="1"))


def draw(args, out):
    """Each picture of a seed of its own."""
    seed, runs = args.seed, [(args.count, ("--level", level))
                             for level in LEVELS]
    forged = args.count if args.forged is None else args.forged
    runs += [(forged, ("--level", LEVELS[i % 2], "--forge", kind))
             for i, kind in enumerate(FORGED)]
    runs += [(1, ("--level", LARGE[i % len(LARGE)], "--kind",
                  KINDS[i % len(KINDS)], "--size", "4000x3000"))
             for i in range(args.large)]
    for i, (count, options) in enumerate(runs):
        say("drawing, %d of %d" % (i + 1, len(runs)))
        if count:
            make(out, seed, count, *options)
        seed += count


def load(folder):
    out = []
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        picture = next((path[:-5] + end for end in (".jpg", ".png", ".jpeg")
                        if os.path.exists(path[:-5] + end)), None)
        if not picture:
            continue
        with open(path, encoding="utf-8") as file:
            truth = json.load(file)
        truth["lines"] = [line["text"] if isinstance(line, dict) else line
                          for line in truth.get("lines", [])]
        truth.setdefault("level", "?")
        truth.setdefault("flaws", [])
        out.append((picture, truth))
    return out


def say(what):
    """On a terminal, in one line that is written over."""
    if sys.stderr.isatty():
        print("\r\033[K" + what, end="", file=sys.stderr, flush=True)


def size_of(picture):
    """Megapixels, from the file's header."""
    with open(picture, "rb") as file:
        data = file.read(1 << 20)
    if data[:4] == b"\x89PNG":
        width, height = struct.unpack(">II", data[16:24])
        return width * height / 1e6
    at = 2
    while at + 9 < len(data) and data[at] == 0xff:
        if data[at + 1] in (0xc0, 0xc1, 0xc2):
            height, width = struct.unpack(">HH", data[at + 5:at + 9])
            return width * height / 1e6
        at += 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
    return 0


def run(command, **options):
    """What it says, milliseconds of processor, megabytes at most."""
    child = subprocess.Popen(command, stdout=subprocess.PIPE, **options)
    said = child.stdout.read()
    child.stdout.close()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    return (said, 1000 * (usage.ru_utime + usage.ru_stime),
            usage.ru_maxrss / 1024)


def command_of(program):
    return [program] + (["inspect"] if os.path.basename(program) == "paraph"
                        else [])


def inspect(program, picture, side):
    said, spent, memory = run(command_of(program) + [
        "--json", "--side", side, picture])
    return json.loads(said), spent, memory


def loading(program):
    """Processor time of a run that reads nothing."""
    with tempfile.NamedTemporaryFile(suffix=".jpg") as broken:
        broken.write(b"\xff\xd8\xff")
        broken.flush()
        return statistics.median(inspect(program, broken.name, "front")[1]
                                 for _ in range(5))


# -- Tesseract alone -------------------------------------------------------

def crop_zone(picture, out):
    """The largest wide dark-on-light block, as simple readers cut it."""
    import cv2
    grey = cv2.imread(picture, cv2.IMREAD_GRAYSCALE)
    scale = 600 / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale,
                       interpolation=cv2.INTER_AREA)
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (13, 5))
    hat = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, kernel)
    edges = cv2.convertScaleAbs(cv2.Sobel(hat, cv2.CV_32F, 1, 0))
    closed = cv2.morphologyEx(edges, cv2.MORPH_CLOSE, kernel)
    _, ink = cv2.threshold(closed, 0, 255, cv2.THRESH_OTSU)
    ink = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(
        cv2.MORPH_RECT, (21, 21)))
    found, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL,
                                cv2.CHAIN_APPROX_SIMPLE)
    boxes = [cv2.boundingRect(one) for one in found]
    wide = [b for b in boxes if b[2] > 3 * b[3] and b[2] > 150]
    x, y, w, h = max(wide or boxes or [(0, 0) + small.shape[::-1]],
                     key=lambda b: b[2] * b[3])
    pad = 8
    cut = grey[int(max(0, y - pad) / scale):int((y + h + pad) / scale),
               int(max(0, x - pad) / scale):int((x + w + pad) / scale)]
    cv2.imwrite(out, cut)


def zone_of_text(text, count):
    """The last lines that could be a zone's."""
    lines = [re.sub(r"[^A-Z0-9<]", "", line.upper())
             for line in text.split("\n")]
    return [line for line in lines if len(line) >= 25][-count:] \
        if count else []


def tesseract(picture, options):
    said, spent, _ = run(["tesseract", picture, "-", "-l", "eng", *options],
                         stderr=subprocess.DEVNULL,
                         env=dict(os.environ, OMP_THREAD_LIMIT="1"))
    return said.decode("utf-8", "replace"), spent


def run_baselines(pictures, folder):
    out = {}
    for name, area, options in BASELINES:
        scores, spent = [], []
        for i, (picture, truth) in enumerate(pictures):
            say("%s, %d of %d" % (name, i + 1, len(pictures)))
            path = picture
            if area == "crop":
                path = os.path.join(folder, "crop.png")
                try:
                    crop_zone(picture, path)
                except ImportError:
                    break
            text, ms = tesseract(path, options)
            spent.append(ms)
            scores.append((truth["level"], score(zone_of_text(
                text, len(truth["lines"])), truth["lines"])))
        if scores:
            out[name] = (scores, spent)
    return out


# -- counting --------------------------------------------------------------

def score(said, lines):
    """(all lines exact, wrong letters, letters)"""
    want = "\n".join(lines)
    return (said == lines, min(len(want), distance("\n".join(said), want)),
            len(want))


def wrong_under_digits(said, truth):
    """Whether a letter that a check digit stands for is another one."""
    spans = COVERED.get(truth.get("format"), ())
    return any(line >= len(said) or said[line][a:b] !=
               truth["lines"][line][a:b] for line, a, b in spans)


def fold(text):
    text = text.translate(str.maketrans("łŁøØđĐ", "lLoOdD"))
    text = "".join(c for c in unicodedata.normalize("NFD", text)
                   if not unicodedata.combining(c))
    return re.sub("[^A-Z0-9]", "", text.upper())


def printed_truth(truth, name):
    if name not in truth.get("fields", {}):
        return None
    if name in ("birth", "expiry"):
        return truth["person"][name]
    value = truth["fields"][name]
    return value["text"] if isinstance(value, dict) else value


def count_fields(said, truth, tally):
    got = {f["name"]: f["text"] for f in said["fields"]}
    for finding, name in PRINTED.items():
        want = printed_truth(truth, name)
        if want is None:
            continue
        tally[name, "all"] += 1
        tally[name, "read"] += finding in got
        tally[name, "right"] += fold(got.get(finding, "")) == fold(want)


def count_checks(said, truth, tally):
    """Flagged: a check that fails or warns; unsure is no flag, nor that a
    side without a zone has none."""
    kinds = truth["flaws"] or ["genuine"]
    flags = [c["name"] for c in said["checks"]
             if c["verdict"] in ("fail", "warn") and
             (truth["lines"] or c["name"] != "mrz_structure")]
    for kind in kinds:
        tally[kind, "all"] += 1
        tally[kind, "any"] += bool(flags)
        for name in flags:
            tally[kind, name] += 1


# -- tables ----------------------------------------------------------------

def by_level(scores):
    levels = collections.defaultdict(list)
    for level, one in scores:
        levels[level].append(one)
        levels["all"].append(one)
    return levels


def zones(tables, scores, same, baselines):
    order = sorted({level for level, _ in scores}) + ["all"]
    readers = [("paraph inspect", scores)]
    if baselines and len(same) < len(scores):
        readers.append(("the same, on Tesseract's pictures", same))
    readers += [(name, one) for name, (one, _) in baselines.items()]
    exact, letters = [], []
    for name, one in readers:
        levels = by_level(one)
        exact.append([name] + [share(sum(s[0] for s in levels[level]),
                                     len(levels[level]))
                               for level in order])
        letters.append([name] + ["%.2f %%" % (
            100 * sum(s[1] for s in levels[level]) /
            max(1, sum(s[2] for s in levels[level]))) for level in order])
    tables.show("Zones: all lines exact, by level", ["reader"] + order,
                exact)
    tables.show("Zones: letters wrong, by level", ["reader"] + order,
                letters)


def errors(tables, tally):
    whole = tally["zones"]
    tables.show("Zones: what was claimed", ["", ""], [
        ["called read", share(tally["read"], whole)],
        ["called read, not exact", share(tally["read wrong"],
                                         tally["read"])],
        ["right digits, not exact", share(tally["digits wrong"], whole)],
        ["right digits, wrong under them", share(tally["covered wrong"],
                                                 whole)],
        ["repaired", share(tally["repaired"], whole)],
        ["a zone where there is none", share(tally["invented"],
                                             tally["zoneless"])]])


def fields(tables, tally):
    tables.show("Printed fields (accents folded)",
                ["field", "right", "right of those reported"],
                [[name, share(tally[name, "right"], tally[name, "all"]),
                  share(tally[name, "right"], tally[name, "read"])]
                 for name in PRINTED.values() if tally[name, "all"]])


def frauds(tables, tally):
    names = sorted({name for _, name in tally} - {"all", "any"})
    rows = [[name, share(tally["genuine", name], tally["genuine", "all"])]
            for name in names]
    tables.show("False alarms: flagged on pictures without a fault",
                ["check", "flagged"], rows)
    rows = []
    for kind in sorted({kind for kind, _ in tally} - {"genuine"}):
        best = sorted(names, key=lambda n: -tally[kind, n])[:2]  # noqa: B023
        whole = tally[kind, "all"]
        rows.append([kind, share(whole - tally[kind, "any"], whole),
                     "; ".join("%s %s" % (n, share(tally[kind, n], whole))
                               for n in best if tally[kind, n])])
    tables.show("Faults: missed, and flagged by (simulated)",
                ["fault", "missed by every check", "flagged by"], rows)


def figures(name, values):
    return [name] + ["%.0f" % f for f in (
        statistics.mean(values), statistics.median(values),
        percentile(values, 0.95), max(values))]


def times(tables, spent, baselines, idle):
    """By size: pictures of telephones have twelve megapixels."""
    for large in (False, True):
        rows = [figures(stage, values) for (stage, size), values in
                sorted(spent.items()) if size == large]
        if not rows:
            continue
        rows.append(figures("starting and loading", [idle]))
        if not large or len({size for _, size in spent}) == 1:
            rows += [figures(name, values)
                     for name, (_, values) in baselines.items()]
        count = len(spent["the whole command", large])
        tables.show("Milliseconds of processor, %d pictures of %s" % (
            count, "12 megapixels" if large else "up to 8 megapixels"),
            ["stage", "mean", "median", "p95", "most"], rows)


def baseline_pictures(args, pictures):
    """Of all levels alike, if not all are looked at."""
    some = [one for one in pictures if one[1]["lines"] and
            not one[1]["flaws"] and size_of(one[0]) < LARGE_FROM]
    step = max(1, -(-len(some) // args.tesseract_most))
    return some[::step]


def count_zone(said, truth, tally):
    """The score, or None of a side without a zone."""
    if not truth["lines"]:
        tally["zoneless"] += 1
        tally["invented"] += bool(said["mrz"]["lines"])
        return None
    one = score(said["mrz"]["lines"], truth["lines"])
    read = said["verdict"] == "read"
    right = said["mrz"]["digits"] == "pass"
    tally["zones"] += 1
    tally["read"] += read
    tally["read wrong"] += read and not one[0]
    tally["repaired"] += said["mrz"]["repaired"] > 0
    tally["digits wrong"] += right and not one[0]
    tally["covered wrong"] += right and wrong_under_digits(
        said["mrz"]["lines"], truth)
    return one


def measure(args, pictures, tables, folder):
    tally = collections.Counter()
    checks = collections.Counter()
    spent, scores, most = collections.defaultdict(list), [], 0
    by_picture = {}
    idle = loading(args.program)
    for i, (picture, truth) in enumerate(pictures):
        say("reading, %d of %d" % (i + 1, len(pictures)))
        side = "back" if truth.get("side") == "back" else "front"
        said, ms, memory = inspect(args.program, picture, side)
        large = size_of(picture) >= LARGE_FROM
        most = max(most, memory)
        spent["the whole command", large].append(ms)
        for stage, value in said["timing_ms"].items():
            if stage != "total":  # wall
                spent[stage, large].append(value)
        if not set(truth["flaws"]) & set(FORGED):
            count_fields(said, truth, tally)
        count_checks(said, truth, checks)
        one = count_zone(said, truth, tally)
        if one:
            scores.append((truth["level"], one))
            by_picture[picture] = scores[-1]
        if args.show and one and not one[0]:
            print(picture, said["verdict"], said["mrz"]["lines"])
    beside = [] if args.no_tesseract else baseline_pictures(args, pictures)
    baselines = run_baselines(beside, folder)
    say("")
    if scores:
        zones(tables, scores, [by_picture[picture] for picture, _ in beside],
              baselines)
        errors(tables, tally)
    fields(tables, tally)
    frauds(tables, checks)
    times(tables, spent, baselines, idle)
    print("\n%d pictures, %d of them also by Tesseract; load average %.1f; "
          "starting and loading takes %.0f ms of processor, %.0f %% of what "
          "a picture takes; largest resident set %.0f MB." % (
              len(pictures), len(beside), os.getloadavg()[0], idle,
              100 * idle * len(pictures) / sum(
                  ms for (stage, _), values in spent.items()
                  if stage == "the whole command" for ms in values), most))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--program", default=os.path.join(
        ROOT, "build/src/cli/paraph"))
    parser.add_argument("--pictures", help="a folder of pictures and truth")
    parser.add_argument("--count", type=int, default=10,
                        help="specimens a level, when drawn")
    parser.add_argument("--forged", type=int,
                        help="of each kind; as many as --count unless said")
    parser.add_argument("--large", type=int, default=12,
                        help="of 12 megapixels")
    parser.add_argument("--quick", action="store_true",
                        help="3 a level, 1 of each kind forged, 6 large, "
                        "Tesseract on 8")
    parser.add_argument("--tesseract-most", type=int, default=1000,
                        help="pictures that Tesseract is shown")
    parser.add_argument("--seed", type=int, default=2100000)
    parser.add_argument("--keep", help="where to leave what was drawn")
    parser.add_argument("--no-tesseract", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--show", action="store_true",
                        help="zones read otherwise than they are")
    args = parser.parse_args()
    if args.quick:
        args.count, args.forged, args.large = 3, 1, 6
        args.tesseract_most = 8
    if not args.no_tesseract and not shutil.which("tesseract"):
        parser.error("needs Debian's tesseract-ocr for the comparison; "
                     "--no-tesseract goes without it")
    with tempfile.TemporaryDirectory() as folder:
        place = args.pictures or args.keep or folder
        if not args.pictures:
            draw(args, place)
        pictures = load(place)
        if not pictures:
            sys.exit("no picture with its truth in " + place)
        measure(args, pictures, Tables(args.markdown), folder)


if __name__ == "__main__":
    main()
