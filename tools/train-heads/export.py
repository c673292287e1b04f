#!/usr/bin/python3
"""Writes what train.c learned as models/heads.onnx and says in
models/heads.json how to feed it; OpenCV reads it, and check() tells what it
says of a held picture.

    export.py /tmp/heads.bin --runs "what was run"
"""

import argparse
import os
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../train"))
import described    # noqa: E402

# kernel, step, channels in and out, as train.c has them; its last layer is
# wider than what is asked of it
CHAIN = ((5, 2, 1, 16), (3, 2, 16, 32), (3, 1, 32, 32), (3, 2, 32, 48),
         (3, 1, 48, 48), (3, 1, 48, 48), (3, 1, 48, 48), (1, 1, 48, 16))
OUTPUTS = 4
FACTS = {
    "input": {
        "name": "page", "layout": "1 x 1 x height x width, float32",
        "part": "the whole document",
        "scale": "300 / 25.4 / 4 pixels a millimetre, and that halved and "
                 "quartered",
        "planes": "brightness",
        "normalisation": "less its mean, divided by its deviation or by 12, "
                         "whichever is more",
    },
    "output": {"name": "heads",
               "layout": "1 x 4 x height / 8 x width / 8, float32; a cell "
                         "stands for pixel 8 x column, 8 x row",
               "numbers": ["score", "across, in cells", "down, in cells",
                           "twice the binary logarithm of width / 16"],
               "decoding": "peaks of the score above a threshold"},
    "training": {"program": "tools/train-heads/train.c",
                 "data": "parts of synthetic pages with heads anywhere"},
}


def layers(path):
    """Weights as ONNX has them, and biases."""
    flat, at = np.fromfile(path, np.float32), 0
    for kernel, _, fan_in, fan_out in CHAIN:
        count = kernel * kernel * fan_in
        w = flat[at:at + count * fan_out].reshape(
            kernel, kernel, fan_in, fan_out)
        b = flat[at + count * fan_out:at + (count + 1) * fan_out]
        at += (count + 1) * fan_out
        many = OUTPUTS if kernel == 1 else fan_out
        yield np.ascontiguousarray(w.transpose(3, 2, 0, 1)[:many]), b[:many]
    assert at == len(flat), "weights of another network"


def number(value):
    out = b""
    while value > 127:
        out += bytes((value & 127 | 128,))
        value >>= 7
    return out + bytes((value,))


def put(field, value):
    """A field of protobuf: a number, or bytes with their length."""
    if isinstance(value, int):
        return number(field << 3) + number(value)
    value = value.encode() if isinstance(value, str) else value
    return number(field << 3 | 2) + number(len(value)) + value


def tensor(name, values):
    return b"".join(put(1, side) for side in values.shape) + put(2, 1) + \
        put(8, name) + put(9, values.astype("<f4").tobytes())


def whole_numbers(name, values):
    """An attribute of a node: a list of integers."""
    return put(5, put(1, name) + b"".join(put(8, v) for v in values) +
               put(20, 7))


def value_of(name, sides):
    """What goes in or comes out: its name and its sides."""
    shape = b"".join(put(1, put(2, s) if isinstance(s, str) else put(1, s))
                     for s in sides)
    return put(1, name) + put(2, put(1, put(1, 1) + put(2, shape)))


def onnx(path):
    """The file's bytes (onnx.proto, IR version 6, opset 11)."""
    graph, before = b"", FACTS["input"]["name"]
    parts = list(layers(path))
    for k, (kernel, step, _, _) in enumerate(CHAIN):
        last = k == len(CHAIN) - 1
        after = FACTS["output"]["name"] if last else "sum%d" % k
        around = [kernel // 2] * 4
        graph += put(1, put(1, before) + put(1, "w%d" % k) +
                     put(1, "b%d" % k) + put(2, after) + put(4, "Conv") +
                     whole_numbers("kernel_shape", [kernel] * 2) +
                     whole_numbers("strides", [step] * 2) +
                     whole_numbers("pads", around))
        before = after
        if not last:
            before = "seen%d" % k
            graph += put(1, put(1, after) + put(2, before) + put(4, "Relu"))
    graph += put(2, "heads")
    for k, (weights, bias) in enumerate(parts):
        graph += put(5, tensor("w%d" % k, weights)) + put(
            5, tensor("b%d" % k, bias))
    graph += put(11, value_of(FACTS["input"]["name"],
                              (1, 1, "height", "width")))
    graph += put(12, value_of(FACTS["output"]["name"],
                              (1, OUTPUTS, "rows", "columns")))
    return put(1, 6) + put(7, graph) + put(8, put(2, 11))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("weights")
    parser.add_argument("--runs", required=True,
                        help="what was run, for the record")
    parser.add_argument("--out", default=described.MODELS)
    args = parser.parse_args()
    path = os.path.join(args.out, "heads.onnx")
    with open(path, "wb") as file:
        file.write(onnx(args.weights))
    described.describe(path, FACTS, args.runs)


if __name__ == "__main__":
    main()
