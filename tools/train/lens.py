"""What lenses and encoders do to a strip, the same for every training."""

import io

import numpy as np
from PIL import Image


def jpeg(image, quality):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file)


def motion(grey, most, rng):
    """A short straight smear in some direction, 1 to `most` pixels long."""
    length = rng.uniform(1, most)
    angle = rng.uniform(0, np.pi)
    total = np.zeros_like(grey)
    for step in np.linspace(-0.5, 0.5, 5):
        dx = int(round(np.cos(angle) * length * step))
        dy = int(round(np.sin(angle) * length * step))
        total += np.roll(grey, (dy, dx), (0, 1))
    return total / 5


def dim(grey, scale, rng):
    """Uneven lamp, a shadow's border; scale: pixels of a letter."""
    h, w = grey.shape
    y = np.arange(h, dtype=np.float32)[:, None]
    x = np.arange(w, dtype=np.float32)[None]
    grey = grey * (1 + rng.uniform(-0.3, 0.3) * (x / w - 0.5))
    if rng.random() < 0.15:
        border = (x - rng.uniform(0, w)) + (y - h / 2) * rng.uniform(-3, 3)
        soft = rng.uniform(0.3, 4) * scale
        grey = grey * (1 - rng.uniform(0.2, 0.6) / (1 + np.exp(
            np.clip(-border / soft, -30, 30))))
    return grey


def reflect(grey, rx, ry, rng):
    """A reflection of these half axes somewhere."""
    h, w = grey.shape
    y = np.arange(h, dtype=np.float32)[:, None]
    x = np.arange(w, dtype=np.float32)[None]
    far = ((x - rng.uniform(0, w)) / rx) ** 2
    far = far + ((y - rng.uniform(0.2, 0.8) * h) / ry) ** 2
    return grey + rng.uniform(30, 140) * np.exp(-far)
