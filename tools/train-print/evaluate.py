#!/usr/bin/python3
"""How many lines the reader reads, on tuning seeds, or once on test seeds."""

import argparse

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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("--seeds", choices=("tune", "test"), default="tune")
    parser.add_argument("--count", type=int, default=500)
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = export.load(args.weights)
    first = lines.TUNE if args.seeds == "tune" else lines.TEST
    right = folded = wrong = letters = 0
    for seed in range(first, first + args.count):
        grey, text = lines.make(seed)
        got = net.decode(net.read(model, grey))
        right += got == text
        folded += got.lower() == text.lower()
        wrong += edits(got, text)
        letters += len(text)
    print("%s seeds: %d of %d lines exact, %d with case apart; character "
          "error %.2f %%" % (args.seeds, right, args.count, folded,
                             100 * wrong / letters))


if __name__ == "__main__":
    main()
