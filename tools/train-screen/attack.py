"""The two ways to show a copy: on a display, and on paper.

A display's pixels are stripes (or diamonds) of red, green and blue; what lens
and pixel aperture leave of that pattern is reckoned by its harmonics and then
sampled by the sensor, which is where moire comes from. A printer lays dots of
four inks on grids turned against each other, or sprinkles them.
"""

import cv2
import numpy as np

ANGLES = {"c": 15, "m": 75, "y": 0, "k": 45}


def passed(frequency, blur):
    """What aperture and blur leave of a pattern, by cycles a pixel."""
    return np.sinc(frequency) * np.exp(-2 * (np.pi * blur * frequency) ** 2)


def window(phase, share, frequency, blur):
    """A row of open windows, `share` of a step wide, seen by the sensor."""
    seen = np.ones_like(phase)
    for k in (1, 2, 3):
        weight = 2 * np.sinc(k * share) * passed(k * frequency, blur)
        if abs(weight) > 0.003:
            seen += np.float32(weight) * np.cos(
                np.float32(2 * np.pi * k) * phase)
    return seen


class Display:
    """A page shown on a display, `across` pixels wide."""

    super = 1           # samples to a picture pixel, each way
    has_lens = True     # light() has the lens's blur in it already

    def __init__(self, art, rng, across=None, around=None):
        self.across = int(across or np.exp(rng.uniform(np.log(480),
                                                       np.log(2000))))
        self.pitch = art.width / self.across
        self.layout = ("stripes", "stripes", "reversed",
                       "diamond")[int(rng.integers(4))]
        self.black = float(rng.uniform(0.004, 0.06))
        self.tint = np.float32((rng.uniform(0.85, 1), rng.uniform(0.93, 1),
                                rng.uniform(0.98, 1.1)))
        self.open = float(rng.uniform(0.24, 0.31))
        self.rows = float(rng.uniform(0.78, 0.93))
        self.ground = np.float32(rng.choice((0.01, 0.03, 0.2, 0.8, 0.95))) * \
            np.ones(3, np.float32)
        self.margin = float(rng.uniform(0.03, 0.6)) * art.width
        self.rim = float(rng.uniform(2, 12))
        self.page = (art.width, art.height)
        self.shown = self.draw(art, rng, around or (0, 0, *self.page))

    def draw(self, art, rng, around):
        """The page as the display's pixels: a picture of it, not itself.
        Only what lies around, in mm, is drawn."""
        down = int(round(art.height / self.pitch))
        self.left = max(0, int(around[0] / self.pitch))
        self.top = max(0, int(around[1] / self.pitch))
        w = min(self.across, int(around[2] / self.pitch) + 1) - self.left
        h = min(down, int(around[3] / self.pitch) + 1) - self.top
        y, x = np.mgrid[0:2 * h, 0:2 * w].astype(np.float32)
        step = np.float32(self.pitch / 2)
        page = art.light((x + 0.5 + 2 * self.left) * step,
                         (y + 0.5 + 2 * self.top) * step, self.pitch / 2)
        page = cv2.GaussianBlur(page, (0, 0), rng.uniform(0.6, 2.2))
        return cv2.resize(page, (w, h), interpolation=cv2.INTER_AREA)

    def pattern(self, u, v, frequency, blur):
        f = frequency
        if self.layout == "diamond":
            a, b = (u + v) / 2, (u - v) / 2
            red = window(a, .35, f * .71, blur) * window(b, .35, f * .71, blur)
            half = np.float32(0.5)
            blue = window(a + half, .35, f * .71, blur) * \
                window(b + half, .35, f * .71, blur)
            green = window(u, .4, f, blur) * window(v, .4, f, blur)
            return np.stack((red, green, blue), -1)
        rows = window(v, self.rows, f, blur)
        order = (0, 1, 2) if self.layout == "stripes" else (2, 1, 0)
        return np.stack([window(u - np.float32(k / 3), self.open, f, blur) *
                         rows for k in order], -1)

    def light(self, x, y, pixel, blur):
        """Light at millimetres x, y of the page; `pixel` mm to a sample."""
        u, v = x / np.float32(self.pitch), y / np.float32(self.pitch)
        near = pixel < self.pitch * 1.1
        out = cv2.remap(self.shown, u - np.float32(self.left + 0.5),
                        v - np.float32(self.top + 0.5),
                        cv2.INTER_NEAREST if near else cv2.INTER_LINEAR,
                        borderMode=cv2.BORDER_REPLICATE)
        w, h = self.page
        out[(x < 0) | (y < 0) | (x >= w) | (y >= h)] = self.ground
        out *= self.pattern(u, v, pixel / self.pitch, blur) * self.tint
        out += np.float32(self.black)
        x0, y0, x1, y1 = self.panel()
        out[(x < x0) | (y < y0) | (x >= x1) | (y >= y1)] = 0.006
        return out

    def panel(self):
        m = self.margin
        return (-m, -0.7 * m, self.page[0] + m, self.page[1] + 0.9 * m)

    def reach(self, art):
        x0, y0, x1, y1 = self.panel()
        r = self.rim
        return (x0 - r, y0 - r, x1 + r, y1 + r)


