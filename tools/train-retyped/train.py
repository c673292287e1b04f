#!/usr/bin/python3
"""Trains the network on the fields that fields.py made.

    train.py --seed 1 --epochs 12 --check /tmp/tune.npz \
        --out /tmp/retyped.pt /tmp/train_*.npz
"""

import os
import sys

import numpy as np
import torch

import net

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../train"))
import learn    # noqa: E402

PICTURES = 12       # of a batch
FALSE_ALARMS = 0.05


class Fields:
    """Fields of one or several files, by picture."""

    def __init__(self, names):
        crops, labels, groups, count = [], [], [], 0
        for name in names:
            part = np.load(name)
            crops.append(part["crops"])
            labels.append(part["labels"])
            groups.append(part["groups"] + count)
            count = groups[-1].max() + 1
        self.planes = np.concatenate([net.planes(part[i:i + 256]).astype(
            np.float16) for part in crops for i in range(0, len(part), 256)])
        self.labels = np.concatenate(labels).astype(np.float32)
        self.groups = np.concatenate(groups)
        self.of = [np.nonzero(self.groups == g)[0] for g in range(count)]

    def batch(self, pictures):
        at = np.concatenate([self.of[g] for g in pictures])
        group = np.concatenate([np.full(len(self.of[g]), k)
                                for k, g in enumerate(pictures)])
        return at, torch.from_numpy(group), len(pictures)


def said_of(model, data, batch):
    at, group, count = batch
    said = model(torch.from_numpy(data.planes[at].astype(np.float32)))
    said = said[:, :, 0, 0]
    return net.scores(said, group, count)


def report(model, data):
    """Pictures found, at so many false alarms, by their worst field."""
    model.eval()
    worst, forged, right = [], [], []
    with torch.no_grad():
        for g in range(len(data.of)):
            scores = said_of(model, data, data.batch([g])).numpy()
            labels = data.labels[data.of[g]]
            worst.append(scores.max())
            forged.append(labels.max() > 0)
            right.append(labels[scores.argmax()] > 0)
    worst, forged = np.array(worst), np.array(forged)
    line = np.quantile(worst[~forged], 1 - FALSE_ALARMS)
    return "line %.2f: %.0f %% of %d found, %.0f %% the right field" % (
        line, 100 * (worst[forged] > line).mean(), forged.sum(),
        100 * np.mean(np.array(right)[forged]))


def main():
    args = learn.options(__doc__, 12, 4e-3).parse_args()
    model = net.build()
    rng = learn.begin(model, args)
    data, check = Fields(args.data), Fields([args.check])

    def batches():
        order = rng.permutation(len(data.of))
        for i in range(0, len(order) - PICTURES + 1, PICTURES):
            yield data.batch(order[i:i + PICTURES])

    def loss_of(model, batch):
        wanted = torch.from_numpy(data.labels[batch[0]])
        return torch.nn.functional.binary_cross_entropy_with_logits(
            said_of(model, data, batch), wanted,
            pos_weight=torch.tensor(4.0))

    learn.fit(model, batches, loss_of, lambda m: report(m, check), args)


if __name__ == "__main__":
    main()
