"""What a telephone does to a strip: distance, blur, light, noise, JPEG; then
what a rectifier leaves: it never finds the line quite where it is."""

import os
import sys

import numpy as np
from PIL import Image, ImageFilter

import strip

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)),
                             "../train"))
import lens    # noqa: E402
from lens import jpeg    # noqa: E402

HEIGHT = 32         # of the network's input
PITCH = 16


FILTERS = (Image.BILINEAR, Image.BOX, Image.HAMMING, Image.BICUBIC,
           Image.LANCZOS)


def shrink(image, rng):
    """To the camera's resolution: 6 to 34 pixels a pitch, blurred."""
    pitch = float(rng.choice((rng.uniform(6.5, 11), rng.uniform(10, 16),
                              rng.uniform(13, 24), rng.uniform(22, 34)),
                             p=(0.1, 0.3, 0.35, 0.25)))
    limit = (0.165 if rng.random() < 0.85 else 0.2) * pitch
    sigma = min(limit, float(rng.choice(
        (rng.uniform(0.2, 0.9), rng.uniform(0.8, 1.8),
         rng.uniform(1.5, 3.4)), p=(0.45, 0.32, 0.23))))
    scale = pitch / strip.PITCH
    across = scale * rng.uniform(0.93, 1.07)
    image = image.filter(ImageFilter.GaussianBlur(sigma / scale))
    size = (round(image.width * scale), round(image.height * across))
    return image.resize(size, Image.BILINEAR, reducing_gap=None), pitch


def published(image, pitch, rng):
    """Made small for a page of the web, and compressed once more."""
    to = min(pitch * 0.95, float(rng.uniform(5.2, 15)))
    scale = to / pitch
    size = (round(image.width * scale), round(image.height * scale))
    image = image.resize(size, FILTERS[int(rng.integers(0, len(FILTERS)))])
    if rng.random() < 0.35:
        image = image.filter(ImageFilter.UnsharpMask(
            rng.uniform(0.5, 1.5), int(rng.integers(30, 150)), 0))
    if rng.random() < 0.8:
        image = jpeg(image, int(rng.integers(45 if to < 9 else 30, 96)))
    return image, to


def motion(grey, pitch, rng):
    return lens.motion(grey, 0.28 * pitch, rng)


def light(grey, pitch, rng):
    """Uneven lamp, a shadow's border, a reflection."""
    grey = lens.dim(grey, pitch, rng)
    if rng.random() < 0.2:
        rx, ry = rng.uniform(1, 9) * pitch, rng.uniform(0.7, 4) * pitch
        grey = lens.reflect(grey, rx, ry, rng)
    return grey * rng.uniform(0.45, 1.12) + rng.uniform(-10, 30)


def sensor(grey, rng):
    """Noise, often smoothed by the telephone, then JPEG."""
    noise = rng.standard_normal(grey.shape, np.float32) * rng.uniform(0, 14)
    if rng.random() < 0.4:
        noise = (noise + np.roll(noise, 1, 0) + np.roll(noise, 1, 1)) / 2
    image = Image.fromarray(np.clip(grey + noise, 0, 255).astype(np.uint8))
    if rng.random() < 0.3:
        image = image.filter(ImageFilter.UnsharpMask(
            rng.uniform(0.8, 2), int(rng.uniform(30, 150)), 0))
    return jpeg(image, int(rng.integers(30, 96))) if rng.random() < 0.8 \
        else image


BENDS = 6           # straight pieces of a bent line


def mesh(pitch, across, columns, width, rng):
    """Where pieces of the input fall on the picture, with small errors: the
    ends, the height, the tilt, the slant, a bend, an uneven pitch."""
    start = rng.uniform(0.7, width / PITCH - columns - 0.7)
    stretch = 1 + rng.uniform(-0.035, 0.035)
    left = (strip.MARGIN - start * stretch) * pitch
    along = width / PITCH * pitch * stretch
    half = across / 2 * HEIGHT / PITCH * (1 + rng.uniform(-0.12, 0.14))
    middle = strip.HEIGHT / strip.PITCH / 2 * across
    shift, tilt = rng.normal(0, (0.09, 0.09)) * across
    arch = rng.normal(0, 0.05) * across * (rng.random() < 0.3)
    uneven = rng.normal(0, 0.03) * (rng.random() < 0.3)
    taper = rng.normal(0, 0.03) * across
    slant = rng.normal(0, 0.05) * pitch

    def edge(t):
        u = t + uneven * t * (1 - t)
        y = middle + shift + tilt * (2 * t - 1) + arch * (
            1 - (2 * t - 1) ** 2)
        high = half + taper * (2 * t - 1)
        x = left + along * u
        return x, y, high

    out = []
    for i in range(BENDS):
        a, b = (round(width * k / BENDS) for k in (i, i + 1))
        xa, ya, ha = edge(a / width)
        xb, yb, hb = edge(b / width)
        out.append(((a, 0, b, HEIGHT), (
            xa + slant, ya - ha, xa - slant, ya + ha,
            xb - slant, yb + hb, xb + slant, yb - hb)))
    return out


def rectify(image, pitch, columns, width, rng):
    """The crop a reader would hand to the network."""
    across = image.height / strip.HEIGHT * strip.PITCH
    if pitch > PITCH:
        image = image.filter(ImageFilter.GaussianBlur(0.35 * pitch / PITCH))
    method = Image.BICUBIC if rng.random() < 0.3 else Image.BILINEAR
    return image.transform((width, HEIGHT), Image.MESH,
                           mesh(pitch, across, columns, width, rng), method)


def photographed(grey, columns, width, rng):
    """The network's input of a printed strip, uint8 32 x width."""
    image = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    image, pitch = shrink(image, rng)
    grey = np.asarray(image, np.float32)
    if rng.random() < 0.15:
        grey = motion(grey, pitch, rng)
    image = sensor(light(grey, pitch, rng), rng)
    if rng.random() < 0.33:
        image, pitch = published(image, pitch, rng)
    return np.asarray(rectify(image, pitch, columns, width, rng))
