"""What a telephone, a scanner or a page of the web does to a strip."""

import os
import sys

import numpy as np
from PIL import Image, ImageFilter

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)),
                             "../train"))
import lens    # noqa: E402
from lens import jpeg    # noqa: E402

FILTERS = (Image.BILINEAR, Image.BOX, Image.HAMMING, Image.BICUBIC,
           Image.LANCZOS)


def motion(grey, most, rng):
    return lens.motion(grey, max(1.1, most), rng)


def light(grey, capital, rng):
    """Uneven lamp, a shadow's border, a reflection."""
    grey = lens.dim(grey, capital, rng)
    if rng.random() < 0.12:
        rx = rng.uniform(1, 9) * capital
        ry = rng.uniform(0.7, 4) * capital
        grey = lens.reflect(grey, rx, ry, rng)
    return grey * rng.uniform(0.45, 1.12) + rng.uniform(-10, 30)


def sensor(grey, rng):
    """Noise, often smoothed by the telephone, then JPEG."""
    noise = rng.standard_normal(grey.shape, np.float32) * rng.uniform(0, 12)
    if rng.random() < 0.4:
        noise = (noise + np.roll(noise, 1, 0) + np.roll(noise, 1, 1)) / 2
    image = Image.fromarray(np.clip(grey + noise, 0, 255).astype(np.uint8))
    if rng.random() < 0.3:
        image = sharpened(image, rng)
    return jpeg(image, int(rng.integers(35, 96))) if rng.random() < 0.8 \
        else image


def sharpened(image, rng):
    return image.filter(ImageFilter.UnsharpMask(
        rng.uniform(0.5, 2), int(rng.integers(30, 180)), 0))


def resized(image, across, down, rng):
    """To another size, by any of the filters that programs use."""
    return image.resize(
        (max(8, round(image.width * across)),
         max(8, round(image.height * down))),
        FILTERS[int(rng.integers(0, len(FILTERS)))])


def published(image, scale, rng):
    """Made small for a page of the web, and compressed once more."""
    image = resized(image, scale, scale, rng)
    if rng.random() < 0.35:
        image = sharpened(image, rng)
    return jpeg(image, int(rng.integers(40, 96)))
