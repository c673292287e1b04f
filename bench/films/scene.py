"""Room, lamps, a person's head and shoulders, and the camera before them.
What is drawn are amounts of light; the camera makes grey levels of them."""

import ctypes
import os

import cv2
import numpy as np

from form import grid
from photograph import blurred

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
LIBRARY = os.environ.get("FILMS_RASTER", os.path.join(
    ROOT, "build/tests/vision/libfilms_raster.so"))
PIVOT = np.array([0, 92, -58.0])    # of the head on its neck
PLAIN = np.ones((4, 4, 4), np.float32)


class Texture(ctypes.Structure):
    _fields_ = [("texels", ctypes.c_void_p), ("width", ctypes.c_int),
                ("height", ctypes.c_int)]


class Target(ctypes.Structure):
    _fields_ = [("light", ctypes.c_void_p), ("near", ctypes.c_void_p),
                ("width", ctypes.c_int), ("height", ctypes.c_int)]


def raster(_kept=[]):
    if not _kept:
        _kept.append(ctypes.CDLL(LIBRARY).films_draw)
    return _kept[0]


def turned(yaw, pitch=0.0, roll=0.0):
    """Degrees: to the person's left, up, clockwise in the picture."""
    (cy, cp, cr), (sy, sp, sr) = (f(np.radians([yaw, -pitch, roll]))
                                  for f in (np.cos, np.sin))
    return np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]]) @ np.array(
        [[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]]) @ np.array(
        [[1, 0, 0], [0, cp, sp], [0, -sp, cp]])


def normals(v, triangles):
    a, b, c = (v[triangles[:, k]] for k in range(3))
    flat, out = np.cross(b - a, c - a), np.zeros_like(v)
    for k in range(3):
        for d in range(3):
            out[:, d] += np.bincount(triangles[:, k], flat[:, d], len(v))
    out /= np.linalg.norm(out, axis=1, keepdims=True) + 1e-9
    return np.where(out[:, 2:] < 0, -out, out)


def sheet(size, texels, bend=.001, points=12):
    """A flat or bent thing with a picture on it: vertices, triangles, places
    in the picture."""
    x, y = np.meshgrid(*[np.linspace(-.5, .5, points)] * 2)
    angle = x.ravel() * bend
    v = np.stack([np.sin(angle) / bend * size[0], y.ravel() * size[1],
                  (np.cos(angle) - 1) / bend * size[0]], -1)
    uv = np.stack([(x + .5) * texels[0], (y + .5) * texels[1]], -1)
    return v, grid(points, points), uv.reshape(-1, 2)


class Light:
    """Lamps as (direction, colour), and the screen's colour from ahead."""

    def __init__(self, ambient, lamps):
        self.ambient = np.full(3, float(ambient))
        self.lamps, self.screen = lamps, np.zeros(3)

    def on(self, n, share=1.0):
        out = np.broadcast_to(self.ambient, n.shape).copy()
        for at, colour in self.lamps:
            at = np.asarray(at, float) / np.linalg.norm(at)
            out += np.clip(n @ at * .85 + .15, 0, None)[:, None] * colour
        return out + share * np.clip(n[:, 2:] * .9 + .1, 0, None) * \
            self.screen


class View:
    """One picture as a lens casts it. fov: degrees across the longer side;
    away: from the lens to a face at rest."""

    def __init__(self, size, fov, away, pitch=0.0, yaw=0.0):
        self.size, self.away = size, away
        self.reach = max(size) / 2 / np.tan(np.radians(fov) / 2)
        self.turn = turned(yaw, pitch).T
        self.roll, self.shift = 0.0, np.zeros(2)

    def project(self, v):
        q = v @ self.turn.T
        far = np.maximum(self.away - q[:, 2], 5)
        x, y = self.reach * q[:, 0] / far, self.reach * q[:, 1] / far
        c, s = np.cos(self.roll), np.sin(self.roll)
        return np.stack([
            c * x - s * y + self.size[0] / 2 + self.shift[0],
            s * x + c * y + self.size[1] * .46 + self.shift[1], 1 / far], -1)

    def begin(self, back, light, z=-700, wide=(2600, 1500)):
        """With a wall behind everything."""
        high, across = back.shape[:2]
        corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) / 2
        seen = self.project(np.column_stack(
            [corners * wide, np.full(4, z)]))[:, :2]
        move = cv2.getPerspectiveTransform(np.float32(
            [[0, 0], [across, 0], [across, high], [0, high]]),
            np.float32(seen))
        self.image = np.ascontiguousarray(cv2.warpPerspective(
            back[..., :3], move, self.size, flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE) * np.float32(light), np.float32)
        self.near = np.zeros(self.image.shape[:2], np.float32)

    def draw(self, v, triangles, places, texture, shade):
        vertices = np.ascontiguousarray(np.concatenate(
            [self.project(v), places, shade], 1), np.float32)
        corners = np.ascontiguousarray(triangles, np.int32)
        texture = np.ascontiguousarray(texture, np.float32)
        raster()(len(corners), corners.ctypes.data_as(ctypes.c_void_p),
                 vertices.ctypes.data_as(ctypes.c_void_p),
                 ctypes.byref(Texture(texture.ctypes.data, texture.shape[1],
                                      texture.shape[0])),
                 ctypes.byref(Target(self.image.ctypes.data,
                                     self.near.ctypes.data, *self.size)))

    def plain(self, v, triangles, light, colour, share=1.0):
        """Of one colour."""
        self.draw(v, triangles, np.full((len(v), 2), 2.0), PLAIN,
                  light.on(normals(v, triangles), share) * colour)


