#!/usr/bin/python3
"""Writes the trained network as models/kind.onnx and says in
models/kind.json how to feed it; check.py has tables of what it says.

    export.py /tmp/kind.pt --runs "what was run" --check /tmp/tune.npz
"""

import os
import sys

import numpy as np

import net
import train

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../train"))
import learn    # noqa: E402

FACTS = {
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
                 "data": "synthetic pages, things and desks"},
}


def inputs(path):
    data = train.Pictures([path])
    return np.stack([net.glance(data.as_looked_at(i)) for i in range(1)])


if __name__ == "__main__":
    learn.export(__doc__, net.build(), "kind", (1, 3, net.SIDE, net.SIDE),
                 FACTS, inputs)
