"""The form a photograph is laid over: an ellipsoid with nose, brows, sockets,
cheeks, lips and chin, and hair around it, as a mesh that is cut along the lips
and has the inside of a mouth between them. Lengths are pixels of the
photograph, 1.46 mm; x to the image's right, y down, z to the camera, from
between the eyes."""

import cv2
import numpy as np

from photograph import SHARP, UPPER, smooth

COLUMNS, ABOVE, BELOW, BETWEEN = 96, 66, 30, 5      # of the mesh
HAIR_BACK = -72
INSIDE = 48                     # rows of texture for the inside of the mouth
HINGE = np.array((0, 8, -52.0))     # of the jaw
OPENS = np.radians(17)


def hill(x, y, at, wide):
    return np.exp(-((x - at[0]) / wide[0]) ** 2 / 2 -
                  ((y - at[1]) / wide[1]) ** 2 / 2)


def both(x, y, at, wide):
    return hill(x, y, at, wide) + hill(x, y, (-at[0], at[1]), wide)


def face_depth(x, y):
    far = (np.abs(x) / 53) ** 2.3 + (np.abs(y - 8) / 98) ** 2.3
    z = -62 + 62 * np.clip(1 - far, 0, 1) ** (1 / 2.3)
    ridge = np.interp(y, [-12, 0, 28, 33, 39], [0, 2.5, 15, 13, 0])
    wide = np.interp(y, [0, 15, 30], [4.5, 6.5, 8.5])
    z = z + ridge * np.exp(-(x / wide) ** 2 / 2)
    z = z - 4.5 * both(x, y, (21.5, 1), (9, 6))             # sockets
    z = z + 2.5 * hill(x, y, (0, -13), (24, 5))             # brows
    z = z + 3 * both(x, y, (27, 22), (10, 9))               # cheeks
    z = z + 4 * hill(x, y, (0, 43), (15, 7)) + 5 * hill(
        x, y, (0, 68), (12, 8)) - 2 * hill(x, y, (0, 56), (14, 4))
    return z - 2 * both(x, y, (17, 38), (4, 9))


def hair_depth(x, y):
    far = (x / 76) ** 2 + ((y + 14) / 76) ** 2
    return np.maximum(HAIR_BACK + 66 * np.sqrt(np.clip(1 - far, 0, 1)),
                      HAIR_BACK)


def grid(rows, columns, first=0):
    """Triangles between points that stand in rows."""
    i = np.arange(rows - 1)[:, None] * columns + np.arange(
        columns - 1)[None] + first
    return np.concatenate([
        np.stack([i, i + 1, i + columns], -1).reshape(-1, 3),
        np.stack([i + 1, i + columns + 1, i + columns], -1).reshape(-1, 3)])


