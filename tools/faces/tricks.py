"""What attackers hold before the camera: a photograph on paper, a display,
something over the face."""

import cv2
import numpy as np

import acts
import look
import scene
import screen as panel
from splits import one, stream


CLOTH = {"blue": (120, 160, 190), "white": (226, 228, 226),
         "black": (38, 38, 42), "red": (150, 44, 52), "grey": (128, 126, 122)}


def cover(who, what, cloth="blue"):
    """Paints a mask, or a bar over the eyes, onto a head."""
    s = who.canvas
    if what == "mask":
        area = np.clip((s.y - 34 - 0.004 * s.x ** 2) / 3, 0, 1) * \
            np.clip((122 - s.y) / 4, 0, 1) * (np.abs(s.turn) < 78)
        colour = np.float32(CLOTH[cloth])
    else:
        area = (np.abs(s.y) < 26) * (np.abs(s.turn) < 88) * 1.0
        colour = np.float32((30, 30, 34))
    fold = 1 + 0.05 * np.sin(s.y / 2.5)
    s.out += np.float32(area)[..., None] * (colour * fold[..., None] - s.out)
    if what == "mask":
        who.r = who.r + np.float32(4 * cv2.GaussianBlur(
            np.float32(area), (0, 0), 5))
    else:
        who.f = dict(who.f, glasses=False)
        who.eyes = lambda gaze, lid: np.clip(
            s.out[who.patch], 0, 255).astype(np.uint8)
    who.states.clear()


def hand(picture, at, size, skin, rng):
    """A thumb over the edge of what is held."""
    h, w = picture.shape[:2]
    low = np.clip(np.int32(at - 2 * size), 0, (w, h))
    high = np.clip(np.int32(at + 2 * size), 0, (w, h))
    if (high - low).min() < 2:
        return
    y, x = np.mgrid[low[1]:high[1], low[0]:high[0]].astype(np.float32)
    d = np.hypot((x - at[0]) / (0.55 * size), (y - at[1]) / (1.2 * size))
    k = np.clip((1 - d) * size / 3, 0, 1)[..., None]
    part = picture[low[1]:high[1], low[0]:high[0]]
    part += k * (np.float32(skin) * (1.05 - 0.35 * d * d)[..., None] - part)


class Paper:
    """A print, moved as the prompts ask as well as paper can."""

    def __init__(self, take, picture, cut):
        rng = stream(take.seed, "paper")
        self.take, self.cut = take, cut
        h, w = picture.shape[:2]
        tone = rng.uniform(0.86, 0.96)
        self.sheet = 255 * (picture.clip(0, 255) / 255) ** 1.08 * tone + \
            rng.uniform(6, 16)
        self.size = np.float32((260, 195)) if cut else np.float32((420, 315))
        if cut:     # what a photograph of somebody is cut to
            at = take.webcam.camera.see(take.sitter.place(acts.REST))
            half = min(at[0], w - at[0], 0.42 * h)
            x0, x1 = int(at[0] - half), int(at[0] + half)
            y0 = max(0, int(at[1] - 0.42 * h))
            y1 = min(h, int(at[1] + 0.52 * h))
            self.sheet = self.sheet[y0:y1, x0:x1]
            high = 235.0
            self.size = np.float32((high * (x1 - x0) / (y1 - y0), high))
        self.away = (430 if cut else 345) * rng.uniform(0.95, 1.05)
        self.room = scene.room(take.seed, *take.size, "attacker")
        self.skin = take.who.f["skin"]
        self.rng = rng
        self.swing = [rng.uniform(26, 40), rng.uniform(22, 34)]

    def pose(self, t):
        """Degrees and millimetres that imitate what the track would do."""
        s = self.take.track.at(t)
        turn = {"turn_left": (1, 0), "turn_right": (-1, 0), "look_up": (0, 1)}
        yaw = pitch = 0.0
        near, roll = 1.0, 2.5 * np.sin(1.3 * t)
        for p in self.take.track.prompts:
            since = t - p["shown_ms"] / 1000 - 0.6
            share = acts.ease(since / 0.5) * (1 - acts.ease(
                (since - 1.3) / 0.5))
            side, up = turn.get(p["name"], (0, 0))
            yaw += side * share * self.swing[0]
            pitch += up * share * self.swing[1]
            if p["name"] == "come_closer":
                near -= 0.25 * share
            if p["name"] == "open_mouth":
                roll += 12 * share
        return (yaw + 3 * np.sin(0.9 * t), pitch + 2 * np.sin(1.1 * t), roll,
                near, 6 * np.sin(0.7 * t) + s["x"], 4 * np.sin(1.9 * t))

    def light(self, t):
        yaw, pitch, roll, near, x, y = self.pose(t)
        camera = self.take.webcam.camera
        a, b = self.size / 2
        corners = np.float32(((-a, -b, 0), (a, -b, 0), (a, b, 0), (-a, b, 0)))
        turn = look.rotation(yaw, pitch, roll)
        place = np.float32((x, y, -self.away * near))
        seen = camera.see(corners @ turn.T + place).astype(np.float32)
        h, w = self.sheet.shape[:2]
        move = cv2.getPerspectiveTransform(np.float32(
            ((0, 0), (w, 0), (w, h), (0, h))), seen)
        out = self.room.copy()
        cv2.warpPerspective(self.sheet, move, self.take.size, out,
                            cv2.INTER_LINEAR, cv2.BORDER_TRANSPARENT)
        out *= np.float32(0.93 + 0.09 * turn[2, 2] + 0.05 * turn[0, 2])
        unit = camera.focal / (self.away * near)
        for corner in (2, 3):
            hand(out, seen[corner] + (0, -8 * unit), 16 * unit, self.skin,
                 self.rng)
        return out


