#!/usr/bin/python3
"""Whether OpenCV's dnn says of models/screen.onnx what torch says."""

import argparse
import os

import cv2
import numpy as np
import torch

import export
import net


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("patches")
    args = parser.parse_args()
    squares = net.planes(np.load(args.patches)["pages"][:32])
    with torch.no_grad():
        right = export.load(args.weights)(torch.from_numpy(squares)).numpy()
    reader = cv2.dnn.readNetFromONNX(
        os.path.join(export.MODELS, "screen.onnx"))
    reader.setInput(squares)
    said = reader.forward()
    far = np.abs(said.reshape(right.shape) - right).max()
    print("%d squares, largest difference %.1e" % (len(squares), far))
    raise SystemExit(far > 1e-3)


if __name__ == "__main__":
    main()
