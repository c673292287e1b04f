#!/usr/bin/python3
"""Makes a large set cheaply: each page drawn once and photographed once at
every level; of sides without a zone, one photograph at a level in turn. Stop
it when you like: what is there by then is as mixed as the whole."""

import argparse
import json
import os
import sys

import levels
import specimens


def side(page, seed, out, names):
    for shot, level in enumerate(levels.NAMES):
        if level not in names:
            continue
        photo = specimens.photograph(page, shot, level)
        name = "%s_%d_%s_%s" % (photo.truth["format"].lower(), seed,
                                page.side, level.lower())
        path = os.path.join(out, name)
        with open(path + ".json", "w", encoding="utf-8") as file:
            json.dump({"file": name + ".jpg", "synthetic": True,
                       **photo.truth}, file, ensure_ascii=False)
        with open(path + ".jpg", "wb") as file:
            file.write(photo.jpeg)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, required=True, help="of pages "
                        "with a zone")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    for seed in range(args.seed, args.seed + args.count):
        once = (levels.NAMES[seed % len(levels.NAMES)],)
        for page in specimens.draw(seed):
            side(page, seed, args.out,
                 levels.NAMES if page.lines else once)
    return 0


if __name__ == "__main__":
    sys.exit(main())
