"""One head ready to be looked at: its map of distances, its texture and its
normals, for every state of mouth and eyes that a recording asks for."""

import cv2
import numpy as np

import eyes
import heads
from splits import stream

CACHE = 20      # states of the jaw that are kept


class Person:
    """By the seed; `features` of another may be given to change some."""

    def __init__(self, seed, features=None):
        self.seed, self.f = seed, features or heads.features(seed)
        rng = stream(seed, "skin")
        r, turn, height = heads.shape(self.f)
        s = heads.Skin(self.f, r, turn, height)
        self.paint(s, rng, r)
        self.canvas = s
        self.jaw = eyes.Jaw(self.f, s.x, s.y, s.front)
        self.states, self.lids = {}, {}
        self.patch = self.place_of_eyes()

    def paint(self, s, rng, r):
        f = self.f
        heads.complexion(s, rng)
        heads.hollows(s)
        heads.lips(s)
        beard = heads.beard_cover(s, rng)
        colour = np.float32(f["hair"]) * 1.05 + 6
        s.out += beard[..., None] * (colour - s.out)
        heads.brows(s, rng)
        hair = heads.hair_cover(s, rng)
        tone = np.float32(f["hair"]) * (1 + heads.strands(
            s, rng))[..., None] * 1.1
        s.out += hair[..., None] * (tone - s.out)
        thick = {"bald": 0, "crop": 5, "short": 9, "bob": 13, "long": 13}
        grown = cv2.GaussianBlur(hair.astype(np.float32), (0, 0), 3)
        grown *= np.clip((s.y + 122) / 16, 0, 1)
        grown *= 1 - np.clip((s.y - 95) / 30, 0, 1)
        self.r = (r + thick[f["style"]] * grown).astype(np.float32)

    def place_of_eyes(self):
        """The texels that the eyes may change."""
        x, y = self.canvas.x, self.canvas.y
        near = (np.abs(x) < 52) & (np.abs(y) < 22) & \
            (self.canvas.front > 0)
        rows, columns = np.where(near.any(1))[0], np.where(near.any(0))[0]
        return (slice(rows[0], rows[-1] + 1),
                slice(columns[0], columns[-1] + 1))

    def eyes(self, gaze, lid):
        """The patch with both eyes, and the glasses over them."""
        key = (round(gaze[0]), round(gaze[1]), round(lid * 6))
        if key not in self.lids:
            part = heads.Skin.__new__(heads.Skin)
            s, at = self.canvas, self.patch
            part.f, part.x, part.y = s.f, s.x[at], s.y[at]
            part.turn, part.front = s.turn[at], s.front[at]
            part.out = s.out[at].copy()
            for side in (-1, 1):
                eyes.eye(part, side, key[:2], key[2] / 6)
            if self.f["glasses"]:
                heads.glasses(part)
            self.lids[key] = np.clip(part.out, 0, 255).astype(np.uint8)
        return self.lids[key]

    def base(self, drop):
        """Distances, texture without eyes, normals; for a jaw that is down
        by so many whole millimetres."""
        if drop not in self.states:
            if len(self.states) >= CACHE:
                self.states.clear()
            texture = np.clip(self.canvas.out, 0, 255).astype(np.uint8)
            if self.f["glasses"]:
                arms = self.canvas
                before, arms.out = arms.out, arms.out.copy()
                heads.glasses(arms)
                texture = np.clip(arms.out, 0, 255).astype(np.uint8)
                arms.out = before
            r = self.r
            if drop:
                rest, inside, top = self.jaw.source(float(drop))
                texture = self.jaw.apply(texture, rest)
                r = self.jaw.apply(r, rest)
                r[self.jaw.rows] -= 14 * inside
                texture = self.jaw.cavity(texture, inside, top)
            self.states[drop] = (r, texture, normals(r))
        return self.states[drop]

    def state(self, drop=0, gaze=(0, 0), lid=0):
        r, texture, bent = self.base(int(round(max(0, drop))))
        texture = texture.copy()
        texture[self.patch] = self.eyes(gaze, lid)
        return r, texture, bent


def normals(r):
    """Outward, for each second texel."""
    r = cv2.resize(cv2.GaussianBlur(r, (0, 0), 1.5), None, fx=0.5, fy=0.5,
                   interpolation=cv2.INTER_AREA)
    h, w = r.shape
    turn = np.radians((np.arange(w, dtype=np.float32) + 0.5) / w * 360 - 180)
    s, c = np.sin(turn), np.cos(turn)
    along = np.gradient(r, axis=1) / np.float32(2 * np.pi / w)
    down = np.gradient(r, axis=0) / np.float32(
        (heads.BOTTOM - heads.TOP) / h)
    n = np.stack((r * s - along * c, -r * down, r * c + along * s), -1)
    n /= np.linalg.norm(n, axis=-1, keepdims=True)
    return n.astype(np.float32)