def room(rng, window=False):
    """A wall with what stands before it."""
    high, wide = 540, 960
    colour = rng.uniform(.1, .6) * np.array(
        [1, rng.uniform(.85, 1), rng.uniform(.75, 1.05)])
    down = np.mgrid[:high, :wide][0].astype(np.float32)
    out = np.ones((high, wide, 3), np.float32) * colour * (
        1 - .3 * (down / high)[..., None])
    for _ in range(rng.integers(3, 9)):
        furnish(out, rng)
    if window:
        x = int(rng.integers(100, wide - 420))
        cv2.rectangle(out, (x, 20), (x + 320, 400), (5.0, 5.6, 6.2), -1)
        cv2.line(out, (x + 160, 20), (x + 160, 400), (.5, .5, .5), 8)
    grain = blurred(rng.normal(0, 1, (high, wide)).astype(np.float32), 3) * 4
    out = blurred(out * (1 + .05 * grain)[..., None], rng.uniform(.8, 3))
    return np.clip(out, 0, None).astype(np.float32)


def furnish(out, rng):
    """A picture, or a shelf of books."""
    high, wide = out.shape[:2]
    x, y = int(rng.integers(0, wide - 40)), int(rng.integers(0, high - 40))
    w, h = int(rng.integers(30, 260)), int(rng.integers(30, 260))
    cv2.rectangle(out, (x, y), (x + w, y + h), rng.uniform(.01, .6, 3).tolist(),
                  -1)
    if rng.random() >= .6:
        return
    for k in range(x + 6, x + w, 12):
        cv2.rectangle(out, (k, y + 5), (k + int(rng.integers(4, 10)), y + h),
                      rng.uniform(.02, .6, 3).tolist(), -1)


class Sitter:
    """A person's head, neck and shoulders."""

    def __init__(self, person, rng):
        self.person = person
        cloth = np.ones((64, 64, 4), np.float32)
        cloth[..., :3] = person.cloth
        if person.stripes:
            cloth[::6, :, :3] *= .4
            cloth[1::6, :, :3] *= .4
        cloth[..., :3] *= 1 + .1 * rng.normal(0, 1, (64, 64, 1))
        self.cloth = cloth
        s, k = np.linspace(-1, 1, 40)[None], np.linspace(0, 1, 16)[:, None]
        out = np.minimum(1, k * 4) ** .5
        self.body = self.points(
            s * (42 + 118 * out), 94 + 60 * np.abs(s) ** 2.5 * out + k * 260,
            -66 + 62 * np.sqrt(1 - .97 * s ** 2) * (
                .5 + .5 * np.minimum(1, k * 3)))
        self.body_places = self.points(32 + s * 30, k * 60 + 2)
        a, k = np.linspace(-1.5, 1.5, 14)[None], np.linspace(0, 1, 8)[:, None]
        r = 31 + 14 * k ** 3
        self.neck = self.points(np.sin(a) * r, 48 + 66 * k,
                                -62 + np.cos(a) * r * .95)

    @staticmethod
    def points(*axes):
        return np.stack(np.broadcast_arrays(*axes), -1).reshape(
            -1, len(axes))

    def draw(self, view, light, pose, at=(0, 0, 0)):
        """pose: of acts.py."""
        p, form = self.person, self.person.form
        head = turned(pose["yaw"], pose["pitch"], pose["roll"])
        move = PIVOT + [pose[k] for k in "xyz"] + at

        def placed(v, turn):
            return (v - PIVOT) @ turn.T + move
        body = placed(self.body, turned(pose["yaw"] * .12))
        seams = grid(16, 40)
        view.draw(body, seams, self.body_places, self.cloth,
                  light.on(normals(body, seams), .5))
        throat = (lambda by: p.cloth if p.scarf else p.tint * by)
        view.plain(placed(self.neck, turned(
            pose["yaw"] * .5, pose["pitch"] * .3, pose["roll"] * .3)),
            grid(8, 14), light, throat(.75), .7)
        view.plain(placed(form.opened(form.chin, form.chin_jaw,
                                      pose["mouth"]), head),
                   form.chin_triangles, light, throat(.8), .8)
        face = placed(form.face(pose["mouth"]), head)
        view.draw(face, form.triangles, form.places,
                  p.seen(pose["blink"], (pose["gaze_x"], pose["gaze_y"])),
                  light.on(normals(face, form.triangles)))
        if p.glasses:
            v, seams = spectacles(form.by)
            view.plain(placed(v, head), seams, light, .03)


