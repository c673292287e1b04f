#!/usr/bin/python3
"""Trains the reader of print from nothing but the line generator.

Lines are kept in pools by width; each step renders a few new ones and takes
the rest from a pool, because rendering costs as much as learning.
"""

import argparse
import time

import numpy as np
import torch

import lines
import net
from alphabet import BLANK, INDEX

WIDTHS = {144: 40, 240: 26, 464: 14}    # pool's strip width: batch
POOL = 6000


class Pools:
    """Rendered lines by width, the oldest replaced first."""

    def __init__(self, seed):
        self.seed = seed
        self.kept = {width: [] for width in WIDTHS}
        self.fresh = {width: [] for width in WIDTHS}

    def renew(self, count):
        for _ in range(count):
            made = lines.make(self.seed)
            self.seed += 1
            for width in WIDTHS:
                if made[0].shape[1] + 16 <= width:
                    self.fresh[width].append(made)
                    break

    def draw(self, rng):
        """A batch of one width, new lines first."""
        sizes = np.float64([len(self.kept[w]) + len(self.fresh[w])
                            for w in WIDTHS]) / list(WIDTHS.values())
        width = list(WIDTHS)[rng.choice(len(sizes), p=sizes / sizes.sum())]
        count = WIDTHS[width]
        new, self.fresh[width] = (self.fresh[width][:count],
                                  self.fresh[width][count:])
        kept = self.kept[width] = (new + self.kept[width])[:POOL]
        old = rng.integers(0, len(kept), count - len(new))
        batch = new + [kept[i] for i in old]
        return width, [vary(g, rng) for g, _ in batch], [t for _, t in batch]


def vary(grey, rng):
    """A reused line is never quite the same twice."""
    grey = np.roll(grey, int(rng.integers(-1, 2)), 0).astype(np.float32)
    return 255 * (grey / 255) ** rng.uniform(0.75, 1.33)


def loss_of(model, width, greys, texts):
    logits = model(net.strips(greys, width)).squeeze(2)
    logs = logits.permute(2, 0, 1).log_softmax(2)
    targets = torch.tensor([INDEX[c] for t in texts for c in t])
    sizes = torch.tensor([len(t) for t in texts])
    steps = torch.full((len(texts),), logs.shape[0], dtype=torch.long)
    return torch.nn.functional.ctc_loss(logs, targets, steps, sizes, BLANK,
                                        zero_infinity=True)


def validate(model, count=150):
    """Share of tuning lines read exactly, and letters by case ignored."""
    model.eval()
    right = folded = 0
    for seed in range(lines.TUNE, lines.TUNE + count):
        grey, text = lines.make(seed)
        got = net.decode(net.read(model, grey))
        right += got == text
        folded += got.lower() == text.lower()
    model.train()
    return right / count, folded / count


def rate(step, done, top):
    """Warm up, then a cosine down to nothing; done: 0 to 1."""
    warm = min(1.0, (step + 1) / 200)
    return top * warm * (0.01 + 0.99 * (1 + np.cos(np.pi * done)) / 2)


def start(args):
    torch.manual_seed(args.seed)
    model = net.build()
    if args.start:
        some = [lines.make(args.seed * 10 ** 7 + i)[0] for i in range(200)]
        net.widened(model, net.unfolded(args.start, some) if
                    args.start.endswith(".onnx") else torch.load(args.start))
    optimiser = torch.optim.AdamW(model.parameters(), args.rate,
                                  weight_decay=1e-3)
    return model, optimiser


def run(args):
    model, optimiser = start(args)
    rng = np.random.default_rng(args.seed)
    pools = Pools(lines.TRAIN + args.seed * 10 ** 7)
    pools.renew(300)
    total, begin = 0.0, time.process_time()
    end = time.time() + 60 * args.until
    for step in range(args.steps):
        done = max(step / args.steps,
                   (time.process_time() - begin) / 60 / args.minutes,
                   1 - (end - time.time()) / 60 / args.until)
        if done >= 1:
            break
        pools.renew(args.fresh)
        for group in optimiser.param_groups:
            group["lr"] = rate(step, done, args.rate)
        loss = loss_of(model, *pools.draw(rng))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimiser.step()
        total += float(loss.detach())
        if (step + 1) % 100 == 0:
            print("step %d  loss %.4f  %.0f s of processor" % (
                step + 1, total / 100, time.process_time()), flush=True)
            total = 0.0
            torch.save(model.state_dict(), args.out)
        if (step + 1) % 1000 == 0:
            print("tuning lines exact %.3f, case apart %.3f" %
                  validate(model), flush=True)
    torch.save(model.state_dict(), args.out)
    print("ended at step %d, %.0f s of processor; tuning lines exact %.3f, "
          "case apart %.3f" % (step + 1, time.process_time(),
                               *validate(model)), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--minutes", type=float, default=1e9,
                        help="of processor, when they end it before")
    parser.add_argument("--until", type=float, default=1e9,
                        help="minutes by the clock, likewise")
    parser.add_argument("--fresh", type=int, default=8,
                        help="new lines a step")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--start", help="weights to go on from, .pt or .onnx")
    parser.add_argument("--out", required=True, help="weights, .pt")
    torch.set_num_threads(1)
    run(parser.parse_args())


if __name__ == "__main__":
    main()
