#!/usr/bin/python3
"""Trains the network on the pictures that pictures.py made.

    train.py --seed 1 --epochs 8 --check /tmp/tune.npz --out /tmp/kind.pt \
        /tmp/train1.npz /tmp/train2.npz
"""

import os
import sys

import cv2
import numpy as np
import torch

import net

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../train"))
import learn    # noqa: E402

BATCH = 64
MARGIN = 0.06       # as look_kind.c


class Pictures:
    """Pictures of one or several files of pictures.py."""

    def __init__(self, names):
        parts = [np.load(name) for name in names]
        for key in ("pictures", "sizes", "boxes", "labels", "found"):
            setattr(self, key, np.concatenate([p[key] for p in parts]))
        self.labels = self.labels.astype(np.int64)

    def whole(self, i):
        w, h = self.sizes[i]
        return self.pictures[i][:h, :w]

    def around(self, i, margin, wrong=None):
        """The part around the page; `wrong`: how far its sides are off."""
        w, h = self.sizes[i]
        x0, y0, x1, y1 = self.boxes[i]
        size = max(x1 - x0, y1 - y0)
        off = np.zeros(4) if wrong is None else wrong * size
        x0, x1 = np.clip((x0 - margin * size + off[0],
                          x1 + margin * size + off[1]), 0, w).astype(int)
        y0, y1 = np.clip((y0 - margin * size + off[2],
                          y1 + margin * size + off[3]), 0, h).astype(int)
        if min(x1 - x0, y1 - y0) < 12:
            return self.whole(i)
        return self.pictures[i][y0:y1, x0:x1]

    def as_looked_at(self, i):
        """As look_kind.c would, were every page found."""
        return self.around(i, MARGIN) if self.found[i] else self.whole(i)


def anywhere(rgb, rng):
    """A part of the picture, as where a page was found that is none."""
    h, w = rgb.shape[:2]
    a, b = rng.uniform(0.35, 1, 2)
    x, y = int(rng.uniform(0, 1 - a) * w), int(rng.uniform(0, 1 - b) * h)
    return rgb[y:y + int(b * h), x:x + int(a * w)]


def varied(data, i, rng):
    """Cut and turned anyhow, brighter, paler, grey, blurred, noisier."""
    if data.found[i] and rng.random() < 0.7:
        rgb = data.around(i, rng.uniform(0, 0.15), rng.normal(0, 0.03, 4))
    else:
        rgb = data.whole(i)
        if not data.found[i] and rng.random() < 0.5:
            rgb = anywhere(rgb, rng)
    rgb = np.ascontiguousarray(np.rot90(rgb, int(rng.integers(4))))
    out = rgb.astype(np.float32)
    if rng.random() < 0.3:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 1.3))
    grey = out.mean(2, keepdims=True)
    out = grey + (out - grey) * (rng.uniform(0.2, 1.5) if
                                 rng.random() < 0.85 else 0)
    out = (out - 128) * rng.uniform(0.6, 1.25) + 128 + rng.uniform(-25, 25)
    out *= rng.uniform(0.9, 1.1, 3).astype(np.float32)
    if rng.random() < 0.3:
        out += rng.normal(0, rng.uniform(2, 9), out.shape)
    return net.glance(np.clip(out, 0, 255).astype(np.uint8))


def posteriors(model, data):
    model.eval()
    seen = np.stack([net.glance(data.as_looked_at(i))
                     for i in range(len(data.labels))])
    with torch.no_grad():
        said = [model(torch.from_numpy(seen[i:i + 256]))
                for i in range(0, len(seen), 256)]
    return torch.cat(said)[:, :, 0, 0].softmax(1).numpy()


def report(model, data):
    best = posteriors(model, data).argmax(1)
    right = [(best == c)[data.labels == c].mean()
             for c in range(len(net.CLASSES))]
    return "right: " + " ".join("%s %.3f" % pair
                                for pair in zip(net.CLASSES, right))


def main():
    args = learn.options(__doc__, 8, 4e-3).parse_args()
    cv2.setNumThreads(1)
    model = net.build()
    rng = learn.begin(model, args)
    data, check = Pictures(args.data), Pictures([args.check])
    share = np.bincount(data.labels, minlength=len(net.CLASSES))
    weight = torch.tensor((share.mean() / share) ** 0.5, dtype=torch.float32)

    def batches():
        order = rng.permutation(len(data.labels))
        for i in range(0, len(order) - BATCH + 1, BATCH):
            yield order[i:i + BATCH]

    def loss_of(model, at):
        seen = np.stack([varied(data, k, rng) for k in at])
        return torch.nn.functional.cross_entropy(
            model(torch.from_numpy(seen))[:, :, 0, 0],
            torch.from_numpy(data.labels[at]), weight, label_smoothing=0.03)

    learn.fit(model, batches, loss_of, lambda m: report(m, check), args)


if __name__ == "__main__":
    main()
