#!/usr/bin/python3
"""Does OpenCV read models/print.onnx as torch reads its weights?"""

import argparse
import os

import cv2
import numpy as np
import torch

import export
import lines
import net


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("--size", default="usual", choices=("usual", "lean"))
    args = parser.parse_args()
    model = export.load(args.weights, args.size)
    graph = cv2.dnn.readNetFromONNX(os.path.join(export.MODELS, "print.onnx"))
    worst = 0.0
    for seed in range(lines.TUNE, lines.TUNE + 20):
        strip = net.strips([lines.make(seed)[0][:, :net.WIDTH]], net.WIDTH)
        graph.setInput(strip.numpy())
        with torch.no_grad():
            own = model(strip).numpy()
        worst = max(worst, float(np.abs(graph.forward() - own).max()))
    print("largest difference of a logit: %.1e" % worst)
    raise SystemExit(worst > 1e-3)


if __name__ == "__main__":
    main()
