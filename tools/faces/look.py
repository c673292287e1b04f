"""Looks at a head: for each pixel the ray into the head's own space is
followed until it is below the surface, then texture and light are taken
there. Geometry is reckoned on every third pixel, colour on each."""

import cv2
import numpy as np

import heads

PIVOT = np.float32((0, 95, -30))    # in the neck; turns leave it in place
COARSE = 3
STEPS, STRIDE = 19, 12.0            # of the march, millimetres


def rotation(yaw, pitch, roll):
    """Degrees; yaw to the image's right, pitch upwards, roll clockwise."""
    a, b, c = np.radians((yaw, pitch, roll))
    y = np.array(((np.cos(a), 0, np.sin(a)), (0, 1, 0),
                  (-np.sin(a), 0, np.cos(a))))
    x = np.array(((1, 0, 0), (0, np.cos(b), -np.sin(b)),
                  (0, np.sin(b), np.cos(b))))
    z = np.array(((np.cos(c), -np.sin(c), 0), (np.sin(c), np.cos(c), 0),
                  (0, 0, 1)))
    return (y @ x @ z).astype(np.float32)


class Camera:
    """A pinhole at the origin that looks along -z; y grows downwards."""

    def __init__(self, width, height, focal, centre=None):
        self.width, self.height, self.focal = width, height, focal
        self.cx, self.cy = centre or (width / 2, height / 2)

    def see(self, points):
        p = np.float32(points)
        return np.stack((self.cx - self.focal * p[..., 0] / p[..., 2],
                         self.cy - self.focal * p[..., 1] / p[..., 2]), -1)


class Pose:
    """Where a head is: place of its eyes' middle, and its turning."""

    def __init__(self, place, yaw=0.0, pitch=0.0, roll=0.0):
        self.place = np.float32(place)
        self.turn = rotation(yaw, pitch, roll)

    def world(self, points):
        return (np.float32(points) - PIVOT) @ self.turn.T + PIVOT + self.place

    def inward(self, vectors):
        return vectors @ self.turn


def window(camera, pose):
    """The part of the picture in which the head can be."""
    box = np.array([(x, y, z) for x in (-112, 112) for y in (-140, 200)
                    for z in (-105, 130)])
    at = camera.see(pose.world(box))
    low = np.floor(at.min(0) / 4) * 4
    high = np.ceil(at.max(0) / 4) * 4
    low = np.clip(low, 0, (camera.width, camera.height)).astype(int)
    high = np.clip(high, 0, (camera.width, camera.height)).astype(int)
    return low, high


def outside(r, p):
    """How far points are from the surface, and where on the map they lie."""
    x, y, z = p
    away, angle = cv2.cartToPolar(-z, -x, angleInDegrees=True)
    u = angle * np.float32(heads.COLUMNS / 360) - np.float32(0.5)
    v = (y - np.float32(heads.TOP)) * np.float32(
        heads.ROWS / (heads.BOTTOM - heads.TOP)) - np.float32(0.5)
    there = cv2.remap(r, u, v, cv2.INTER_LINEAR,
                      borderMode=cv2.BORDER_REPLICATE)
    return away - there, u, v


def march(r, origin, rays, near):
    """First place below the surface along each ray: distance, cover."""
    h, w = rays[0].shape
    at = np.full((h, w), near, np.float32)
    before = at.copy()
    found = np.zeros((h, w), bool)
    last = np.full((h, w), 1e3, np.float32)
    nearest = np.full((h, w), 1e3, np.float32)
    f0, f1 = last.copy(), last.copy()
    t = np.float32(near)
    for _ in range(STEPS):
        f, _, _ = outside(r, [o + t * d for o, d in zip(origin, rays)])
        hit = (f < 0) & ~found
        at[hit], before[hit] = t, t - STRIDE
        f0[hit], f1[hit] = last[hit], f[hit]
        found |= hit
        np.minimum(nearest, np.where(found, nearest, f), out=nearest)
        last = f
        t = t + np.float32(STRIDE)
    for _ in range(3):
        share = np.clip(f0 / np.maximum(f0 - f1, 1e-3), 0.05, 0.95)
        middle = before + share * (at - before)
        f, u, v = outside(r, [o + middle * d for o, d in zip(origin, rays)])
        inside = f < 0
        at, f1 = np.where(inside, middle, at), np.where(inside, f, f1)
        before = np.where(inside, before, middle)
        f0 = np.where(inside, f0, f)
    return found, nearest, u, v


def light(normal, lamp):
    """Brightness by the normal: ambient, a wide lamp, a weaker one."""
    x, y, z = lamp["from"]
    key = normal[..., 0] * np.float32(x) + normal[..., 1] * np.float32(y) + \
        normal[..., 2] * np.float32(z)
    key = np.clip(0.25 + 0.75 * key, 0, None)
    sky = 0.5 - 0.5 * normal[..., 1]
    gleam = np.clip(key, 0, 1) ** 18
    return (np.float32(lamp["ambient"]) + np.float32(lamp["key"]) * key +
            np.float32(lamp["sky"]) * sky), np.float32(lamp["gleam"]) * gleam


def head(person, camera, pose, lamp, **state):
    """(left, top), colours (float, 0 to 255 and over), cover of the head."""
    r, texture, bent = person.state(**state)
    low, high = window(camera, pose)
    w, h = high - low
    if w < 8 or h < 8:
        return None
    cw, ch = (w + 1) // COARSE, (h + 1) // COARSE
    px = low[0] + (np.arange(cw, dtype=np.float32) + 0.5) * (w / cw) - 0.5
    py = low[1] + (np.arange(ch, dtype=np.float32) + 0.5) * (h / ch) - 0.5
    gx, gy = np.meshgrid((px - camera.cx) / camera.focal,
                         (py - camera.cy) / camera.focal)
    m = pose.turn.T
    rays = [np.float32(m[k, 0]) * gx + np.float32(m[k, 1]) * gy -
            np.float32(m[k, 2]) for k in range(3)]
    origin = PIVOT - m @ (PIVOT + pose.place)
    near = -pose.place[2] - 135
    found, nearest, u, v = march(r, origin.astype(np.float32), rays, near)
    n = cv2.remap(bent, u / 2 - 0.25, v / 2 - 0.25, cv2.INTER_LINEAR,
                  borderMode=cv2.BORDER_REPLICATE)
    n = n @ pose.turn.T
    gain, gleam = light(n, lamp)
    unit = camera.focal / -pose.place[2]        # pixels a millimetre
    cover = np.where(found, 1, np.clip(0.9 - nearest * unit / COARSE * 0.8,
                                       0, 1)).astype(np.float32)
    u, v, gain, gleam, cover = (cv2.resize(a, (int(w), int(h)),
                                           interpolation=cv2.INTER_LINEAR)
                                for a in (u, v, gain, gleam, cover))
    colour = cv2.remap(texture, u, v, cv2.INTER_LINEAR,
                       borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    colour *= gain[..., None]
    colour += (255 * gleam)[..., None]
    return low, colour, cover
