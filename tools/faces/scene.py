"""What else is in the picture: a room, shoulders, hair behind the head, and
what the camera's lens and sensor do to all of it."""

import cv2
import numpy as np

from splits import allowed, one, split_of, stream

# held out: rooms that only final-test seeds have, and they no others
ROOMS = (("all", "wall"), ("all", "shelf"), ("all", "window"),
         ("held", "curtain"), ("held", "kitchen"))
WALLS = ((206, 200, 190), (178, 186, 190), (222, 218, 208), (150, 160, 148),
         (188, 170, 152), (120, 128, 140))
BODY = 1.5      # pixels a millimetre of the drawn shoulders
SPAN = (-420, 60, 420, 620)     # of them, in millimetres from the eyes


def noise(rng, h, w, step):
    small = rng.standard_normal((max(2, h // step), max(2, w // step)))
    return cv2.resize(small.astype(np.float32), (w, h),
                      interpolation=cv2.INTER_CUBIC)


def box(room, rng, x0, y0, x1, y1, colour):
    h, w = room.shape[:2]
    at = (int(x0 * w), int(y0 * h)), (int(x1 * w), int(y1 * h))
    cv2.rectangle(room, *at, tuple(float(v) for v in colour), -1)


def shelf(room, rng):
    y = 0.04
    while y < 0.9:
        tall = rng.uniform(0.16, 0.26)
        x = rng.uniform(-0.05, 0.05)
        while x < 1:
            wide = rng.uniform(0.015, 0.05)
            colour = rng.uniform(40, 200, 3)
            box(room, rng, x, y + rng.uniform(0, 0.06), x + wide, y + tall,
                colour)
            if rng.random() < 0.5:
                box(room, rng, x + 0.2 * wide, y + 0.5 * tall, x + 0.8 * wide,
                    y + 0.6 * tall, colour * 0.5 + 110)
            x += wide + (rng.random() < 0.12) * rng.uniform(0.03, 0.1)
        box(room, rng, 0, y + tall, 1, y + tall + 0.025, (96, 70, 50))
        y += tall + 0.035


def wall(room, rng):
    for _ in range(int(rng.integers(1, 4))):
        x, y = rng.uniform(0, 0.8), rng.uniform(0, 0.4)
        w, h = rng.uniform(0.1, 0.24), rng.uniform(0.14, 0.32)
        box(room, rng, x, y, x + w, y + h, rng.uniform(20, 110, 3))
        box(room, rng, x + 0.015, y + 0.02, x + w - 0.015, y + h - 0.02,
            rng.uniform(60, 240, 3))
        for _ in range(6):
            cx, cy = x + rng.uniform(0.04, w - 0.04), y + rng.uniform(
                0.05, h - 0.05)
            box(room, rng, cx - 0.01, cy - 0.02, cx + 0.012, cy + 0.02,
                rng.uniform(20, 250, 3))
    box(room, rng, 0, rng.uniform(0.7, 0.9), 1, 1, rng.uniform(60, 170, 3))


def pane(room, rng):
    x = rng.uniform(0, 0.55)
    box(room, rng, x, 0.02, x + 0.42, 0.62, (232, 230, 224))
    for k in (0, 1):
        left = x + 0.02 + 0.2 * k
        box(room, rng, left, 0.05, left + 0.18, 0.59, (206, 224, 240))
        box(room, rng, left, 0.36 + 0.1 * rng.random(), left + 0.18, 0.59,
            rng.uniform(70, 150, 3))
    wall(room, rng)


def curtain(room, rng):
    h, w = room.shape[:2]
    x = np.arange(w, dtype=np.float32)
    fold = np.sin(x / rng.uniform(7, 16) + 2 * np.sin(x / 60))
    room *= (1 + 0.16 * fold)[None, :, None]


def kitchen(room, rng):
    step = rng.uniform(0.06, 0.1)
    for i in range(int(1 / step) + 1):
        for j in range(int(1 / step) + 1):
            box(room, rng, i * step, j * step * 1.2, i * step + 0.93 * step,
                j * step * 1.2 + 1.1 * step, np.float32(
                    (200, 206, 204)) + rng.normal(0, 8))
    box(room, rng, 0, 0, rng.uniform(0.2, 0.4), 0.4, rng.uniform(60, 200, 3))
    box(room, rng, 0, 0.8, 1, 1, rng.uniform(40, 120, 3))


PAINT = {"wall": wall, "shelf": shelf, "window": pane, "curtain": curtain,
         "kitchen": kitchen}


def kind_of(seed, name="room"):
    return one(stream(seed, name + " kind"), allowed(
        ROOMS, split_of(seed)))[1]


def room(seed, width, height, name="room"):
    """A background, out of focus, with a slope of light."""
    rng = stream(seed, name)
    out = np.empty((height, width, 3), np.float32)
    out[:] = one(rng, WALLS)
    PAINT[kind_of(seed, name)](out, rng)
    out = cv2.GaussianBlur(out, (0, 0), rng.uniform(1.0, 3.0) * width / 640)
    out *= (1 + 0.03 * noise(rng, height, width, 3) * 0.6 +
            0.05 * noise(rng, height, width, 90))[..., None]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    a = rng.uniform(0, 2 * np.pi)
    slope = 0.18 * (np.cos(a) * (x / width - 0.5) + np.sin(a) *
                    (y / height - 0.5))
    return out * (rng.uniform(0.7, 1.0) + slope)[..., None]


def lamp(seed, name="lamp"):
    """Where light comes from and how much."""
    rng = stream(seed, name)
    test = split_of(seed) == "test"
    side = float(rng.uniform(-0.75, 0.75) if not test else
                 one(rng, (-1, 1)) * rng.uniform(0.2, 0.85))
    up = float(rng.uniform(-0.6, -0.05))
    size = np.sqrt(side ** 2 + up ** 2 + 0.64)
    key = float(rng.uniform(0.4, 0.75))
    return {"from": (side / size, up / size, 0.8 / size), "key": key,
            "ambient": float(0.98 - key + rng.uniform(-0.05, 0.05)),
            "sky": float(rng.uniform(0, 0.15)),
            "gleam": float(rng.uniform(0.01, 0.06)),
            "cast": [float(v) for v in 1 + rng.uniform(-0.05, 0.05, 3)]}


def axes(span, unit):
    x = np.arange(span[0], span[2], 1 / unit, dtype=np.float32)
    y = np.arange(span[1], span[3], 1 / unit, dtype=np.float32)
    return np.meshgrid(x, y)


def shoulders(seed, f):
    """Coat and neckline, RGBA floats, premultiplied."""
    rng = stream(seed, "coat")
    x, y = axes(SPAN, BODY)
    a, h = np.abs(x), x.shape
    top = np.interp(a, (0, 48, 62, 100, 165, 205, 225),
                    (196, 172, 160, 188, 214, 252, 330))
    cover = np.clip((y - top) / 2 + 0.5, 0, 1) * \
        np.clip((232 - a + 0.05 * (y - 300)) / 3, 0, 1)
    deep = rng.uniform(0, 46)
    neck = np.interp(a, (0, 30, 58), (198 + deep, 186 + 0.6 * deep, 160))
    cover *= np.clip((y - neck) / 2 + 0.5, 0, 1) + (a > 58)
    cover = np.clip(cover, 0, 1)
    out = np.empty(h + (4,), np.float32)
    shade = 1 + 0.06 * noise(rng, *h, 30) + 0.05 * noise(rng, *h, 5) - \
        0.25 * (a / 240) ** 2 + 0.1 * np.exp(-((y - 250) / 60) ** 2)
    shade -= 0.25 * np.exp(-((y - neck) / 7) ** 2) * (a < 60)
    out[..., :3] = np.float32(f["coat"]) * shade[..., None]
    if rng.random() < 0.4:
        line = np.exp(-((x - 0.02 * y) / 2) ** 2) * (y > neck + 10)
        out[..., :3] *= (1 - 0.5 * line)[..., None]
    out[..., 3] = 255 * cover
    out[..., :3] *= cover[..., None]
    return np.clip(out, 0, 255).astype(np.uint8)


def mane(seed, f):
    """Long hair behind the neck, as `shoulders`."""
    rng = stream(seed, "mane")
    span = (-130, -120, 130, 260)
    x, y = axes(span, BODY)
    low = {"long": rng.uniform(180, 245), "bob": rng.uniform(95, 125)}.get(
        f["style"])
    if low is None:
        return None
    wide = np.interp(y, (-115, -80, 0, 80, low), (20, 72, 96, 98, 84))
    strand = cv2.resize(rng.standard_normal((3, x.shape[1] // 2)).astype(
        np.float32), x.shape[::-1])
    cover = np.clip((wide + 4 * strand - np.abs(x)) / 4 + 0.5, 0, 1) * \
        np.clip((low + 8 * strand - y) / 10, 0, 1)
    out = np.empty(x.shape + (4,), np.float32)
    out[..., :3] = np.float32(f["hair"]) * (
        0.72 + 0.14 * strand - 0.2 * np.exp(-(x / 60) ** 2))[..., None]
    out[..., 3] = 255
    return np.clip(out * cover[..., None], 0, 255).astype(np.uint8)


def board(picture, rgba, span, camera, place, shear=0.0):
    """A flat thing, drawn in millimetres, at a place before the camera."""
    unit = camera.focal / -place[2]
    scale = unit / BODY
    move = np.float32((
        (scale, shear * scale, camera.cx + unit * (place[0] + span[0]) -
         shear * scale * (0 - span[1]) * BODY),
        (0, scale, camera.cy + unit * (place[1] + span[1]))))
    h, w = rgba.shape[:2]
    ends = move @ np.float32(((0, w, 0, w), (0, 0, h, h), (1, 1, 1, 1)))
    low = np.clip(np.floor(ends.min(1)), 0, picture.shape[1::-1]).astype(int)
    high = np.clip(np.ceil(ends.max(1)), 0, picture.shape[1::-1]).astype(int)
    if (high - low).min() < 2:
        return
    move[:, 2] -= low
    seen = cv2.warpAffine(rgba, move, tuple(int(v) for v in high - low),
                          flags=cv2.INTER_LINEAR).astype(np.float32)
    part = picture[low[1]:high[1], low[0]:high[0]]
    part *= 1 - seen[..., 3:] * np.float32(1 / 255)
    part += seen[..., :3]


class Sensor:
    """Blur, exposure and noise; the noise is drawn once and shifted."""

    def __init__(self, seed, width, height, levels=None):
        rng = stream(seed, "sensor")
        self.s = {"blur": float(rng.uniform(0.5, 0.9)) * width / 640,
                  "noise": float(rng.uniform(1.2, 4.5)),
                  "gain": float(rng.uniform(0.85, 1.08)),
                  "sway": float(rng.uniform(0, 0.012))}
        self.s.update(levels or {})
        self.rng = rng
        grain = rng.standard_normal((height + 64, width + 64, 3))
        grain = 0.7 * grain + 0.5 * grain.mean(-1, keepdims=True)
        self.grain = (grain * self.s["noise"]).astype(np.float32)

    def take(self, picture, t, blur=None, gain=1.0):
        """Bytes of a picture of light."""
        h, w = picture.shape[:2]
        blur = self.s["blur"] if blur is None else blur
        if blur > 0.3:
            picture = cv2.GaussianBlur(picture, (0, 0), blur)
        gain = gain * self.s["gain"] * (1 + self.s["sway"] * np.sin(1.7 * t))
        x, y = self.rng.integers(0, 64, 2)
        out = picture * np.float32(gain) + self.grain[y:y + h, x:x + w]
        return cv2.convertScaleAbs(np.clip(out, 0, 255))
