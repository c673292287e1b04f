"""Where each point of a page falls in a picture: perspective, the curve of an
open booklet, and the lens; there and back."""

import numpy as np

FOCAL = 3.2     # distance of the eye, in page diagonals


def solve(source, target):
    """Homography that takes four source points to four targets."""
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target):
        rows.append((x, y, 1, 0, 0, 0, -u * x, -u * y))
        rows.append((0, 0, 0, x, y, 1, -v * x, -v * y))
        right += [u, v]
    h = np.linalg.solve(np.float64(rows), np.float64(right))
    return np.append(h, 1).reshape(3, 3)


def apply(h, points):
    """Points through a homography."""
    p = np.c_[np.float64(points), np.ones(len(points))] @ h.T
    return p[:, :2] / p[:, 2:]


def box(width, height):
    return np.float64(((0, 0), (width, 0), (width, height), (0, height)))


def tilted(width, height, roll, pitch, yaw):
    """The page's corners seen from above its centre, in page units."""
    r, p, y = np.radians((roll, pitch, yaw))
    turn = np.array(((np.cos(r), -np.sin(r), 0), (np.sin(r), np.cos(r), 0),
                     (0, 0, 1)))
    nod = np.array(((1, 0, 0), (0, np.cos(p), -np.sin(p)),
                    (0, np.sin(p), np.cos(p))))
    shake = np.array(((np.cos(y), 0, np.sin(y)), (0, 1, 0),
                      (-np.sin(y), 0, np.cos(y))))
    flat = np.c_[box(width, height) - (width / 2, height / 2), np.zeros(4)]
    solid = flat @ turn.T @ nod.T @ shake.T
    far = FOCAL * np.hypot(width, height)
    return solid[:, :2] * (far / (far + solid[:, 2:]))


def place(page_mm, frame, shot, rng):
    """The page's quadrilateral in the picture, before the lens."""
    w, h = frame
    quad = tilted(*page_mm, shot["roll"] + shot["turn"], shot["pitch"],
                  shot["yaw"])
    low, high = quad.min(0), quad.max(0)
    fit = min(w / (high[0] - low[0]), h / (high[1] - low[1]))
    quad = (quad - (low + high) / 2) * fit * shot["cover"]
    size = quad.max(0) - quad.min(0)
    room = np.maximum(0, np.float64(frame) * 0.98 - size) / 2
    return quad + np.float64(frame) / 2 + rng.uniform(-0.7, 0.7, 2) * room


class View:
    """Page millimetres to picture pixels. `lens` is the share by which the
    picture's corner is drawn in (barrel) or out; `bend` the millimetres by
    which the page's middle is lifted towards its upper edge."""

    def __init__(self, page_mm, quad, frame, lens=0.0, bend=0.0):
        self.width, self.height = page_mm
        self.frame, self.lens, self.bend = frame, lens, bend
        self.h = solve(box(*page_mm), quad)
        self.back_h = np.linalg.inv(self.h)
        self.centre = np.float64(frame) / 2
        self.radius = np.hypot(*self.centre)

    def arch(self, x):
        t = np.clip(x / self.width, -0.2, 1.2)
        return self.bend * 4 * t * (1 - t)

    def see(self, points):
        """Millimetres to pixels."""
        p = np.float64(points).reshape(-1, 2)
        p = apply(self.h, np.c_[p[:, 0], p[:, 1] - self.arch(p[:, 0])])
        ideal = (p - self.centre) / self.radius
        seen = ideal.copy()
        for _ in range(8 if self.lens else 0):
            r2 = (seen ** 2).sum(1, keepdims=True)
            seen = ideal / (1 + self.lens * r2)
        return seen * self.radius + self.centre

    def back(self, points):
        """Pixels to millimetres."""
        p = (np.float64(points).reshape(-1, 2) - self.centre) / self.radius
        p = p * (1 + self.lens * (p ** 2).sum(1, keepdims=True))
        p = apply(self.back_h, p * self.radius + self.centre)
        return np.c_[p[:, 0], p[:, 1] + self.arch(p[:, 0])]

    def corners(self, x0, y0, x1, y1):
        """Four corners of a box in mm, in picture pixels."""
        quad = self.see(((x0, y0), (x1, y0), (x1, y1), (x0, y1)))
        return quad.round(1).tolist()

    def quad(self):
        return self.see(box(self.width, self.height))

    def density(self):
        """Picture pixels to a millimetre in the middle of the page."""
        x, y = self.width / 2, self.height / 2
        a, b = self.see(((x - 5, y), (x + 5, y)))
        return float(np.hypot(*(b - a)) / 10)
