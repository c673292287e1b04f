"""A head whose face is a photograph: the picture of one moment laid over the
form of a head. That is what an animated still is, and it is how the
astronaut's photograph becomes somebody who can turn."""

import cv2
import numpy as np

import heads
import person


def laid(image, marks, s, reach):
    """The photograph on the texels. marks: places in it of both eyes' middle
    and the mouth's (the image's left eye first). reach: how much of the head's
    width the photograph shows."""
    e = s.f["eyes_apart"]
    move = np.float32(cv2.getAffineTransform(
        np.float32(((-e, 0), (e, 0), (0, heads.LIP))), np.float32(marks)))
    # beyond what the photograph shows of the cheeks, its last colours
    wide = reach * np.abs(s.x).max(1)[:, None] * np.float32(np.interp(
        s.y, (-60, 0, 60, 110, 118), (1, 0.95, 0.86, 0.86, 0.7)))
    x = np.where(np.abs(s.turn) < 90, s.x, np.sign(s.turn) * wide)
    x = np.clip(x, -wide, wide)
    y = np.maximum(s.y, -118 * reach)
    u = move[0, 0] * x + move[0, 1] * y + move[0, 2]
    v = move[1, 0] * x + move[1, 1] * y + move[1, 2]
    return cv2.remap(np.float32(image), u.astype(np.float32),
                     v.astype(np.float32), cv2.INTER_LINEAR,
                     borderMode=cv2.BORDER_REPLICATE)


class PhotoPerson(person.Person):
    """Shape by features, colours by a photograph; the eyes stay as they
    are."""

    def __init__(self, seed, features, image, marks, reach=1.0):
        self.image, self.marks, self.reach = image, marks, reach
        super().__init__(seed, features)

    def paint(self, s, rng, r):
        flat = laid(self.image, self.marks, s, self.reach)
        s.out[:] = flat
        grown = np.clip((s.f["hair_line"] + 10 - s.y) / 20, 0, 1)
        grown *= np.clip((s.y + 122) / 16, 0, 1)
        self.r = (r + 10 * grown).astype(np.float32)

    def eyes(self, gaze, lid):
        return np.clip(self.canvas.out[self.patch], 0, 255).astype(np.uint8)


class Blinking(PhotoPerson):
    """Lids by the skin above the eyes, drawn down."""

    def eyes(self, gaze, lid):
        out = super().eyes(gaze, lid)
        if lid < 0.1:
            return out
        s, at = self.canvas, self.patch
        x, y, e = s.x[at], s.y[at], s.f["eyes_apart"]
        skin = np.roll(out, 14, 0).astype(np.float32)
        for side in (-1, 1):
            oval = 1 - ((x - side * e) / 17) ** 2 - ((y - 1) / 8) ** 2
            shut = np.clip(oval * 4, 0, 1) * np.clip(
                (-8 + 17 * lid - y) / 2, 0, 1)
            out = (out + shut[..., None] * (skin - out)).astype(np.uint8)
        return out


# in the photograph that python3-skimage ships (NASA, public domain)
ASTRONAUT = ((203, 101.5), (247, 104), (223, 146.5))


def photograph():
    from skimage import data
    return data.astronaut()


def astronaut():
    """Somebody by that photograph."""
    f = heads.features(1)
    f.update(sex="F", glasses=False, style="short", beard="", wide=1.0,
             jaw=1.0, nose=0.9, nose_wide=1.0, eyes_apart=31.0,
             mouth_wide=26.0, hair_line=-70, coat=(196, 98, 40),
             hair=(70, 48, 36))
    return Blinking(1, f, photograph(), ASTRONAUT)
