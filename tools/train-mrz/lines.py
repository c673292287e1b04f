"""One training line from one seed.

Seeds below 10^9 train, from 10^9 tune, from 2*10^9 are the final test; nobody
may look at results on the last while choosing anything.
"""

import numpy as np

import content
import damage
import strip

TRAIN, TUNE, TEST = 0, 10 ** 9, 2 * 10 ** 9
SPARE = 4           # pitches of the input beyond the text


def width_of(columns):
    return (columns + SPARE) * damage.PITCH


def make(seed, columns, unseen=False):
    """(uint8 32 x W, text), the same for the same arguments."""
    rng = np.random.default_rng((seed, columns))
    text = content.line(rng, columns)
    if rng.random() < 0.1:
        first, last = sorted(rng.integers(0, columns + 1, 2))
        text = (" " * first + text[first:last]).ljust(columns)
    grey = strip.printed(text, rng, unseen)
    grey = damage.photographed(grey, columns, width_of(columns), rng)
    return grey, text.strip()


def batch(seed, count, columns, unseen=False):
    """`count` lines of one width from consecutive seeds."""
    made = [make(seed + i, columns, unseen) for i in range(count)]
    return np.stack([m[0] for m in made]), [m[1] for m in made]
