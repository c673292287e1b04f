#!/usr/bin/python3
"""Counts what `paraph inspect` reads of replicas (draw.py).

    bench/replicas/count.py DIR [--program P] [--show] [-j 2]

Of surname, given names, number, birth date and expiry that are printed in the
picture: right (but for accents, case and signs), with accents, wrong, wrong
and told with 0.6 and more, missing; what is told so and not printed; by field and by way of publishing, with
Wilson's interval at 95 %. Zones: exact, accepted, accepted but not exact.
Kind, country, and what each check says of genuine specimens. Of pictures
with a fault (sources.py) only how many are told it is counted.
"""

import argparse
import collections
import glob
import json
import os
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[0] = os.path.join(ROOT, "bench/lib")
from shares import share  # noqa: E402

FIELDS = {"surname": "printed_surname", "given": "printed_given_names",
          "number": "printed_number", "birth": "printed_birth_date",
          "expiry": "printed_expiry"}
SURE = 0.6
# what of a fault has to be told: check, and a word of its explanation
TOLD = {"cut": ("quality", "cut off"), "tiny": ("quality", "small"),
        "grey": ("not_grey", ""), "two": ("quality", "second")}


def letters(text, accents):
    """Capitals and digits; without accents as ASCII has them."""
    text = text.upper().replace("ẞ", "SS").replace("İ", "I")
    if not accents:
        text = text.translate(str.maketrans("ŁØĐÐĦŦƏ", "LODDHTE")) \
            .replace("Æ", "AE").replace("Œ", "OE").replace("Þ", "TH")
        text = "".join(c for c in unicodedata.normalize("NFD", text)
                       if not unicodedata.combining(c))
    return "".join(c for c in text if c.isalnum())


def load(folders):
    out = []
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
            with open(path, encoding="utf-8") as file:
                out.append((path[:-5] + ".jpg", json.load(file)))
    return out


def inspect(program, picture):
    said = subprocess.run(program.split() + ["--json", picture],
                          stdout=subprocess.PIPE, check=False).stdout
    return json.loads(said)


def judge(want, got):
    """right, accents, wrong, sure or missing."""
    if got is None:
        return "missing"
    for accents in (True, False):
        if letters(got["text"], accents) in [letters(w, accents)
                                             for w in want]:
            return "right" if accents else "accents"
    return "sure" if got["confidence"] >= SURE else "wrong"


def count_fields(picture, truth, said, tally, show):
    told = {f["name"]: f for f in said["fields"] if f["source"] == "print"}
    for field, name in FIELDS.items():
        got = told.get(name)
        want = truth["fields"].get(field)
        if want is None:
            if got and got["confidence"] >= SURE:
                tally["unprinted"][field] += 1
                if show:
                    print("unprinted", os.path.basename(picture), field,
                          got["text"])
            continue
        what = judge(want, got)
        for key in (("field", field), ("way", truth["way"]), ("all", "all"),
                    ("word", "word" if truth["word"] else "no word")):
            tally[key][what] += 1
        if show and what != "right":
            print("%s %s %s: %s%s" % (
                what, os.path.basename(picture), field, want[0],
                " / %s %.2f" % (got["text"], got["confidence"])
                if got else ""))


def kind_of(truth):
    return "residence_permit" if "permit" in truth["layout"] else \
        "passport" if truth["kind"] == "td3" else "identity_card"


def count_rest(picture, truth, said, tally, show):
    seen = "\n".join(said["mrz"]["lines"])
    want = "\n".join(truth["lines"])
    if want:
        accepted = said["verdict"] == "read" and seen
        tally["zone"]["exact" if seen == want else "other"] += 1
        tally["zone"]["accepted"] += bool(accepted)
        tally["zone"]["accepted, not exact"] += bool(
            accepted and seen != want)
    else:
        tally["zone"]["invented"] += bool(seen)
        tally["zone"]["none there"] += 1
    kind, country = said["document"]["kind"], said["document"]["country"]
    tally["kind"][kind == kind_of(truth)] += 1
    tally["country"][country == truth["state"]] += 1
    if show and kind != kind_of(truth):
        print("kind", os.path.basename(picture), kind)
    if show and country != truth["state"]:
        print("country", os.path.basename(picture), country)
    for check in said["checks"]:
        tally["check", check["name"]][check["verdict"]] += 1
        if show and check["verdict"] in ("fail", "warn"):
            print(check["verdict"], os.path.basename(picture),
                  check["name"], check["explanation"])


def count_fault(picture, truth, said, tally, show):
    """A picture that is not fit: told so, or at least not called read."""
    name, word = TOLD[truth["fault"]]
    told = any(c["name"] == name and c["verdict"] != "pass" and
               word in c["explanation"] for c in said["checks"])
    doubted = any(c["name"] in ("quality", name) and c["verdict"] in (
        "fail", "warn") for c in said["checks"])
    what = "told" if told else "another fault told" if doubted else \
        "not read" if said["verdict"] != "read" else "missed"
    tally["fault", truth["fault"]][what] += 1
    if show and not told:
        print(what, os.path.basename(picture), said["verdict"])


def report_faults(tally):
    for key in sorted(k for k in tally if k[0] == "fault"):
        c = tally[key]
        whole = sum(c.values())
        print("fault %-6s told %s%s" % (
            key[1], share(c["told"], whole), "".join(
                ", %s %d" % (k, c[k]) for k in sorted(c) if k != "told")))


def report(tally):
    for key in sorted(k for k in tally if isinstance(k, tuple) and
                      k[0] not in ("check", "fault")):
        c = tally[key]
        whole = sum(c.values())
        print("%-8s right %s, with accents %d, wrong %d, sure %d, missing %d"
              % (key[1], share(c["right"] + c["accents"], whole), c["right"],
                 c["wrong"] + c["sure"], c["sure"], c["missing"]))
    print("told surely, not printed:", dict(tally["unprinted"]))
    z = tally["zone"]
    print("zones exact %s, accepted %d, of them not exact %s; invented %d of"
          " %d" % (share(z["exact"], z["exact"] + z["other"]), z["accepted"],
                   share(z["accepted, not exact"], z["accepted"]),
                   z["invented"], z["none there"]))
    for name in ("kind", "country"):
        print(name, share(tally[name][True], sum(tally[name].values())))
    for key in sorted(k for k in tally if k[0] == "check"):
        c = tally[key]
        if c["fail"] or c["warn"]:
            print("%-20s fail %s, warn %d, unsure %d" % (
                key[1], share(c["fail"], sum(c.values())), c["warn"],
                c["unsure"]))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--program", default="%s inspect --models %s" % (
        os.path.join(ROOT, "build/src/cli/paraph"),
        os.path.join(ROOT, "models")))
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--save", metavar="FILE", help="all that was said")
    parser.add_argument("-j", type=int, default=2)
    args = parser.parse_args()
    pictures = load(args.folders)
    tally = collections.defaultdict(collections.Counter)
    with ThreadPoolExecutor(args.j) as pool:
        answers = list(pool.map(lambda one: inspect(args.program, one[0]),
                                pictures))
    for (picture, truth), said in zip(pictures, answers):
        if truth.get("fault"):
            count_fault(picture, truth, said, tally, args.show)
            continue
        count_fields(picture, truth, said, tally, args.show)
        count_rest(picture, truth, said, tally, args.show)
    report(tally)
    report_faults(tally)
    if args.save:
        with open(args.save, "w", encoding="utf-8") as file:
            json.dump({p: s for (p, _), s in zip(pictures, answers)}, file,
                      ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
