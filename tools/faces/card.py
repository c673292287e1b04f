"""A page as a thing in space: its picture with margins, the thumb that holds
it, what changes with the angle, the lamp on its laminate."""

import cv2
import numpy as np

import hand as fingers
import pages
import variable
from splits import one, stream

MARGIN = 22         # millimetres around the page, for what holds it


class Card:
    """One side. change: whether its features do."""

    def __init__(self, page, seed, skin, change=True, name="card"):
        rng = stream(seed, name, page.side)
        self.page, self.unit = page, page.scale
        self.size = np.float32((page.width, page.height))
        self.image = np.array(page.image)
        self.features = variable.features(page, seed)
        self.change = change
        if not change:
            for feature in self.features:
                feature.onto(self.image, *rng.uniform(-9, 9, 2))
        self.gloss = float(rng.uniform(30, 100)) if change else \
            float(one(rng, (0, 15, 60)))
        self.at = rng.uniform(-14, 14, 2)       # angles at which lamps show
        self.mask = self.outline()
        self.sheet = self.around()
        self.held = self.grip(rng, skin)

    def outline(self):
        h, w = self.image.shape[:2]
        r = self.page.radius * self.unit
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        dx = np.maximum(np.maximum(r - x, x - (w - 1 - r)), 0)
        dy = np.maximum(np.maximum(r - y, y - (h - 1 - r)), 0)
        return np.uint8(255 * np.clip(r - np.hypot(dx, dy) + 0.5, 0, 1))

    def around(self):
        """RGBA with margins, without the hand; a passport has its facing
        page above."""
        m = int(MARGIN * self.unit)
        h, w = self.image.shape[:2]
        self.upper = m
        facing = None
        if self.page.side == "page":
            facing = np.array(pages.facing(self.page.person,
                                           self.page.scale).image)
            self.upper = facing.shape[0] // 2
        sheet = np.zeros((self.upper + h + m, w + 2 * m, 4), np.uint8)
        if facing is not None:
            part = facing[-self.upper:]
            wide = min(w, part.shape[1])
            shade = np.linspace(1, 0.72, self.upper)[:, None, None]
            sheet[:self.upper, m:m + wide, :3] = part[:, :wide] * shade
            sheet[:self.upper, m:m + w, 3] = 255
        self.corner = (m, self.upper)
        return sheet

    def grip(self, rng, skin):
        """RGBA of the thumb over the whole sheet; the fist is behind it."""
        out = np.zeros(self.sheet.shape, np.uint8)
        m, h = MARGIN, self.page.height
        w = self.page.width
        left = rng.random() < 0.5
        edge, way = (0, 1) if left else (w, -1)
        if self.page.side == "back":
            edge, way = w - edge, -way
        y = h * rng.uniform(0.22, 0.34) if self.page.side != "front" else \
            h * rng.uniform(0.5, 0.66)
        if self.page.side == "page":
            y = h * rng.uniform(0.05, 0.2)
        tip = (np.float32((edge + way * rng.uniform(4, 7), y)) +
               (m, self.upper / self.unit)) * self.unit
        self.fist = np.float32((edge - way * 16, y + 12)) - self.size / 2
        base = tip + np.float32((-way * 60, rng.uniform(5, 25))) * self.unit
        away, t = fingers.capsule(tip, base, 9.0 * self.unit,
                                  out.shape[:2])
        light = (1.05 - 0.42 * away ** 2 + 0.02 * np.sin(t * 40))[..., None]
        body = np.float32(skin) * light
        nail = np.hypot(t * 6.4 - 0.05, away * 1.7) < 0.9
        body += nail[..., None] * np.float32((14, 12, 16))
        cover = np.clip((1 - away) * 9, 0, 1)
        out[..., :3] = np.clip(body * cover[..., None], 0, 255)
        out[..., 3] = 255 * cover
        return out

    def face(self, yaw, pitch):
        """The sheet as it looks at an angle: premultiplied RGBA."""
        image = self.image
        if self.change:
            image = image.copy()
            for feature in self.features:
                feature.onto(image, yaw, pitch)
        x, y = self.corner
        h, w = image.shape[:2]
        sheet = self.sheet.copy()
        part = sheet[y:y + h, x:x + w]
        part[..., :3] = image
        part[..., 3] = np.maximum(self.mask, part[..., 3])
        if sheet[..., 3].min() == 0:
            part[..., :3][self.mask == 0] = 0
        self.shine(part, yaw, pitch)
        grip = self.held
        keep = 255 - grip[..., 3:]
        return cv2.add(cv2.multiply(sheet, np.broadcast_to(
            keep, sheet.shape).copy(), scale=1 / 255), grip)

    def shine(self, part, yaw, pitch):
        """A lamp's reflection that wanders over the laminate."""
        if self.gloss < 1:
            return
        h, w = part.shape[:2]
        x, y = np.meshgrid(np.linspace(0, 1, w // 12), np.linspace(
            0, 1, h // 12))
        cx = 0.5 + (yaw - self.at[0]) / 22
        cy = 0.5 + (pitch - self.at[1]) / 18
        spot = np.exp(-((x - cx) / 0.2) ** 2 - ((y - cy) / 0.2) ** 2)
        if spot.max() < 0.02:
            return
        glow = cv2.resize(np.float32(self.gloss * spot), (w, h))
        add = np.uint8(np.minimum(glow, 255) * (self.mask / 255.0))
        part[..., :3] = cv2.add(part[..., :3], cv2.merge((add, add, add)))

    def corners(self):
        """Of the whole sheet, in millimetres from the page's middle; and of
        the page."""
        h, w = self.sheet.shape[:2]
        x0, y0 = -self.corner[0] / self.unit, -self.corner[1] / self.unit
        x1, y1 = x0 + w / self.unit, y0 + h / self.unit
        half = self.size / 2
        box = lambda a, b, c, d: np.float32((  # noqa: E731
            (a, b, 0), (c, b, 0), (c, d, 0), (a, d, 0))) - (*half, 0)
        return box(x0, y0, x1, y1), box(0, 0, *self.size)
