"""Who somebody is: one photograph in other tones, hair, brows, beard, scarf
and glasses, on a head of another form; and their eyes from moment to moment.
All are kin to one face: of differences between people they tell little."""

import cv2
import numpy as np

import photograph
from form import INSIDE, Form
from photograph import blurred, smooth

TONES = (1.0, .75, .5, .3, .17)     # of the photograph's light
IRIS = 11.5                         # texels
LID = 14


def drawn(mask, points, closed=True, wide=0):
    points = [points.astype(np.int32)]
    if closed:
        return cv2.fillPoly(mask, points, 1)
    return cv2.polylines(mask, points, False, 1, wide)


def hair_of(colours, grey, rng):
    return (colours, grey * .12 * np.ones(3), grey * 1.5 * np.ones(3),
            grey * np.array([.5, .3, .18]),
            colours * np.array([1.5, 1.2, .8]))[rng.choice(5)]


def shape(rng):
    out = {"wide": rng.uniform(.93, 1.07), "high": rng.uniform(.95, 1.06),
           "deep": rng.uniform(.9, 1.12), "nose": rng.uniform(.8, 1.3),
           "jaw": rng.uniform(-.1, .1), "eyes": rng.uniform(-.05, .05)}
    return dict(out, hair=rng.uniform(.84, 1.0))


class Person:
    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        colours, opaque, self.skin, self.points = photograph.laid_out()
        self.y, self.x = np.mgrid[:opaque.shape[0],
                                  :opaque.shape[1]].astype(np.float32)
        colours = self.toned(colours, rng)
        colours = self.marked(colours, rng)
        if self.beard:
            colours = self.bearded(colours, rng)
        if rng.random() < .7:
            colours = self.browed(colours, rng)
        self.colours = np.dstack([np.clip(colours, 0, 1), opaque]).astype(
            np.float32)
        x, y = (int(v) for v in self.points[8])     # the chin
        self.tint = self.colours[y - 24:y - 12, x - 12:x + 12, :3].mean(
            (0, 1))
        self.form = Form(self.points, self.skin, shape(rng))
        self.cloth = rng.uniform(.02, .6, 3)
        self.stripes = rng.random() < .4
        self.paint_mouth()

    def toned(self, colours, rng):
        tone = rng.choice(TONES)
        gain = np.array([1, 1 - .12 * (1 - tone), 1 - .28 * (1 - tone)])
        skin = colours * tone * gain * rng.uniform(.9, 1.1, 3)
        grey = colours.mean(2, keepdims=True)
        hair = hair_of(colours, grey, rng)
        self.scarf = rng.random() < .15
        self.beard = not self.scarf and rng.random() < .3
        self.glasses = rng.random() < .3
        if self.scarf:
            hair = (grey / grey.mean() * .35 + .65) * rng.uniform(.05, .6, 3)
        k = self.skin[..., None]
        return k * skin + (1 - k) * hair

    def noise(self, rng):
        return rng.normal(0, 1, self.skin.shape).astype(np.float32)

    def marked(self, colours, rng):
        """Pores and moles."""
        p = self.points
        colours = colours * (1 + .12 * blurred(self.noise(rng), 1.2)[
            ..., None])
        for _ in range(rng.integers(0, 12)):
            x = rng.uniform(p[2, 0], p[14, 0])
            y = rng.uniform(p[29, 1], p[8, 1])
            deep, far = rng.uniform(.1, .5), rng.uniform(2, 9)
            colours = colours * (1 - deep * np.exp(-(
                (self.x - x) ** 2 + (self.y - y) ** 2) / far))[..., None]
        return colours

    def bearded(self, colours, rng):
        p = self.points
        lips = drawn(np.zeros(self.skin.shape, np.float32), p[48:60])
        grows = self.skin * (1 - blurred(lips, 3)) * smooth(
            p[33, 1] + 2, p[33, 1] + 16,
            self.y + .12 * np.abs(self.x - p[33, 0]))
        hairs = cv2.GaussianBlur(self.noise(rng), (0, 0), sigmaX=1,
                                 sigmaY=3) * 3
        dark = np.array([.02, .015, .012]) * rng.uniform(.5, 3)
        k = np.clip(grows * rng.uniform(.6, .95) * (1 + .25 * hairs), 0, 1)[
            ..., None]
        return colours * (1 - k) + dark * k

    def browed(self, colours, rng):
        for k in (slice(17, 22), slice(22, 27)):
            line = drawn(np.zeros(self.skin.shape, np.float32),
                         self.points[k], False, int(rng.integers(3, 9)))
            line = blurred(line, 2) * rng.uniform(.4, .9)
            colours = colours * (1 - .8 * line[..., None])
        return colours

    def paint_mouth(self):
        """The texture, and below it the inside of the mouth."""
        wide = self.skin.shape[1]
        inside = np.ones((INSIDE, wide, 4), np.float32)
        inside[..., :3] = (.05, .012, .012)
        teeth = 1 - .5 * np.abs(np.sin(np.arange(wide) / 8)) ** 8
        inside[:13, :, :3] = np.array([.5, .45, .36]) * teeth[None, :, None]
        inside[28:, :, :3] = (.2, .06, .06)
        self.texture = np.concatenate([self.colours, inside])

    def seen(self, blink, gaze):
        """The texture with lids shut by blink (0 to 1) and irises moved."""
        out = self.texture.copy()
        for first in (36, 42):
            eye = self.points[first:first + 6]
            left, top = int(eye[0, 0]) - 4, int(eye[:, 1].min()) - 22
            part = np.s_[top:int(eye[:, 1].max()) + 8,
                         left:int(eye[3, 0]) + 5]
            out[part][..., :3] = Eye(self.colours[part][..., :3],
                                     eye - (left, top)).seen(blink, gaze)
        return out


