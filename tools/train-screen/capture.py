"""Lens, sensor, telephone and file, from light to pixels.

The picture is reckoned in strips, so that twelve megapixels need no more
memory than one.
"""

import io

import cv2
import numpy as np
from PIL import Image

STRIP = 96
GAMMA = 2.2


def shot(rng, poor=0.25):
    """How one picture is taken; `poor` is the share of bad ones."""
    bad = rng.random() < poor
    return {
        "blur": float(rng.uniform(0.3, 0.75) + bad * rng.uniform(0, 0.7)),
        "motion": float(bad * (rng.random() < 0.5) * rng.uniform(0.5, 2.5)),
        "noise": float(rng.uniform(0.004, 0.016) * (1 + bad)),
        "mosaic": ("bilinear", "edges", "none")[int(rng.integers(3))],
        "denoise": float(rng.uniform(0, 1.4) * (rng.random() < 0.7)),
        "sharpen": float(rng.uniform(0, 1.2) * (rng.random() < 0.6)),
        "shrink": float(rng.choice((1, 1, 1, 1.25, 1.5, 2))),
        "warm": float(rng.normal(0, 0.12)), "mixed": float(
            rng.uniform(0, 0.25) * (rng.random() < 0.3)),
        "exposure": float(rng.uniform(0.55, 1.0)),
        "slope": float(rng.uniform(0, 0.25)),
        "glare": float(rng.uniform(0.2, 1.2) * (rng.random() < 0.15)),
        "quality": int(rng.integers(70, 96)),
        "subsampling": int(rng.choice((2, 2, 2, 0))),
        "again": int(rng.integers(65, 93) * (rng.random() < 0.15)),
    }


def invert(h):
    back = np.linalg.inv(h)
    return (back / back[2, 2]).astype(np.float64)


def seen(thing, art, h, frame, s, ground):
    """Linear light of the scene through the lens; ground: light around."""
    back = invert(h)
    w, rows = frame
    mm = thing_pixel(back, frame)
    x0, y0, x1, y1 = thing.reach(art)
    out = np.empty((rows, w, 3), np.float32)
    fine = thing.super
    for top in range(0, rows, STRIP):
        n = min(STRIP, rows - top)
        y, x = np.mgrid[0:n * fine, 0:w * fine].astype(np.float32)
        x, y = (x + 0.5) / fine, (y + 0.5) / fine + top
        z = (back[2, 0] * x + back[2, 1] * y + 1).astype(np.float32)
        u = ((back[0, 0] * x + back[0, 1] * y + back[0, 2]) / z).astype("f4")
        v = ((back[1, 0] * x + back[1, 1] * y + back[1, 2]) / z).astype("f4")
        light = thing.light(u, v, mm / fine if fine > 1 else mm, s["blur"])
        off = (u < x0) | (v < y0) | (u > x1) | (v > y1)
        if off.any():
            around = ground[top:top + n]
            if fine > 1:
                around = cv2.resize(around, (w * fine, n * fine))
            light[off] = around[off]
        if fine > 1:
            light = cv2.resize(light, (w, n), interpolation=cv2.INTER_AREA)
        out[top:top + n] = light
    return out


def thing_pixel(back, frame):
    """Millimetres to a pixel in the middle of the picture."""
    x, y = frame[0] / 2, frame[1] / 2
    at = [back @ (x + dx, y, 1) for dx in (-0.5, 0.5)]
    a, b = (p[:2] / p[2] for p in at)
    return float(np.hypot(*(b - a)))


def illuminated(light, s, rng):
    """Lamp, its colour, and a second lamp of another colour."""
    h, w = light.shape[:2]
    y = np.linspace(-1, 1, h, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, w, dtype=np.float32)[None]
    angle = rng.uniform(0, 2 * np.pi)
    across = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))
    gain = np.float32(s["exposure"]) * (1 + np.float32(s["slope"]) * across)
    tint = s["warm"] + s["mixed"] * across
    out = light * gain[..., None]
    if s["glare"]:
        far = (x - rng.uniform(-.8, .8)) ** 2 + (y - rng.uniform(-.8, .8)) ** 2
        out += np.float32(s["glare"]) * np.exp(
            -far / np.float32(rng.uniform(0.01, 0.06)))[..., None]
    out[..., 0] *= np.exp(tint)
    out[..., 2] *= np.exp(-1.3 * tint)
    return out


