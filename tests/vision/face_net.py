#!/usr/bin/env python3
"""Writes a tiny network of faces as ONNX, byte for byte the same each time:
means of squares, times a fixed table. It tells pictures apart and knows
nothing of faces; it is for tests of what surrounds a real one.

usage: face_net.py FILE
"""
import struct
import sys

SIDE, POOL, OUT = 32, 8, 16


def varint(value):
    out = b""
    while True:
        out += bytes([value & 127 | (128 if value > 127 else 0)])
        value >>= 7
        if not value:
            return out


def field(number, value):
    """A protobuf field: a number, text or bytes."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def ints(name, values):
    return field(1, name) + b"".join(field(8, v) for v in values) + \
        field(20, 7)


def node(kind, inputs, outputs, attributes=()):
    return b"".join(field(1, i) for i in inputs) + \
        b"".join(field(2, o) for o in outputs) + field(4, kind) + \
        b"".join(field(5, a) for a in attributes)


def value(name, sides):
    shape = b"".join(field(1, field(1, s)) for s in sides)
    return field(1, name) + field(2, field(1, field(1, 1) +
                                           field(2, shape)))


def table(rows, columns):
    """Numbers between -1 and 1, none twice in a row."""
    out, state = [], 12345
    for _ in range(rows * columns):
        state = (state * 1103515245 + 12345) & 0x7fffffff
        out.append(state / 0x3fffffff - 1)
    return struct.pack("<%df" % len(out), *out)


def network():
    flat = 3 * (SIDE // POOL) ** 2
    weights = field(1, flat) + field(1, OUT) + field(2, 1) + \
        field(8, "weights") + field(9, table(flat, OUT))
    graph = b"".join(field(1, n) for n in (
        node("AveragePool", ["face"], ["means"], [
            ints("kernel_shape", [POOL, POOL]), ints("strides",
                                                     [POOL, POOL])]),
        node("Flatten", ["means"], ["flat"]),
        node("MatMul", ["flat", "weights"], ["numbers"])))
    graph += field(2, "tiny") + field(5, weights)
    graph += field(11, value("face", [1, 3, SIDE, SIDE]))
    graph += field(12, value("numbers", [1, OUT]))
    return field(1, 6) + field(2, "tests") + field(7, graph) + \
        field(8, field(1, "") + field(2, 11))


if __name__ == "__main__":
    with open(sys.argv[1], "wb") as file:
        file.write(network())
