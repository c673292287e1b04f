#!/usr/bin/python3
"""Writes the trained network as models/retyped.onnx and says in
models/retyped.json how to feed it; then whether OpenCV says what torch says.

    export.py /tmp/traces.pt --runs "what was run" --check SEED
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
        "name": "pieces", "layout": "count x 6 x 24 x 64, float32",
        "part": "128 x 48 of the picture's own pixels around the middle of a "
                "piece of print, from the edge of a file's block on; of large "
                "print means of 2 x 2 pixels, or 3 x 3 and so on",
        "planes": "four neighbours in brightness as four planes, in steps of "
                  "32; blue and red less brightness (times 0.564 and 0.713), "
                  "means of four pixels, in steps of 16; each less its mean",
    },
    "output": {
        "name": "looks", "layout": "count x 17 x 1 x 1, float32",
        "decoding": "16 numbers and an opinion; the opinion and the squared "
                    "distance of the numbers from the mean of the picture's "
                    "other pieces are the piece's score",
    },
    "training": {"program": "tools/train-retyped/train.py",
                 "data": "drawn lines of print and parts of portraits, "
                         "damaged as by cameras and files, some set anew"},
}


def inputs(seed):
    return np.random.default_rng(int(seed)).standard_normal(
        (16, 6, 24, 64)).astype(np.float32)


if __name__ == "__main__":
    learn.export(__doc__, net.build(), "retyped", (1, 6, 24, 64), FACTS,
                 inputs, many=True)
