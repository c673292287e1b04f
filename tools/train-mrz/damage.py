"""What a telephone does to a strip: distance, blur, light, noise, JPEG; then
what a rectifier leaves: it never finds the line quite where it is."""

import io

import numpy as np
from PIL import Image, ImageFilter

import strip

HEIGHT = 32         # of the network's input
PITCH = 16


def shrink(image, rng):
    """To the camera's resolution: 10 to 34 pixels a pitch, blurred."""
    pitch = float(rng.choice((rng.uniform(10, 16), rng.uniform(13, 24),
                              rng.uniform(22, 34)), p=(0.3, 0.4, 0.3)))
    limit = 0.165 * pitch
    sigma = min(limit, float(rng.choice(
        (rng.uniform(0.3, 0.9), rng.uniform(0.8, 1.8),
         rng.uniform(1.5, 3.2)), p=(0.35, 0.35, 0.3))))
    scale = pitch / strip.PITCH
    across = scale * rng.uniform(0.93, 1.07)
    image = image.filter(ImageFilter.GaussianBlur(sigma / scale))
    size = (round(image.width * scale), round(image.height * across))
    return image.resize(size, Image.BILINEAR, reducing_gap=None), pitch


def motion(grey, pitch, rng):
    """A short straight smear in some direction."""
    length = rng.uniform(1, 0.28 * pitch)
    angle = rng.uniform(0, np.pi)
    total = np.zeros_like(grey)
    for step in np.linspace(-0.5, 0.5, 5):
        dx = int(round(np.cos(angle) * length * step))
        dy = int(round(np.sin(angle) * length * step))
        total += np.roll(grey, (dy, dx), (0, 1))
    return total / 5


def light(grey, pitch, rng):
    """Uneven lamp, a shadow's border, a reflection."""
    h, w = grey.shape
    y = np.arange(h, dtype=np.float32)[:, None]
    x = np.arange(w, dtype=np.float32)[None]
    grey = grey * (1 + rng.uniform(-0.3, 0.3) * (x / w - 0.5))
    if rng.random() < 0.15:
        border = (x - rng.uniform(0, w)) + (y - h / 2) * rng.uniform(-3, 3)
        soft = rng.uniform(0.3, 4) * pitch
        grey = grey * (1 - rng.uniform(0.2, 0.6) / (1 + np.exp(
            np.clip(-border / soft, -30, 30))))
    if rng.random() < 0.2:
        rx, ry = rng.uniform(1, 9) * pitch, rng.uniform(0.7, 4) * pitch
        far = ((x - rng.uniform(0, w)) / rx) ** 2
        far = far + ((y - rng.uniform(0.2, 0.8) * h) / ry) ** 2
        grey = grey + rng.uniform(30, 140) * np.exp(-far)
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
    if rng.random() < 0.8:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=int(rng.integers(30, 96)))
        image = Image.open(file)
    return image


def corners(pitch, across, columns, width, rng):
    """Where the input's corners fall on the picture, with small errors."""
    start = rng.uniform(0.7, width / PITCH - columns - 0.7)
    stretch = 1 + rng.uniform(-0.03, 0.03)
    left = (strip.MARGIN - start * stretch) * pitch
    right = left + width / PITCH * pitch * stretch
    half = across / 2 * HEIGHT / PITCH * (1 + rng.uniform(-0.1, 0.12))
    middle = strip.HEIGHT / strip.PITCH / 2 * across
    shift, tilt = rng.normal(0, (0.09, 0.09)) * across
    bend = rng.normal(0, 0.03, 2) * across
    slant = rng.normal(0, 0.04) * pitch
    return (left + slant, middle + shift - tilt - half + bend[0],
            left - slant, middle + shift - tilt + half - bend[0],
            right - slant, middle + shift + tilt + half - bend[1],
            right + slant, middle + shift + tilt - half + bend[1])


def rectify(image, pitch, columns, width, rng):
    """The crop a reader would hand to the network."""
    across = image.height / strip.HEIGHT * strip.PITCH
    if pitch > PITCH:
        image = image.filter(ImageFilter.GaussianBlur(0.35 * pitch / PITCH))
    method = Image.BICUBIC if rng.random() < 0.4 else Image.BILINEAR
    return image.transform((width, HEIGHT), Image.QUAD,
                           corners(pitch, across, columns, width, rng), method)


def photographed(grey, columns, width, rng):
    """The network's input of a printed strip, uint8 32 x width."""
    image = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    image, pitch = shrink(image, rng)
    grey = np.asarray(image, np.float32)
    if rng.random() < 0.15:
        grey = motion(grey, pitch, rng)
    image = sensor(light(grey, pitch, rng), rng)
    return np.asarray(rectify(image, pitch, columns, width, rng))