def blurred(light, s, rng, has_lens):
    """A display's pattern has had the lens already, in its harmonics."""
    sigma = 0.25 if has_lens else s["blur"]
    if sigma > 0.2:
        light = cv2.GaussianBlur(light, (0, 0), sigma)
    if s["motion"]:
        n, a = 9, rng.uniform(0, np.pi)
        kernel = np.zeros((n, n), np.float32)
        for t in np.linspace(-0.5, 0.5, 25):
            i = int(round(n // 2 + np.sin(a) * t * s["motion"]))
            j = int(round(n // 2 + np.cos(a) * t * s["motion"]))
            kernel[i, j] += 1
        light = cv2.filter2D(light, -1, kernel / kernel.sum())
    return light


def sensed(light, s, rng):
    """Noise and mosaic; linear light in, levels 0 to 255 out."""
    h, w = light.shape[0] & ~1, light.shape[1] & ~1
    light = np.clip(light[:h, :w], 0, 1.2)
    noise = np.float32(s["noise"])
    if s["mosaic"] == "none":
        raw = light + rng.standard_normal(light.shape, np.float32) * noise * \
            np.sqrt(0.15 + light)
        return tone(raw)
    raw = np.empty((h, w), np.float32)
    raw[0::2, 0::2] = light[0::2, 0::2, 2]     # BG / GR
    raw[0::2, 1::2] = light[0::2, 1::2, 1]
    raw[1::2, 0::2] = light[1::2, 0::2, 1]
    raw[1::2, 1::2] = light[1::2, 1::2, 0]
    raw += rng.standard_normal((h, w), np.float32) * noise * np.sqrt(
        0.15 + raw)
    raw = np.clip(raw * 50000, 0, 65535).astype(np.uint16)
    how = cv2.COLOR_BayerRG2RGB if s["mosaic"] == "bilinear" else \
        cv2.COLOR_BayerRG2RGB_EA
    return tone(cv2.cvtColor(raw, how).astype("f4") / 50000)


def tone(raw):
    return 255 * np.clip(raw, 0, 1) ** np.float32(1 / GAMMA)


def processed(page, s):
    """What a telephone does to its pictures."""
    if s["denoise"]:
        grey = page.mean(2, keepdims=True)
        colour = cv2.GaussianBlur(page - grey, (0, 0), s["denoise"])
        page = grey + colour
    if s["sharpen"]:
        soft = cv2.GaussianBlur(page, (0, 0), 1.0)
        page = page + np.float32(s["sharpen"]) * (page - soft)
    return np.clip(page, 0, 255)


def encoded(page, s):
    file = io.BytesIO()
    image = Image.fromarray(np.clip(page + 0.5, 0, 255).astype(np.uint8))
    image.save(file, "JPEG", quality=s["quality"],
               subsampling=s["subsampling"])
    if s["again"]:
        image = Image.open(io.BytesIO(file.getvalue()))
        file = io.BytesIO()
        image.save(file, "JPEG", quality=s["again"])
    return file.getvalue()


def take(thing, art, h, frame, s, rng, ground=None):
    """Bytes of a JPEG. h takes millimetres to pixels of the frame."""
    k = s["shrink"]
    big = (int(frame[0] * k) & ~1, int(frame[1] * k) & ~1)
    h = np.diag((big[0] / frame[0], big[1] / frame[1], 1)) @ h
    if ground is None:
        ground = np.full((big[1], big[0], 3), 0.3, np.float32)
    elif ground.shape[:2] != (big[1], big[0]):
        ground = cv2.resize(ground, big)
    light = seen(thing, art, h, big, s, ground)
    light = blurred(light, s, rng, thing.has_lens)
    page = sensed(illuminated(light, s, rng), s, rng)
    page = processed(page, s)
    if k != 1:
        page = cv2.resize(page, frame, interpolation=cv2.INTER_AREA)
    return encoded(page, s)
