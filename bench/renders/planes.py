"""Planes of numbers, for Blender's Python and ours."""

import numpy as np


def doubled(a):
    """Twice as wide and high."""
    for axis in (0, 1):
        pad = np.concatenate((a.take([0], axis), a, a.take([-1], axis)), axis)
        n = a.shape[axis]
        part = lambda k: pad.take(range(k, k + n), axis)  # noqa: E731
        both = np.stack((0.25 * part(0) + 0.75 * a,
                         0.25 * part(2) + 0.75 * a), axis + 1)
        shape = list(a.shape)
        shape[axis] *= 2
        a = both.reshape(shape)
    return a
