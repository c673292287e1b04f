"""Optically variable features: a foil whose colours and picture change with
the angle, and an ink that turns from one colour to another. Ours alone; no
state's device is imitated."""

import cv2
import numpy as np

from splits import stream


class Feature:
    """One patch on a page: its box in millimetres, and how it looks."""

    def __init__(self, page, box, kind, seed):
        self.rng = stream(seed, "variable", kind)
        self.page, self.kind = page, kind
        self.box = [float(v) for v in box]
        x0, y0, x1, y1 = (int(round(v * page.scale)) for v in box)
        self.at = slice(max(0, y0), y1), slice(max(0, x0), x1)
        h, w = self.at[0].stop - self.at[0].start, \
            self.at[1].stop - self.at[1].start
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        self.x, self.y = x / w * 2 - 1, y / h * 2 - 1
        self.r = np.hypot(self.x, self.y)
        self.a = np.arctan2(self.y, self.x)
        self.points = int(self.rng.integers(5, 9))
        self.hue = float(self.rng.uniform(0, 1))

    def foil(self, yaw, pitch):
        """Rings and rays in colours of the spectrum, and a star that is
        there from one side only."""
        rays = np.cos(self.points * self.a)
        star = np.clip((0.62 + 0.26 * rays - self.r) * 8, 0, 1)
        wave = 1.6 * self.r + 0.25 * rays + 0.03 * yaw + 0.022 * pitch
        hue = (self.hue + wave) % 1
        bright = 0.5 + 0.5 * np.cos(2 * np.pi * (
            3 * self.r - 0.045 * yaw + 0.05 * pitch))
        side = 1 / (1 + np.exp(-(yaw + 0.7 * pitch) / 4))
        bright = bright * (1 - star) + star * (0.15 + 0.85 * side)
        hsv = np.stack((hue * 180, 200 - 90 * star * side,
                        90 + 165 * bright), -1).astype(np.uint8)
        cover = np.clip((0.98 - self.r) * 12, 0, 1) * (0.35 + 0.4 * bright)
        return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), cover

    def ink(self, yaw, pitch):
        """Green turning to violet."""
        rays = np.cos(self.points * self.a)
        cover = 0.85 * np.clip((0.75 + 0.2 * rays - self.r) * 8, 0, 1)
        turn = 1 / (1 + np.exp(-(pitch + 0.5 * yaw) / 5))
        colour = (1 - turn) * np.float32((40, 128, 76)) + \
            turn * np.float32((118, 62, 140))
        return np.broadcast_to(colour, cover.shape + (3,)), cover

    def onto(self, image, yaw, pitch):
        """On an RGB array of the page, in place."""
        colour, cover = (self.foil if self.kind == "foil" else self.ink)(
            yaw, pitch)
        part = image[self.at]
        part[:] = np.clip(part + cover[..., None] * (
            np.float32(colour) - part), 0, 255).astype(image.dtype)


def features(page, seed):
    """What this page carries: a foil over the portrait's corner and, where
    there is room, an ink."""
    if not page.portrait:
        x, y, size = page.width * 0.64, page.height * 0.36, 9
        return [Feature(page, (x, y, x + size, y + size), "foil", seed)]
    x0, _, x1, y1 = page.portrait
    w = x1 - x0
    size = min(11, 0.38 * w)
    foil = (x0 + 0.02 * w, y1 - 0.9 * size, x0 + 0.02 * w + size,
            y1 + 0.1 * size)
    found = [Feature(page, foil, "foil", seed)]
    if page.ghost:      # or the star is taken for one
        edge = page.width - 9.5
        found.append(Feature(page, (edge, 2.5, edge + 6.5, 9), "ink", seed))
    return found
