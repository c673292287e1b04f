#!/usr/bin/python3
"""Writes the trained reader as models/print.onnx and says in
models/print.json how to feed it."""

import argparse
import hashlib
import json
import os

import torch

import net
from alphabet import BLANK, GLYPHS
from damage import BASE, CAPITAL, HEIGHT

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = os.path.join(HERE, "../../models")


def load(weights, size="usual"):
    """One of the networks of a run, or the only one of an older run."""
    held = torch.load(weights, map_location="cpu")
    model = net.build(size)
    model.load_state_dict(held["models"][size] if "models" in held else held)
    return model.eval()


def write(model, path):
    """ONNX that OpenCV 4.6 reads: opset 11, free width, batch 1."""
    torch.onnx.export(
        model, torch.zeros(1, 1, HEIGHT, net.WIDTH), path, opset_version=11,
        input_names=["strip"], output_names=["logits"],
        dynamic_axes={"strip": {3: "width"}, "logits": {3: "columns"}})


def describe(path, args):
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return {
        "file": "print.onnx", "sha256": digest, "opset": 11,
        "input": {
            "name": "strip", "layout": "1 x 1 x height x width, float32",
            "height": HEIGHT, "usual_width": net.WIDTH,
            "vertical": "base line at row %d, capitals %d pixels high"
                        % (BASE, CAPITAL),
            "colour": "grey 0 to 255, dark text on light, reading order",
            "normalisation": "each piece of print: (grey - mean) / "
                             "max(deviation, floor); 0 between pieces",
            "deviation_floor": net.FLOOR, "gap": net.GAP,
        },
        "output": {
            "name": "logits", "layout": "1 x classes x 1 x columns, float32",
            "columns": "width / %d" % net.STRIDE,
            "alphabet": GLYPHS, "classes": BLANK + 1, "blank": BLANK,
            "decoding": "softmax over classes; CTC: equal neighbours merge, "
                        "then blanks go",
        },
        "training": {"program": "tools/train-print/train.py",
                     "data": "synthetic lines only", "runs": args.runs},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("--size", default="usual", choices=("usual", "lean"))
    parser.add_argument("--runs", default="--seed 41 --seconds 538 --start the network "
                        "before, net.unfolded",
                        help="arguments of train.py, for the record")
    parser.add_argument("--out", default=MODELS)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    path = os.path.join(args.out, "print.onnx")
    write(load(args.weights, args.size), path)
    with open(os.path.join(args.out, "print.json"), "w",
              encoding="utf-8") as file:
        json.dump(describe(path, args), file, indent=1, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main()
