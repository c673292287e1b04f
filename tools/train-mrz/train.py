#!/usr/bin/python3
"""Trains the reader from nothing but the line generator.

A pool of rendered lines is renewed all the time: each step renders a few new
ones and reuses the rest, because rendering costs as much as learning.
"""

import argparse
import time

import numpy as np
import torch

import content
import lines
import net

FRESH, BATCH, POOL = 6, 28, 6000


class Pool:
    """Rendered lines of one width, oldest replaced first."""

    def __init__(self, columns, seed):
        self.columns, self.seed = columns, seed
        self.greys, self.texts = [], []

    def renew(self, count):
        greys, texts = lines.batch(self.seed, count, self.columns)
        self.seed += count
        self.greys = (list(greys) + self.greys)[:POOL]
        self.texts = (texts + self.texts)[:POOL]

    def draw(self, rng):
        """The newest lines and a sample of the older ones."""
        self.renew(FRESH)
        old = rng.integers(0, len(self.texts), BATCH - FRESH)
        chosen = list(range(FRESH)) + old.tolist()
        return (np.stack([vary(self.greys[i], rng) for i in chosen]),
                [self.texts[i] for i in chosen])


def vary(grey, rng):
    """A reused line is never quite the same twice."""
    grey = np.roll(grey, rng.integers(-1, 2, 2), (0, 1)).astype(np.float32)
    gamma = rng.uniform(0.75, 1.33)
    return 255 * (grey / 255) ** gamma


def loss_of(model, greys, texts):
    logits = model(net.normalise(greys)).squeeze(2)
    logs = logits.permute(2, 0, 1).log_softmax(2)
    targets = torch.tensor([net.ALPHABET.index(c) for t in texts for c in t])
    sizes = torch.tensor([len(t) for t in texts])
    steps = torch.full((len(texts),), logs.shape[0], dtype=torch.long)
    return torch.nn.functional.ctc_loss(logs, targets, steps, sizes, net.BLANK)


def validate(model, count=40):
    """Share of tuning lines read exactly."""
    model.eval()
    right = 0
    for columns in content.LENGTHS:
        greys, texts = lines.batch(lines.TUNE, count, columns)
        with torch.no_grad():
            logits = model(net.normalise(greys)).squeeze(2)
        right += sum(net.decode(l) == t for l, t in zip(logits, texts))
    model.train()
    return right / count / len(content.LENGTHS)


def rate(step, done, top):
    """Warm up, then a cosine down to nothing; done: share of the run."""
    warm = min(1.0, (step + 1) / 60)
    return top * warm * (0.01 + 0.99 * (1 + np.cos(np.pi * done)) / 2)


def start(args):
    """Model, optimiser and the step to go on from."""
    torch.manual_seed(args.seed)
    model = net.build()
    if args.start:
        model.load_state_dict(torch.load(args.start))
    optimiser = torch.optim.AdamW(model.parameters(), args.rate,
                                  weight_decay=1e-3)
    return model, optimiser


def run(args):
    model, optimiser = start(args)
    rng = np.random.default_rng(args.seed)
    pools = [Pool(c, lines.TRAIN + args.seed * 10 ** 7)
             for c in content.LENGTHS]
    total, begin, done, step = 0.0, time.time(), 0.0, 0
    while done < 1:
        pool = pools[rng.choice(len(pools), p=(0.4, 0.3, 0.3))]
        for group in optimiser.param_groups:
            group["lr"] = rate(step, done, args.rate)
        loss = loss_of(model, *pool.draw(rng))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimiser.step()
        total += float(loss.detach())
        step += 1
        done = max(step / args.steps,
                   (time.time() - begin) / 60 / args.minutes)
        if step % 50 == 0 or done >= 1:
            print("step %d  loss %.4f  %.0f s, of processor %.0f s" % (
                step, total / 50, time.time() - begin, time.process_time()),
                flush=True)
            total = 0.0
            torch.save(model.state_dict(), args.out)
    print("tuning lines exact %.3f" % validate(model), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--minutes", type=float, default=1e9,
                        help="end then, with fewer steps")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--start", help="weights to go on from")
    parser.add_argument("--out", required=True, help="weights, .pt")
    torch.set_num_threads(1)
    run(parser.parse_args())


if __name__ == "__main__":
    main()
