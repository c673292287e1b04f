"""One line and its neighbours as ink: 32 pixels to the pitch, the line's
centre in the middle."""

import numpy as np

import content
import faces

PITCH = faces.PITCH
MARGIN = 5          # pitches on either side
HEIGHT = 4 * PITCH


def write(ink, text, centre, glyphs, rng):
    """Write text into ink; the capital's middle is at height `centre`."""
    jitter = rng.random() < 0.25
    reach = 1 if rng.random() < 0.7 else 3      # 3: a typewriter's
    spare = (faces.CELL - PITCH) // 2
    for i, char in enumerate(text):
        if char == " ":
            continue
        x = (MARGIN + i) * PITCH - spare
        y = int(round(centre)) - faces.HIGH // 2
        if jitter:
            x, y = x + int(rng.integers(-1, 2)), \
                y + int(rng.integers(-reach, reach + 1))
        cell = ink[max(y, 0):y + faces.HIGH, x:x + faces.CELL]
        part = glyphs[char][max(-y, 0):][:cell.shape[0]]
        np.maximum(cell, part, out=cell)


def neighbours(ink, width, glyphs, rng):
    """Lines above and below, 4.2 to 6.6 mm away."""
    step = rng.uniform(1.6, 2.6) * PITCH
    middle = HEIGHT / 2
    for side, chance in ((-1, 0.6), (1, 0.6)):
        if rng.random() < chance:
            write(ink, content.noise_line(rng, width), middle + side * step,
                  glyphs, rng)
