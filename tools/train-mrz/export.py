#!/usr/bin/python3
"""Writes the trained reader as models/mrz.onnx and says in models/mrz.json
how to feed it."""

import argparse
import hashlib
import json
import os

import torch

import net

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = os.path.join(HERE, "../../models")


def load(weights):
    """A reader of train.py's: FILE, or FILE:NAME where it has several."""
    path, _, name = weights.partition(":")
    state = torch.load(path)
    state = state["models"][name or "narrow"] if "models" in state else state
    model = net.build(net.width_of(state))
    model.load_state_dict(state)
    return model.eval()


def write(model, path):
    """ONNX that OpenCV 4.6 reads: opset 11, free width, batch 1."""
    torch.onnx.export(
        model, torch.zeros(1, 1, net.HEIGHT, 768), path, opset_version=11,
        input_names=["lines"], output_names=["logits"],
        dynamic_axes={"lines": {3: "width"}, "logits": {3: "columns"}})


def describe(path, args):
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return {
        "file": "mrz.onnx", "sha256": digest, "opset": 11,
        "input": {
            "name": "lines", "layout": "1 x 1 x height x width, float32",
            "height": net.HEIGHT, "pitch": net.PITCH, "width_multiple": 16,
            "margin_pitches": 2, "usual_width": "(characters + 4) * 16",
            "vertical": "middle of the capitals at row 16; "
                        "32 rows are 2 pitches (5.08 mm)",
            "colour": "grey 0 to 255, dark text on light, reading order",
            "normalisation": "(grey - mean) / max(deviation, floor), mean "
                             "and deviation over the whole input",
            "deviation_floor": net.FLOOR,
        },
        "output": {
            "name": "logits", "layout": "1 x classes x 1 x columns, float32",
            "columns": "width / 4", "alphabet": net.ALPHABET,
            "classes": len(net.ALPHABET) + 1, "blank": net.BLANK,
            "decoding": "softmax over classes; CTC: equal neighbours merge, "
                        "then blanks go",
        },
        "training": {"program": "tools/train-mrz/train.py",
                     "data": "synthetic lines only", "runs": args.runs},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("--runs", default="--seed 1 --steps 3000",
                        help="arguments of train.py, for the record")
    parser.add_argument("--out", default=MODELS)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    path = os.path.join(args.out, "mrz.onnx")
    write(load(args.weights), path)
    with open(os.path.join(args.out, "mrz.json"), "w") as file:
        json.dump(describe(path, args), file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
