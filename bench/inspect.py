#!/usr/bin/python3
"""How well and how fast `paraph inspect` reads, beside Tesseract alone.

    bench/inspect.py --count 20                    fresh specimens, tuning seeds
    bench/inspect.py --pictures DIR                pictures with their truth
    bench/inspect.py --pictures DIR --markdown     tables for docs/accuracy.md
    bench/inspect.py --no-tesseract --program P    another build, alone

Truth is the JSON that tools/specimen writes beside each picture. Seeds from
3 000 000 on are the final test: look at them once, to state a figure; choices
are made on 2 000 000 to 2 999 999. Shares come with their counts and Wilson's
interval at 95 %. Wall times are the command's own, by stage; processor time
is what the whole command used for one picture, less what it uses to load its
networks (a run over a broken file). Needs Debian's python3-opencv only for the
baseline on the zone cut out by a black-hat filter.
"""

import argparse
import collections
import glob
import json
import math
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
# this file's name is that of a module that NumPy wants
sys.path[:] = [p for p in sys.path if os.path.abspath(p or ".") != HERE]
LEVELS = ("L1", "L2", "L3", "L4", "scan")
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

def draw(args, out):
    maker = os.path.join(ROOT, "tools/specimen/make.py")
    for i, level in enumerate(LEVELS):
        subprocess.run([sys.executable, maker, "--seed",
                        str(args.seed + i * args.count), "--count",
                        str(args.count), "--level", level, "--out", out],
                       check=True, stdout=subprocess.DEVNULL)


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


def used():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (usage.ru_utime + usage.ru_stime)


def inspect(program, picture, side):
    before = used()
    done = subprocess.run([program, "--json", "--side", side, picture],
                          stdout=subprocess.PIPE, check=False)
    return json.loads(done.stdout), used() - before


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
    done = subprocess.run(["tesseract", picture, "-", "-l", "eng", *options],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env=dict(os.environ, OMP_THREAD_LIMIT="1"),
                          check=False)
    return done.stdout.decode("utf-8", "replace")


def run_baselines(pictures, folder):
    out = {}
    for name, area, options in BASELINES:
        scores, spent = [], []
        for picture, truth in pictures:
            if not truth["lines"]:
                continue
            before, path = used(), picture
            if area == "crop":
                path = os.path.join(folder, "crop.png")
                try:
                    crop_zone(picture, path)
                except ImportError:
                    break
            said = zone_of_text(tesseract(path, options),
                                len(truth["lines"]))
            spent.append(used() - before)
            scores.append((truth["level"], score(said, truth["lines"])))
        if scores:
            out[name] = (scores, spent)
    return out


# -- counting --------------------------------------------------------------

def score(said, lines):
    """(all lines exact, wrong letters, letters)"""
    want = "\n".join(lines)
    return (said == lines, min(len(want), distance("\n".join(said), want)),
            len(want))


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


def zone_row(name, levels, order):
    whole = levels["all"]
    return [name] + [share(sum(s[0] for s in levels[level]),
                           len(levels[level])) for level in order] + [
        "%.2f %%" % (100 * sum(s[1] for s in whole) /
                     max(1, sum(s[2] for s in whole)))]


def zones(tables, scores, baselines):
    order = sorted({level for level, _ in scores}) + ["all"]
    rows = [zone_row("paraph inspect", by_level(scores), order)]
    rows += [zone_row(name, by_level(one), order)
             for name, (one, _) in baselines.items()]
    tables.show("Zones: all lines exact, by level; wrong letters",
                ["reader"] + order + ["letters wrong"], rows)


def errors(tables, tally):
    whole = tally["zones"]
    tables.show("Zones: what was claimed", ["", ""], [
        ["called read", share(tally["read"], whole)],
        ["called read, not exact", share(tally["read wrong"],
                                         tally["read"])],
        ["right digits, not exact", share(tally["digits wrong"], whole)],
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


def times(tables, walls, cpu, baselines):
    rows = [[stage, "%.0f" % statistics.median(values),
             "%.0f" % percentile(values, 0.95)]
            for stage, values in walls.items()]
    rows.append(["processor, whole", "%.0f" % statistics.median(cpu),
                 "%.0f" % percentile(cpu, 0.95)])
    rows += [["processor, " + name, "%.0f" % statistics.median(spent),
              "%.0f" % percentile(spent, 0.95)]
             for name, (_, spent) in baselines.items()]
    tables.show("Milliseconds a picture", ["stage (wall)", "median", "p95"],
                rows)


def measure(args, pictures, tables, folder):
    tally = collections.Counter()
    checks = collections.Counter()
    walls, cpu, scores = collections.defaultdict(list), [], []
    idle = loading(args.program)
    for picture, truth in pictures:
        side = "back" if truth.get("side") == "back" else "front"
        said, spent = inspect(args.program, picture, side)
        cpu.append(spent - idle)
        for stage, value in said["timing_ms"].items():
            walls[stage].append(value)
        count_fields(said, truth, tally)
        count_checks(said, truth, checks)
        if not truth["lines"]:
            tally["zoneless"] += 1
            tally["invented"] += bool(said["mrz"]["lines"])
            continue
        one = score(said["mrz"]["lines"], truth["lines"])
        read = said["verdict"] == "read"
        scores.append((truth["level"], one))
        tally["zones"] += 1
        tally["read"] += read
        tally["read wrong"] += read and not one[0]
        tally["repaired"] += said["mrz"]["repaired"] > 0
        tally["digits wrong"] += said["mrz"]["digits"] == "pass" and \
            not one[0]
        if args.show and not one[0]:
            print(picture, said["verdict"], said["mrz"]["lines"])
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    baselines = {} if args.no_tesseract else run_baselines(pictures, folder)
    if scores:
        zones(tables, scores, baselines)
        errors(tables, tally)
    fields(tables, tally)
    frauds(tables, checks)
    times(tables, walls, cpu, baselines)
    print("\n%d pictures; load average %.1f; loading the networks takes "
          "%.0f ms of processor time; largest resident set %.0f MB." % (
              len(pictures), os.getloadavg()[0], idle, memory))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--program", default=os.path.join(
        ROOT, "build/src/cli/paraph-inspect"))
    parser.add_argument("--pictures", help="a folder of pictures and truth")
    parser.add_argument("--count", type=int, default=10,
                        help="specimens a level, when drawn")
    parser.add_argument("--seed", type=int, default=2100000)
    parser.add_argument("--keep", help="where to leave what was drawn")
    parser.add_argument("--no-tesseract", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--show", action="store_true",
                        help="zones read otherwise than they are")
    args = parser.parse_args()
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