class Print:
    """A page printed on paper: dots on grids, or sprinkled; or toner alone."""

    super, has_lens = 2, False

    def __init__(self, art, rng, manner=None, inks=None):
        self.art = art
        self.manner = manner or ("grid", "grid",
                                 "sprinkled")[int(rng.integers(3))]
        self.inks = inks or "cmyk"
        self.step = 25.4 / float(rng.choice((85, 106, 120, 133, 141, 150, 166,
                                             175, 200, 212)))
        if self.manner == "sprinkled":
            self.step = 25.4 / float(rng.choice((240, 300, 360, 600, 720)))
        self.turn = float(rng.uniform(-2, 2))
        self.soft = float(rng.uniform(0.08, 0.4))
        self.fibre = float(rng.uniform(0.005, 0.03))
        self.paper = np.float32(rng.uniform(0.8, 0.95)) * np.float32(
            (1, rng.uniform(0.98, 1), rng.uniform(0.94, 1.03)))
        self.gain = float(rng.uniform(0.0, 0.12))
        self.shift = rng.uniform(-0.04, 0.04, (4, 2)).astype(np.float32)
        noise = rng.random((256, 256), np.float32)
        noise -= cv2.GaussianBlur(noise, (0, 0), 1.5)
        self.noise = noise.ravel().argsort().argsort().reshape(
            256, 256).astype(np.float32) / 65536
        self.cut = rng.random() < 0.4
        self.margin = float(rng.uniform(8, 60))

    def threshold(self, ink, x, y):
        if self.manner == "sprinkled":
            i = np.floor(x / self.step).astype(np.int32)
            j = np.floor(y / self.step).astype(np.int32)
            turn = 37 * "cmyk".index(ink)
            return self.noise[(j + turn) & 255, (i + 2 * turn) & 255]
        angle = np.radians(ANGLES[ink] + self.turn)
        k = np.float32(2 * np.pi / self.step)
        u = k * (x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle)))
        v = k * (y * np.float32(np.cos(angle)) - x * np.float32(np.sin(angle)))
        return np.float32(0.5) + (np.cos(u) + np.cos(v)) / 4

    def page_at(self, x, y, pixel):
        """The picture that is printed; white around it."""
        art = self.art
        page = art.light(x, y, pixel)
        page[(x < 0) | (y < 0) | (x > art.width) | (y > art.height)] = 1
        return page

    def coverage(self, page):
        """How much of each ink."""
        tone = page ** np.float32(1 / 2.2)
        cmy = 1 - np.clip(tone * 1.03, 0, 1)
        black = cmy.min(2)
        if self.inks == "k":
            return {"k": 1 - tone @ np.float32((0.3, 0.59, 0.11))}
        under = black ** 2
        rest = (cmy - under[..., None]) / (1.02 - under[..., None])
        return {"c": rest[..., 0], "m": rest[..., 1], "y": rest[..., 2],
                "k": under}

    def light(self, x, y, pixel, blur):
        size = (x.shape[1], x.shape[0])
        low = self.page_at(x[::2, ::2], y[::2, ::2], 2 * pixel)
        out = np.broadcast_to(self.paper, (*x.shape, 3)).copy()
        takes = {"c": (0.15, 0.75, 0.95), "m": (0.85, 0.12, 0.5),
                 "y": (0.95, 0.88, 0.1), "k": (0.05, 0.05, 0.05)}
        for ink, share in self.coverage(low).items():
            n = "cmyk".index(ink)
            if not (share > 0.02).any():
                continue
            share = cv2.resize(share, size)
            at = self.threshold(ink, x + self.shift[n, 0], y + self.shift[n, 1])
            dot = np.clip((share + self.gain * share - at) / self.soft + 0.5,
                          0, 1)
            dot[share < 0.02] = 0
            out *= 1 - dot[..., None] * (1 - np.float32(takes[ink]))
        return out

    def reach(self, art):
        m = 0.0 if self.cut else self.margin
        return (-m, -m, art.width + m, art.height + m)


class Genuine:
    """The page itself."""

    super, has_lens = 1, False

    def __init__(self, art, rng):
        self.art = art

    def light(self, x, y, pixel, blur):
        return self.art.light(x, y, pixel)

    def reach(self, art):
        return (0, 0, art.width, art.height)
