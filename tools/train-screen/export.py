#!/usr/bin/python3
"""Writes the trained network as models/screen.onnx and says in
models/screen.json how to feed it."""

import argparse
import hashlib
import json
import os

import torch

import net
import patches

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = os.path.join(HERE, "../../models")


def load(weights):
    model = net.build()
    model.load_state_dict(torch.load(weights))
    return model.eval()


def write(model, path):
    """ONNX that OpenCV 4.6 reads: opset 11, any number of squares."""
    half = net.SIDE // 2
    torch.onnx.export(
        model, torch.zeros(1, 6, half, half), path, opset_version=11,
        input_names=["squares"], output_names=["logits"],
        dynamic_axes={"squares": {0: "count"}, "logits": {0: "count"}})


def describe(path, runs):
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return {
        "file": "screen.onnx", "sha256": digest, "opset": 11,
        "input": {
            "name": "squares", "layout": "count x 6 x 48 x 48, float32",
            "side": net.SIDE, "pixels": "the camera's own, never scaled",
            "planes": "brightness of even rows and even columns, even and "
                      "odd, odd and even, odd and odd; blue and red less "
                      "brightness (0.564 and 0.713), means of 2 x 2 pixels",
            "normalisation": "each less its mean over the square, divided "
                             "by %g for brightness and %g for colour" % (
                                 net.LUMA_STEP, net.COLOUR_STEP),
        },
        "output": {"name": "logits", "layout": "count x 3 x 1 x 1, float32",
                   "classes": list(patches.CLASSES),
                   "decoding": "softmax; mean over the squares"},
        "training": {"program": "tools/train-screen/train.py",
                     "data": "synthetic pages, simulated displays and prints",
                     "runs": runs},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("--runs", required=True,
                        help="what was run, for the record")
    parser.add_argument("--out", default=MODELS)
    args = parser.parse_args()
    path = os.path.join(args.out, "screen.onnx")
    write(load(args.weights), path)
    with open(os.path.join(args.out, "screen.json"), "w") as file:
        json.dump(describe(path, args.runs), file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
