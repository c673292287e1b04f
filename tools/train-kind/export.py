#!/usr/bin/python3
"""Writes the trained network as models/kind.onnx and says in
models/kind.json how to feed it."""

import argparse
import hashlib
import json
import os

import torch

import net

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = os.path.join(HERE, "../../models")


def load(weights):
    model = net.build()
    model.load_state_dict(torch.load(weights))
    return model.eval()


def write(model, path):
    """ONNX that OpenCV 4.6 reads: opset 11, one picture at a time."""
    torch.onnx.export(
        model, torch.zeros(1, 3, net.SIDE, net.SIDE), path, opset_version=11,
        input_names=["glance"], output_names=["logits"])


def describe(path, runs):
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return {
        "file": "kind.onnx", "sha256": digest, "opset": 11,
        "input": {
            "name": "glance", "layout": "1 x 3 x 96 x 96, float32",
            "part": "the box around the page with 6 % of its longer side "
                    "around it; the whole picture where no page was found",
            "scale": "its longer side to 96, by area; in the middle of the "
                     "square, zeros beside it",
            "planes": "brightness; blue and red less brightness (0.564 and "
                      "0.713)",
            "normalisation": "each less its mean over the part, divided by "
                             "%g for brightness and %g for colour" % (
                                 net.LUMA_STEP, net.COLOUR_STEP),
        },
        "output": {"name": "logits", "layout": "1 x 5 x 1 x 1, float32",
                   "classes": list(net.CLASSES), "decoding": "softmax"},
        "training": {"program": "tools/train-kind/train.py",
                     "data": "synthetic pages, things and desks",
                     "runs": runs},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("--runs", required=True,
                        help="what was run, for the record")
    parser.add_argument("--out", default=MODELS)
    args = parser.parse_args()
    path = os.path.join(args.out, "kind.onnx")
    write(load(args.weights), path)
    with open(os.path.join(args.out, "kind.json"), "w") as file:
        json.dump(describe(path, args.runs), file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
