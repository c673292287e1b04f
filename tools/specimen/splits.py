"""Which seeds are for what, and what each range may draw.

Type faces, desks, artwork and cuts of OCR-B that are held out appear under
final-test seeds only, and there nothing else does, so that a figure on those
seeds is one on things never trained on. Every aspect of a specimen has its
own stream of random numbers: a new field does not move the camera.
"""

import zlib

import numpy as np

RANGES = (("training", 1_000_000), ("tuning", 2_000_000), ("test", 3_000_000))
SPAN = 1_000_000


def split_of(seed):
    """`training`, `tuning`, `test`, or `example` for any other seed."""
    for name, first in RANGES:
        if first <= seed < first + SPAN:
            return name
    return "example"


def stream(seed, *names):
    """Random numbers of one aspect of one specimen."""
    words = [n if isinstance(n, int) else zlib.crc32(n.encode())
             for n in names]
    return np.random.default_rng([seed, *words])


def allowed(rows, split, held=lambda row: row[0] == "held"):
    """The rows that this split may draw: held-out ones or the others;
    examples draw from all."""
    if split == "example":
        return list(rows)
    return [row for row in rows if held(row) == (split == "test")]


def one(rng, values):
    return values[int(rng.integers(0, len(values)))]