class Form:
    """by: how this head differs, of `person.shape`."""

    def __init__(self, points, skin, by):
        self.points, self.by = points, by
        self.skin = skin.astype(np.float32)
        self.middle = points[[36, 39, 42, 45]].mean(0)
        self.lips = (points[64, 0] - points[60, 0]) / 2 / SHARP
        self.mouth = ((points[64, 0] + points[60, 0]) / 2 -
                      self.middle[0]) / SHARP
        self.build()
        self.build_chin()

    def placed(self, u, v):
        """Of places in the texture: in space, and what x and y they had."""
        x = (u - self.middle[0]) / SHARP
        y = (v - self.middle[1]) / SHARP
        k = cv2.remap(self.skin, u.astype(np.float32), v.astype(np.float32),
                      cv2.INTER_LINEAR)
        face, b = face_depth(x, y), self.by
        z = face * np.clip(k, 0, 1) + hair_depth(x, y) * (
            1 - np.clip(k, 0, 1))
        z = np.where((k < .5) & (y > 30), np.minimum(z, face), z)
        z = z + (b["nose"] - 1) * 14 * np.exp(-(x / 9) ** 2 / 2) * smooth(
            -8, 20, y) * smooth(38, 30, y)
        hair = 1 - (1 - b["hair"]) * (1 - np.clip(k, 0, 1)) * smooth(
            40, 70, np.hypot(x, y + 14))
        out_x = x * b["wide"] * (1 + b["jaw"] * smooth(10, 70, y)) * hair * (
            1 + b["eyes"] * np.exp(-(y / 20) ** 2))
        out_y = y * b["high"] * np.where(y < 0, hair, 1)
        return np.stack([out_x, out_y, z * b["deep"]], -1), x, y

    def goes_along(self, x, y, line):
        """With the jaw, 0 to 1."""
        near = np.sqrt(np.clip(1 - ((x - self.mouth) / self.lips) ** 2, 0, 1))
        return np.maximum(near * smooth(-60, 0, y - line),
                          smooth(0, 22, y - line))

    def build(self):
        p, (high, wide) = self.points, self.skin.shape
        xs = np.linspace(1, wide - 2, COLUMNS)
        line = np.interp(xs, p[UPPER, 0], p[UPPER, 1]) - 2
        above = 1 + np.linspace(0, 1, ABOVE)[:, None] * (line[None] - 1)
        below = line[None] + np.linspace(0, 1, BELOW)[:, None] * (
            high - 2 - line[None])
        down = np.linspace(0, 1, BETWEEN)[:, None] * np.ones_like(line)[None]
        across = [np.broadcast_to(xs, a.shape) for a in (above, below, down)]
        top, x, y = self.placed(across[0], above)
        bottom, x2, y2 = self.placed(across[1], below)
        line = (line - self.middle[1]) / SHARP
        jaw = self.goes_along(x2, y2, line[None])
        lip = np.abs(x - self.mouth) < self.lips
        lift = np.exp(-((x - self.mouth) / self.lips) ** 2 * 1.5) * np.exp(
            -((y - line[None]) / 9) ** 2) * lip
        inside = np.repeat(top[-1:], BETWEEN, 0)
        inside[1:4, :, 2] -= 9 * lip[-1]
        self.vertices = np.concatenate(
            [a.reshape(-1, 3) for a in (top, bottom, inside)])
        self.jaw = np.concatenate([np.zeros(above.size), jaw.ravel(),
                                   (down * jaw[0][None]).ravel()])
        self.lift = np.concatenate([lift.ravel(), np.zeros(below.size),
                                    ((1 - down) * lift[-1][None]).ravel()])
        rows = (above, below, high + 2 + down * (INSIDE - 4))
        self.places = np.concatenate([
            np.stack(uv, -1).reshape(-1, 2) for uv in zip(across, rows)])
        self.triangles = np.concatenate([
            grid(ABOVE, COLUMNS), grid(BELOW, COLUMNS, above.size),
            grid(BETWEEN, COLUMNS, above.size + below.size)])
        self.line = line

    def build_chin(self):
        """What is beneath the jaw: from its outline back to the neck."""
        rim = self.points[1:16]
        edge = self.placed(rim[None, :, 0], rim[None, :, 1] - 3)[0][0]
        rows = []
        for k in (0, .35, .7, 1.2):
            row = edge.copy()
            row[:, 2] -= k * 45
            row[:, 1] += 5 * np.sin(min(k, 1) * 3.14) - 10 * max(k - .7, 0)
            row[:, 0] *= 1 - .12 * k
            rows.append(row)
        self.chin = np.stack(rows).reshape(-1, 3)
        down = (rim[:, 1] - self.middle[1]) / SHARP - self.line.mean()
        self.chin_jaw = np.tile(smooth(0, 22, down), 4)
        self.chin_triangles = grid(4, len(rim))

    def opened(self, vertices, along, by):
        """With the jaw down; by: 0 to 1."""
        angle = OPENS * by * along
        y, z = vertices[:, 1] - HINGE[1], vertices[:, 2] - HINGE[2]
        out = vertices.copy()
        out[:, 1] = HINGE[1] + y * np.cos(angle) + z * np.sin(angle)
        out[:, 2] = HINGE[2] - y * np.sin(angle) + z * np.cos(angle)
        return out

    def face(self, mouth):
        out = self.opened(self.vertices, self.jaw, mouth)
        out[:, 1] -= 2.5 * mouth * self.lift
        return out
