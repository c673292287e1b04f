"""The ink of one line from one seed, before paper and camera: 32 pixels to
the pitch, 4 pitches high, 5 pitches of margin.

Seeds below 10^9 train, from 10^9 tune, from 2*10^9 are the final test.
"""

import numpy as np

import content
import faces
import strip

TRAIN, TUNE, TEST = 0, 10 ** 9, 2 * 10 ** 9


def make(seed, columns, unseen=False):
    """(uint8 128 x W, text), the same for the same arguments."""
    rng = np.random.default_rng((seed, columns))
    text = content.line(rng, columns)
    if rng.random() < 0.1:
        first, last = sorted(rng.integers(0, columns + 1, 2))
        text = (" " * first + text[first:last]).ljust(columns)
    glyphs = faces.cut(faces.choose(rng, unseen), rng)
    ink = np.zeros((strip.HEIGHT, (columns + 2 * strip.MARGIN) * strip.PITCH),
                   np.uint8)
    strip.write(ink, text, strip.HEIGHT / 2, glyphs, rng)
    strip.neighbours(ink, columns, glyphs, rng)
    return ink, text.strip()
