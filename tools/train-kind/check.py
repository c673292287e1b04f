#!/usr/bin/python3
"""What models/kind.onnx says, in OpenCV, of pictures of pictures.py: a table
of what they were and what they were taken for, how often it is sure, and how
far torch is from it.

    check.py /tmp/kind.pt /tmp/tune.npz
"""

import argparse
import os

import cv2
import numpy as np
import torch

import net
import train
import learn    # of tools/train; train puts it on the path

SURE = 0.9      # as src/checks/kind_seen.c


def asked(data):
    reader = cv2.dnn.readNetFromONNX(os.path.join(learn.MODELS, "kind.onnx"))
    out = []
    for i in range(len(data.labels)):
        reader.setInput(net.glance(data.as_looked_at(i))[None])
        out.append(reader.forward().ravel())
    return np.stack(out)


def table(title, labels, best):
    print(title)
    for c, name in enumerate(net.CLASSES):
        counts = np.bincount(best[labels == c], minlength=len(net.CLASSES) + 1)
        print("%14s " % name + " ".join("%5d" % n for n in counts))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("pictures")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    data = train.Pictures([args.pictures])
    scores = asked(data)
    p = torch.from_numpy(scores).softmax(1).numpy()
    best = p.argmax(1)
    print("rows what they were; columns " + ", ".join(net.CLASSES))
    table("likeliest:", data.labels, best)
    for sure in (0.8, SURE, 0.95):
        table("at %g and more; last column: less:" % sure, data.labels,
              np.where(p.max(1) >= sure, best, len(net.CLASSES)))
    seen = np.stack([net.glance(data.as_looked_at(i)) for i in range(32)])
    with torch.no_grad():
        right = learn.load(net.build(), args.weights)(torch.from_numpy(seen)).numpy()
    far = np.abs(right.reshape(32, -1) - scores[:32]).max()
    print("OpenCV and torch differ by %.1e at most" % far)
    raise SystemExit(far > 1e-3)


if __name__ == "__main__":
    main()
