#!/usr/bin/python3
"""Trains the network on the squares that patches.py made.

    train.py --seed 1 --epochs 8 --check /tmp/val.npz --out /tmp/screen.pt \
        /tmp/train1.npz /tmp/train2.npz
"""

import os
import sys

import numpy as np
import torch

import net

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../train"))
import learn    # noqa: E402

BATCH = 64


def load(names):
    parts = [np.load(name) for name in names]
    return (np.concatenate([p["pages"] for p in parts]),
            np.concatenate([p["labels"] for p in parts]).astype(np.int64))


def varied(rgb, rng):
    """Turned, mirrored, brighter or paler: no square is twice the same."""
    out = np.rot90(rgb, int(rng.integers(4)), (1, 2))
    if rng.random() < 0.5:
        out = out[:, :, ::-1]
    out = out.astype(np.float32)
    grey = out.mean(3, keepdims=True)
    out = grey + (out - grey) * rng.uniform(0.5, 1.3)
    return out * rng.uniform(0.6, 1.1)


def posteriors(model, rgb):
    model.eval()
    with torch.no_grad():
        said = [model(torch.from_numpy(net.planes(rgb[i:i + 256])))
                for i in range(0, len(rgb), 256)]
    return torch.cat(said)[:, :, 0, 0].softmax(1).numpy()


def report(model, rgb, labels):
    p = posteriors(model, rgb)
    right = [(p.argmax(1) == c)[labels == c].mean() for c in range(3)]
    return "right: genuine %.3f screen %.3f print %.3f" % tuple(right)


def main():
    args = learn.options(__doc__, 8, 3e-3).parse_args()
    model = net.build()
    rng = learn.begin(model, args)
    rgb, labels = load(args.data)
    check = load([args.check])

    def batches():
        order = rng.permutation(len(labels))
        for i in range(0, len(order) - BATCH + 1, BATCH):
            yield order[i:i + BATCH]

    def loss_of(model, at):
        batch = torch.from_numpy(net.planes(varied(rgb[at], rng)))
        return torch.nn.functional.cross_entropy(
            model(batch)[:, :, 0, 0], torch.from_numpy(labels[at]),
            label_smoothing=0.02)

    learn.fit(model, batches, loss_of, lambda m: report(m, *check), args)


if __name__ == "__main__":
    main()