def spectacles(by):
    """Two frames, a bridge, two arms."""
    t = np.linspace(0, 2 * np.pi, 33)
    rim = np.clip(np.stack([np.cos(t), np.sin(t)], -1) * 1.3, -1, 1)
    v, seams = [], []
    for side in (-21.5, 21.5):
        seams.append(grid(2, 33, 33 * len(v)))
        for w, h in ((18, 14), (16.3, 12.3)):
            v.append(np.column_stack([side + rim[:, 0] * w,
                                      3 + rim[:, 1] * h, np.full(33, 4.0)]))
    first = 33 * len(v)
    for (x, z), (x2, z2) in (((-4, 6), (4, 6)), ((-39, 4), (-52, -40)),
                             ((39, 4), (52, -40))):
        seams.append(grid(2, 2, first))
        v.append(np.array([(x, 0, z), (x, 3, z), (x2, 0, z2), (x2, 3, z2)],
                          float))
        first += 4
    v = np.concatenate(v)
    v[:, :2] *= (by["wide"], by["high"])
    return v, np.concatenate(seams)


class Webcam:
    """What a sensor and a small program make of light: exposure and white
    that follow, noise, a soft lens, edges drawn sharper."""

    def __init__(self, rng, noise=.01, hunts=0.0, drifts=0.0, soft=.6):
        self.rng, self.noise, self.soft = rng, noise, soft
        self.hunts, self.drifts, self.gain = hunts, drifts, None
        self.first = rng.uniform(0, 9)
        self.target = rng.uniform(.16, .24)
        steps = np.arange(4096) / 1024
        steps = np.where(steps > .8, .8 + .2 * np.tanh((steps - .8) / .2),
                         steps)
        self.curve = (steps ** (1 / 2.2)).astype(np.float32)

    def follow(self, light, step):
        small = np.minimum(cv2.resize(light, (32, 24),
                                      interpolation=cv2.INTER_AREA), 3)
        weight = np.outer(np.hanning(26)[1:-1] + .3,
                          np.hanning(34)[1:-1] + .3)
        goal = self.target / ((small.mean(2) * weight).mean() / 1.1 + 1e-4)
        grey = small.mean((0, 1))
        white = (grey[1] / (grey + 1e-4)) ** .4
        if self.gain is None:
            self.gain, self.white = goal, white
        self.gain += min(1, step / .7) * (goal - self.gain) * .6
        self.white = self.white + min(1, step / 1.5) * (white - self.white)

    def grain_of(self, shape):
        if not hasattr(self, "grain"):
            self.grain = self.rng.normal(0, 1, (
                shape[0] + 97, shape[1] + 97, 3)).astype(np.float32)
        y, x = self.rng.integers(0, 97, 2)
        return self.grain[y:y + shape[0], x:x + shape[1]]

    def take(self, light, t, step):
        self.follow(light, step)
        gain = self.gain * (1 + self.hunts * np.sin(
            1.9 * t + self.first) * np.sin(.7 * t))
        white = self.white * (1 + self.drifts * np.sin(
            .8 * t + self.first + np.array([0, 2, 4])))
        x = np.minimum(light * np.float32(gain * white), np.float32(3))
        x += self.grain_of(x.shape) * np.float32(
            self.noise * self.gain ** .3) * cv2.sqrt(x + np.float32(.06))
        x *= np.float32(1024)
        y = self.curve[np.clip(x, 0, 4095, out=x).astype(np.uint16)]
        soft = blurred(y, self.soft)
        y = cv2.addWeighted(soft, 255 * 1.5, blurred(soft, 1.6), -255 * .5, 0)
        return np.clip(y, 0, 255, out=y).astype(np.uint8)
