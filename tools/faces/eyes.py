"""Eyes and mouth, the parts of a face that move by themselves: patches of
the texture painted anew for where one looks, how far the lids are closed and
how far the jaw has dropped."""

import cv2
import numpy as np

import heads


def eye(s, side, gaze, lid):
    """One eye, on a canvas that knows its texels' places. gaze: millimetres
    to the image's right and down; lid: 0 open, 1 closed."""
    f, cx = s.f, side * s.f["eyes_apart"]
    x, y = s.x - cx, s.y - 1.5 + f["eye_tilt"] * side * (s.x - cx)
    half, tall = 14.0, f["eye_open"]
    arc = np.clip(1 - (x / half) ** 2, 0, 1)
    low = 0.62 * tall * arc ** 0.8
    up = -tall * arc ** 0.7 * (1 - lid) + low * 0.92 * lid
    inside = np.clip((y - up) / 0.8 + 0.5, 0, 1) * \
        np.clip((low - y) / 0.8 + 0.5, 0, 1) * (arc > 0)
    ball = np.float32((226, 222, 216)) * (
        1 - 0.25 * np.abs(x / half) ** 2 - 0.18 * np.exp(
            -((y - up) / 2.2) ** 2))[..., None]
    gx, gy = gaze
    d = np.hypot(x - gx, y - gy + 0.4)
    for radius, colour in ((6.0, np.float32(f["iris"]) * 0.75),
                           (5.2, np.float32(f["iris"])), (2.4, (12, 10, 10))):
        k = np.clip((radius - d) / 0.7 + 0.5, 0, 1)[..., None]
        ball = ball + k * (np.float32(colour) - ball)
    k = np.clip((1.0 - np.hypot(x - gx + 2, y - gy + 2.4)) / 0.5, 0, 1)
    ball = ball + 0.8 * k[..., None] * (245 - ball)
    s.out += inside[..., None] * (ball - s.out)
    near = (np.abs(x) < half + 1.5).astype(np.float32) * s.front
    lash = np.exp(-((y - up) / (1.1 + 0.5 * lid)) ** 2)
    s.put(0.85 * lash * near * np.clip((half + 1 - np.abs(x)) / 3, 0, 1),
          (36, 26, 24))
    s.put(0.25 * np.exp(-((y - low) / 0.9) ** 2) * near * (arc > 0.05),
          (70, 44, 40))
    fold = np.exp(-((y + tall * arc ** 0.7 + 4.2) / 1.3) ** 2)
    s.shade(-0.28 * (1 - 0.7 * lid) * fold * near * (arc > 0))


class Jaw:
    """Where each texel of the lower face comes from when the jaw is down by
    `drop` millimetres, and which texels look into the mouth."""

    def __init__(self, f, x, y, front):
        self.rows = slice(int(np.searchsorted(y[:, 0], heads.LIP - 14)),
                          int(np.searchsorted(y[:, 0], 185)))
        part = lambda a: a[self.rows]   # noqa: E731
        self.x, self.y = part(x), part(y)
        self.front = part(front)
        self.half = f["mouth_wide"] * 0.93
        a = np.abs(self.x)
        self.weight = np.clip((88 - a) / 55, 0, 1) ** 1.4 * self.front
        self.step = (heads.BOTTOM - heads.TOP) / heads.ROWS

    def source(self, drop):
        """Heights at rest, and the mouth's cover and depth."""
        half = self.half * (1 - 0.008 * drop)
        gap = drop * np.sqrt(np.clip(1 - (self.x / half) ** 2, 0, 1)) * \
            self.front
        full, lip = drop * self.weight, 0.12 * gap
        rest = self.y.copy()
        for _ in range(12):
            down = np.clip((rest - heads.LIP) / 34, 0, 1)
            down = down * down * (3 - 2 * down)
            fade = np.clip((175 - rest) / 50, 0, 1)
            move = (gap * 0.88 + (full - gap * 0.88) * down) * fade
            rest = 0.5 * rest + 0.5 * (self.y - move)
        upper = np.clip(self.y + lip, None, heads.LIP)
        top, bottom = heads.LIP - lip, heads.LIP + 0.88 * gap
        above = self.y < (top + bottom) / 2
        rest = np.where(above, upper, np.maximum(rest, heads.LIP))
        inside = np.clip((self.y - top) / 1.2, 0, 1) * \
            np.clip((bottom - self.y) / 1.2, 0, 1) * (gap > 0.6)
        return rest.astype(np.float32), inside.astype(np.float32), top

    def apply(self, image, rest):
        """A map of texels moved along with the jaw."""
        h, w = rest.shape
        rows = (rest - heads.TOP) / self.step - 0.5
        columns = np.broadcast_to(np.arange(w, dtype=np.float32), (h, w))
        out = image.copy()
        out[self.rows] = cv2.remap(image, np.ascontiguousarray(columns), rows,
                                   cv2.INTER_LINEAR)
        return out

    def cavity(self, texture, inside, top):
        """Teeth and dark behind the lips."""
        part = texture[self.rows].astype(np.float32)
        deep = self.y - top
        colour = np.empty_like(part)
        colour[:] = (58, 22, 24)
        tongue = np.clip((deep - 13) / 8, 0, 1)[..., None]
        colour += tongue * (np.float32((122, 58, 58)) - colour)
        teeth = np.clip((6.5 - deep) / 1.2, 0, 1) * (
            np.abs(self.x) < 0.8 * self.half) * (deep > 1)
        gaps = 1 - 0.2 * (np.abs((self.x / 7.5) % 1 - 0.5) < 0.06)
        colour += teeth[..., None] * (
            np.float32((214, 208, 196)) * gaps[..., None] - colour)
        part += inside[..., None] * (colour - part)
        texture[self.rows] = np.clip(part, 0, 255).astype(np.uint8)
        return texture
