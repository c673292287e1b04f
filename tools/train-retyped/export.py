#!/usr/bin/python3
"""Writes the trained network as models/retyped.onnx and says in
models/retyped.json how to feed it; then whether OpenCV says what torch says.

    export.py /tmp/retyped.pt --runs "what was run" --check /tmp/tune.npz
"""

import os
import sys

import numpy as np

import net

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../train"))
import learn    # noqa: E402

FACTS = {
    "input": {
        "name": "fields", "layout": "count x 3 x 48 x 144, float32",
        "part": "the middle of a printed field, of the rectified document at "
                "300 dpi",
        "planes": "each channel as a share of the paper's; brightness less "
                  "0.8, times 2; red less green and blue less green, times 4",
        "paper": "of each channel the value that 80 % of the part are darker "
                 "than, 16 to 255",
    },
    "output": {
        "name": "looks", "layout": "count x 17 x 1 x 1, float32",
        "decoding": "16 numbers and an opinion; the opinion and the squared "
                    "distance of the numbers from the mean of the picture's "
                    "other fields are the field's score",
    },
    "training": {"program": "tools/train-retyped/train.py",
                 "data": "fields of synthetic pages, some typed again"},
}


def inputs(path):
    return net.planes(np.load(path)["crops"][:16])


if __name__ == "__main__":
    learn.export(__doc__, net.build(), "retyped",
                 (1, 3, net.HIGH, net.WIDE), FACTS, inputs, many=True)
