#!/usr/bin/python3
"""Writes the trained network as models/screen.onnx and says in
models/screen.json how to feed it; then whether OpenCV says what torch says.

    export.py /tmp/screen.pt --runs "what was run" --check /tmp/check.npz
"""

import os
import sys

import numpy as np

import net
import patches

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../train"))
import learn    # noqa: E402

FACTS = {
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
                 "data": "synthetic pages, simulated displays and prints"},
}


def inputs(path):
    return net.planes(np.load(path)["pages"][:32])


if __name__ == "__main__":
    half = net.SIDE // 2
    learn.export(__doc__, net.build(), "screen", (1, 6, half, half), FACTS,
                 inputs, many=True)
