#!/usr/bin/python3
"""How well the reader reads: hard lines of the generator, and the zones of
photographed specimens cut out where the truth says they are.

The second figure is the reader's alone; finding the zone is another's work.
"""

import argparse
import io
import os

import numpy as np
import torch
from PIL import Image, ImageFilter

import content
import export
import ink
import net
import scene
import train

import make     # of tools/specimen, on the path through content

PHOTOS = {"tune": 2000000, "test": 3000000}
LINES = {"tune": ink.TUNE + 100000, "test": ink.TEST}
SURE = 0.995        # confidence from which a line is taken as read


def distance(a, b):
    """Edit distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1,
                                       last + (x != y))
    return row[-1]


def read(model, lines):
    """Text and confidence: the mean over its characters of each one's
    highest posterior (the mean over columns tells right from wrong badly)."""
    with torch.no_grad():
        logits = model(lines[None])[0, :, 0]
    best, peak, peaks = net.BLANK, 0.0, []
    for p, c in zip(*(v.tolist() for v in logits.softmax(0).max(0))):
        if c == best:
            peak = max(peak, p)
            continue
        peaks += [peak] if best != net.BLANK else []
        best, peak = c, p
    peaks += [peak] if best != net.BLANK else []
    return net.decode(logits), float(np.mean(peaks or [0]))


def cut(image, line, rng, columns):
    """The network's input of one line of the truth, placed a little wrong."""
    quad = np.float64(line["quad"])
    left, right = (quad[0] + quad[3]) / 2, (quad[1] + quad[2]) / 2
    along = (right - left) / columns
    down = (quad[3] + quad[2] - quad[0] - quad[1]) / 2 / 2.76 * 2.54
    start = left + down * rng.normal(0, 0.05) + along * rng.normal(0, 0.1)
    start, width = start - 2 * along, (columns + scene.SPARE) * along
    pitch = np.hypot(*along)
    if pitch > net.PITCH:
        image = image.filter(ImageFilter.GaussianBlur(
            0.35 * pitch / net.PITCH))
    corners = (start - down, start + down, start + down + width,
               start - down + width)
    grey = np.asarray(image.transform(
        ((columns + scene.SPARE) * net.PITCH, net.HEIGHT), Image.QUAD,
        tuple(np.ravel(corners)), Image.BILINEAR), np.float32)
    return net.normalise(torch.from_numpy(grey)[None, None])[0]


class Score:
    def __init__(self):
        self.lines = self.exact = self.characters = self.wrong = 0
        self.sure, self.sure_wrong, self.misses = 0, 0, []

    def add(self, text, got, confidence):
        self.lines += 1
        self.exact += text == got
        self.characters += len(text)
        self.wrong += distance(text, got)
        if confidence >= SURE:
            self.sure += 1
            self.sure_wrong += text != got
        if text != got:
            self.misses.append((text, got, confidence))

    def show(self, name):
        print("%-6s %5d lines  exact %.4f  character error %.4f %%  "
              "confidence >= %.3f: %d, of them wrong %d" % (
                  name, self.lines, self.exact / self.lines,
                  100 * self.wrong / self.characters, SURE, self.sure,
                  self.sure_wrong), flush=True)


def hard_lines(model, first, count, unseen):
    for columns in content.LENGTHS:
        score = Score()
        for seed in range(first, first + count, 10):
            for seen, text in zip(*train.lines_of(seed, 10, columns, unseen)):
                score.add(text, *read(model, seen))
        score.show("of %d" % columns)


def photographs(model, first, count, level, verbose):
    """Zones of `count` specimens of one level."""
    score = Score()
    args = make.options(["--level", level, "--out", os.devnull])
    for seed in range(first, first + count):
        rng = np.random.default_rng((seed, 7))
        for jpeg, facts in make.pictures(seed, args):
            image = Image.open(io.BytesIO(jpeg)).convert("L")
            for line in facts["lines"]:
                text = line["text"]
                score.add(text, *read(model, cut(image, line, rng, len(text))))
    score.show(level)
    for miss in score.misses if verbose else ():
        print("  %s\n  %s  %.3f" % miss)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("--seeds", choices=("tune", "test"), default="tune")
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--photographs", type=int, default=40)
    parser.add_argument("--unseen", action="store_true",
                        help="lines in faces that are never trained on")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = export.load(args.weights)
    hard_lines(model, LINES[args.seeds], args.lines, args.unseen)
    for i, level in enumerate(("L1", "L2", "L3", "L4")):
        photographs(model, PHOTOS[args.seeds] + 10000 * i, args.photographs,
                    level, args.verbose)


if __name__ == "__main__":
    main()