class Bent(Paper):
    """A print held as a roof tile is: the bend gives it some of a head's
    roundness, so that its middle moves against its sides when it turns."""

    def __init__(self, take, picture):
        super().__init__(take, picture, cut=True)
        self.radius = float(self.rng.uniform(75, 150))
        take.notes["radius"] = round(self.radius)
        w, h = take.size
        camera = take.webcam.camera
        self.rays = np.stack(np.meshgrid(
            (np.arange(w, dtype=np.float32) - camera.cx) / camera.focal,
            (np.arange(h, dtype=np.float32) - camera.cy) / camera.focal) + [
                np.full((h, w), -1, np.float32)], -1)

    def hits(self, turn, place):
        """Where on the sheet each ray arrives, in millimetres."""
        r = self.radius
        eye = -place @ turn
        rays = self.rays @ turn
        x, z = eye[0], eye[2] + r
        a = rays[..., 0] ** 2 + rays[..., 2] ** 2
        b = x * rays[..., 0] + z * rays[..., 2]
        inner = b * b - a * (x * x + z * z - r * r)
        t = (-b - np.sqrt(np.maximum(inner, 0))) / a
        u = r * np.arctan2(x + t * rays[..., 0], z + t * rays[..., 2])
        return np.where(inner > 0, u, 1e4), eye[1] + t * rays[..., 1]

    def light(self, t):
        yaw, pitch, roll, near, x, y = self.pose(t)
        turn = look.rotation(yaw, pitch, roll)
        place = np.float32((x, y, -self.away * near))
        u, v = self.hits(turn, place)
        (a, b), (h, w) = self.size / 2, self.sheet.shape[:2]
        seen = cv2.remap(self.sheet, np.float32((u + a) * (w / (2 * a))),
                         np.float32((v + b) * (h / (2 * b))),
                         cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        there = ((np.abs(u) < a) & (np.abs(v) < b))[..., None]
        steep = np.cos(u / self.radius + np.radians(yaw))[..., None]
        return np.where(there, seen * np.clip(0.8 + 0.2 * steep, 0, 1),
                        self.room).astype(np.float32)


class Morph:
    """A picture whose parts are pushed about within it, as simple programs
    animate a still: nothing comes into sight that was not there."""

    def __init__(self, take, picture):
        self.take, self.picture = take, np.float32(picture)
        camera, place = take.webcam.camera, take.sitter.place(acts.REST)
        self.unit = camera.focal / -place[2]        # pixels a millimetre
        self.at = camera.see(place)
        h, w = picture.shape[:2]
        self.x, self.y = np.meshgrid(np.arange(w, dtype=np.float32),
                                     np.arange(h, dtype=np.float32))

    def light(self, t):
        s = self.take.track.at(t)
        zoom = 1 / s["near"]
        x = (self.x - self.at[0] - s["x"]) / zoom / self.unit
        y = (self.y - self.at[1] - s["y"]) / zoom / self.unit
        lean = np.radians(s["roll"])
        x, y = x + lean * y, y - lean * x
        oval = np.clip(1 - (x / 80) ** 2 - ((y - 30) / 110) ** 2, 0, 1)
        x = x - np.sin(np.radians(s["yaw"])) * 75 * oval
        y = y + np.sin(np.radians(s["pitch"])) * 75 * oval
        low = np.clip((y - 72) / 6, 0, 1) * np.clip(
            1 - (x / 45) ** 2, 0, 1) * np.clip((170 - y) / 50, 0, 1)
        down = max(0.0, s["drop"])
        gap = np.clip((y - 72) / 2, 0, 1) * np.clip((
            72 + down * np.clip(1 - (x / 24) ** 2, 0, 1) - y) / 2, 0, 1)
        y = y - down * low
        seen = cv2.remap(self.picture, x * self.unit + self.at[0],
                         y * self.unit + self.at[1], cv2.INTER_LINEAR,
                         borderMode=cv2.BORDER_REPLICATE)
        return seen + gap[..., None] * (np.float32((46, 22, 20)) - seen)


class View:
    """What the display's pattern wants to know of a view."""

    def __init__(self, size, back):
        self.frame, self.matrix = size, back

    def back(self, points):
        p = np.c_[points, np.ones(len(points))] @ self.matrix.T
        return p[:, :2] / p[:, 2:]


class Display:
    """A monitor, filmed. Its pixels pass lens and aperture as far as they
    do, and are then sampled (tools/specimen/screen.py)."""

    def __init__(self, take, source):
        rng = stream(take.seed, "display")
        self.take, self.source = take, source
        w, h = take.size
        self.s = panel.parameters(rng)
        wide = float(rng.uniform(1.0, 1.12))
        quad = np.float32(((-1, -1), (1, -1), (1, 1), (-1, 1))) * (
            wide * w / 2, wide * h / 2)
        quad += (w / 2, h / 2) + rng.normal(0, 0.012 * w, (4, 2))
        self.move = cv2.getPerspectiveTransform(np.float32(
            ((0, 0), (w, 0), (w, h), (0, h))), np.float32(quad))
        across = rng.uniform(420, 1500)
        back = np.linalg.inv(self.move)
        planes = panel.pattern(View((w, h), back), w / across,
                               self.s["layout"], take.webcam.sensor.s["blur"])
        planes = np.stack(planes, -1).clip(0, None) ** np.float32(1 / 2.2)
        planes /= planes.mean((0, 1))
        self.planes = planes.astype(np.float32)
        self.peak = float(np.clip(1 / np.percentile(planes[::7, ::7], 98),
                                  0.5, 0.93))
        take.notes["display"] = {"across": round(float(across)),
                                 "layout": self.s["layout"],
                                 "scale": round(wide, 3)}

    def light(self, t):
        shown = np.clip(self.source(t), 0, 255)
        seen = cv2.warpPerspective(shown, self.move, self.take.size,
                                   flags=cv2.INTER_LINEAR,
                                   borderValue=(12, 12, 14))
        seen = 255 * (seen / 255) ** np.float32(self.s["gamma"])
        seen *= np.float32((1 - self.s["blue"], 1 - 0.3 * self.s["blue"],
                            1 + self.s["blue"]))
        return seen * self.planes * np.float32(self.peak) + \
            np.float32(self.s["black"])
