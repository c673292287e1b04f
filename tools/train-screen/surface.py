"""What is printed on a page, as light that comes back from it.

Pages come from tools/specimen; over them lie lines as fine as those of real
security printing, reckoned and not drawn, so that they are sharp at any
distance: without them a network would learn that what is sharp is forged.
"""

import functools
import os
import sys

import cv2
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../specimen"))

import specimens  # noqa: E402

SCALE = 20.0        # drawn pixels a millimetre
GAMMA = 2.2


TO_LINEAR = ((np.arange(256) / 255) ** GAMMA).astype(np.float32)


def linear(levels):
    return (np.asarray(levels, np.float32) / 255) ** np.float32(GAMMA)


@functools.lru_cache(maxsize=48)
def drawn(seed):
    """Every side of one specimen: (width, height in mm, RGB pixels)."""
    return [(p.width, p.height, np.asarray(p.image))
            for p in specimens.draw(seed, SCALE)]


def line_set(rng):
    """Parallel lines that bend: step, width in mm, colour, strength."""
    step = float(np.exp(rng.uniform(np.log(0.16), np.log(1.1))))
    return {
        "step": step, "width": step * rng.uniform(0.18, 0.5),
        "slope": float(rng.normal(0, 0.6)), "turned": rng.random() < 0.5,
        "bends": [(rng.uniform(0.1, 1.6), rng.uniform(0.02, 0.5),
                   rng.uniform(-0.3, 0.3), rng.uniform(0, 6.3))
                  for _ in range(int(rng.integers(0, 4)))],
        "ink": rng.uniform(0.1, 0.95, 3).astype(np.float32),
        "strength": float(rng.uniform(0.15, 0.8)),
    }


class Surface:
    """One side of a page; `faded` is how much of its colour is left."""

    def __init__(self, seed, rng):
        sides = drawn(seed)
        self.width, self.height, pixels = sides[int(rng.integers(len(sides)))]
        self.faded = float(rng.uniform(0.45, 1.15))
        self.pixels = {1: pixels}
        self.lines = [line_set(rng) for _ in range(int(rng.integers(0, 4)))]
        self.grey = False

    def reduced(self, finest):
        """The page with about one pixel to a sample: nothing aliases."""
        step = max(1, min(4, int(finest * SCALE + 0.35)))
        if step not in self.pixels:
            h, w = self.pixels[1].shape[:2]
            self.pixels[step] = cv2.resize(
                self.pixels[1], (w // step, h // step),
                interpolation=cv2.INTER_AREA)
        return SCALE / step, self.pixels[step]

    def light(self, x, y, finest):
        """Linear RGB at millimetres x, y; `finest` is the size of what one
        sample sees, in mm."""
        scale, pixels = self.reduced(finest)
        map_x = x * np.float32(scale) - np.float32(0.5)
        map_y = y * np.float32(scale) - np.float32(0.5)
        page = cv2.remap(pixels, map_x, map_y, cv2.INTER_LINEAR,
                         borderMode=cv2.BORDER_REPLICATE)
        page = TO_LINEAR[page]
        mean = page.mean(2, keepdims=True)
        page = mean + (page - mean) * np.float32(self.faded)
        for lines in self.lines:
            ink = drawn_lines(lines, x, y, finest)[..., None]
            page += ink * np.float32(lines["strength"]) * (
                lines["ink"] * page - page)
        if self.grey:
            page = page @ np.float32((0.3, 0.59, 0.11))
            page = np.repeat(page[..., None], 3, 2)
        return np.clip(page, 0.004, 1)


def drawn_lines(lines, x, y, finest):
    """Ink, 0 to 1, of one set of lines."""
    if lines["turned"]:
        x, y = y, x
    along = y + np.float32(lines["slope"]) * x
    for height, fx, fy, start in lines["bends"]:
        along = along + np.float32(height) * np.sin(
            np.float32(fx) * x + np.float32(fy) * y + np.float32(start))
    phase = along / np.float32(lines["step"])
    away = np.abs(phase - np.round(phase)) * np.float32(lines["step"])
    slope = max(1.0, np.hypot(1, lines["slope"]))
    edge = np.float32(max(finest, 0.02) * slope)
    return np.clip((np.float32(lines["width"]) / 2 - away) / edge + 0.5, 0, 1)
