"""What a telephone, a scanner or a page of the web does to a strip."""

import io

import numpy as np
from PIL import Image, ImageFilter

FILTERS = (Image.BILINEAR, Image.BOX, Image.HAMMING, Image.BICUBIC,
           Image.LANCZOS)


def jpeg(image, quality):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file)


def motion(grey, most, rng):
    """A short straight smear in some direction."""
    length = rng.uniform(1, max(1.1, most))
    angle = rng.uniform(0, np.pi)
    total = np.zeros_like(grey)
    for step in np.linspace(-0.5, 0.5, 5):
        dx = int(round(np.cos(angle) * length * step))
        dy = int(round(np.sin(angle) * length * step))
        total += np.roll(grey, (dy, dx), (0, 1))
    return total / 5


def light(grey, capital, rng):
    """Uneven lamp, a shadow's border, a reflection."""
    h, w = grey.shape
    y = np.arange(h, dtype=np.float32)[:, None]
    x = np.arange(w, dtype=np.float32)[None]
    grey = grey * (1 + rng.uniform(-0.3, 0.3) * (x / w - 0.5))
    if rng.random() < 0.15:
        border = (x - rng.uniform(0, w)) + (y - h / 2) * rng.uniform(-3, 3)
        soft = rng.uniform(0.3, 4) * capital
        grey = grey * (1 - rng.uniform(0.2, 0.6) / (1 + np.exp(
            np.clip(-border / soft, -30, 30))))
    if rng.random() < 0.12:
        rx = rng.uniform(1, 9) * capital
        ry = rng.uniform(0.7, 4) * capital
        far = ((x - rng.uniform(0, w)) / rx) ** 2
        far = far + ((y - rng.uniform(0.2, 0.8) * h) / ry) ** 2
        grey = grey + rng.uniform(30, 140) * np.exp(-far)
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
