#!/usr/bin/python3
"""How many lines the reader reads, on tuning seeds, or once on test seeds.
With --draw, writes tuning lines for train.py instead."""

import argparse

import numpy as np
import torch

import export
import lines
import net


def edits(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        corner, row[0] = row[0], i
        for k, y in enumerate(b, 1):
            corner, row[k] = row[k], min(corner + (x != y), row[k] + 1,
                                         row[k - 1] + 1)
    return row[-1]


def draw(path, count):
    held = {}
    for name, first, tiny in (("usual", 0, False), ("tiny", 5000, True)):
        made = [lines.make(lines.TUNE + first + i, tiny)
                for i in range(count)]
        held[name + ".flat"] = np.concatenate([g for g, _ in made], 1)
        held[name + ".width"] = np.array([g.shape[1] for g, _ in made])
        held[name + ".text"] = np.array([t for _, t in made])
    np.savez_compressed(path, **held)


def measure(args):
    model = export.load(args.weights, args.size)
    first = lines.TUNE if args.seeds == "tune" else lines.TEST
    right = folded = wrong = letters = 0
    for seed in range(first, first + args.count):
        grey, text = lines.make(seed, args.tiny)
        got = net.decode(net.read(model, grey))
        right += got == text
        folded += got.lower() == text.lower()
        wrong += edits(got, text)
        letters += len(text)
    print("%s seeds: %d of %d lines exact, %d with case apart; character "
          "error %.2f %%" % (args.seeds, right, args.count, folded,
                             100 * wrong / letters))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", nargs="?")
    parser.add_argument("--size", default="usual", choices=("usual", "lean"))
    parser.add_argument("--seeds", choices=("tune", "test"), default="tune")
    parser.add_argument("--tiny", action="store_true",
                        help="capitals of 5 to 8 pixels")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--draw", help="file for tuning lines, .npz")
    args = parser.parse_args()
    torch.set_num_threads(1)
    if args.draw:
        draw(args.draw, args.count)
    else:
        measure(args)


if __name__ == "__main__":
    main()