class Eye:
    def __init__(self, colours, points):
        self.colours, self.points = colours, points
        self.y, self.x = np.mgrid[:colours.shape[0],
                                  :colours.shape[1]].astype(np.float32)
        self.top = np.interp(self.x[0], points[:4, 0], points[:4, 1]) - 1
        k = [0, 5, 4, 3]
        self.bottom = np.interp(self.x[0], points[k, 0], points[k, 1]) + 1

    def seen(self, blink, gaze):
        out = self.colours
        if abs(gaze[0]) + abs(gaze[1]) > .2:
            out = self.looking(gaze)
        return self.shut(out, blink) if blink > .02 else out

    def looking(self, gaze):
        x, y = self.points[:, 0].mean(), self.points[:, 1].mean()
        white = self.colours[int(y), int(x - 15):int(x + 15)].max(0) * .9
        was, is_now = (1 - smooth(IRIS - 2, IRIS + 1, np.hypot(
            self.x - x - k * gaze[0], self.y - y - k * gaze[1]))[..., None]
            for k in (0, 1))
        ball = self.colours * (1 - was) + white * was
        moved = cv2.remap(self.colours, self.x - np.float32(gaze[0]),
                          self.y - np.float32(gaze[1]), cv2.INTER_LINEAR,
                          borderMode=cv2.BORDER_REPLICATE)
        ball = ball * (1 - is_now) + moved * is_now
        k = smooth(-1, 2, np.minimum(
            self.y - self.top[None], self.bottom[None] - self.y))[..., None]
        return self.colours * (1 - k) + ball * k

    def shut(self, out, by):
        """The lid's skin, drawn down."""
        top, wide = self.top[None], (self.bottom - self.top)[None]
        edge = top + by * wide
        k = (self.y - (top - LID)) / np.maximum(edge - top + LID, 1)
        on = (k >= 0) & (k <= 1)
        lid = cv2.remap(self.colours, self.x, np.where(
            on, top - LID + k * (LID - 2), self.y).astype(np.float32),
            cv2.INTER_LINEAR)
        on = blurred(on.astype(np.float32), 1)[..., None]
        lash = np.exp(-((self.y - edge) / 1.8) ** 2) * min(1, by * 2) * (
            wide > 2)
        return (out * (1 - on) + lid * on) * (1 - .6 * lash[..., None])
