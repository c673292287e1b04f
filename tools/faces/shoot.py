"""Somebody before a webcam: puts room, hair, head and shoulders into one
picture for one moment."""

import types

import cv2
import numpy as np

import look
import scene
from acts import REST
from splits import stream

MANE = (-130, -120, 130, 260)


class Webcam:
    """A camera in a room."""

    def __init__(self, seed, width=640, height=480, **levels):
        rng = stream(seed, "webcam")
        self.seed, self.width, self.height = seed, width, height
        focal = rng.uniform(0.84, 1.0) * max(width, height)
        self.camera = look.Camera(width, height, focal)
        self.lamp = scene.lamp(seed)
        self.room = scene.room(seed, width, height) * np.float32(
            self.lamp["cast"])
        self.sensor = scene.Sensor(seed, width, height, levels)

    def blank(self):
        return self.room.copy()


class Sitter:
    """A person in front of that camera."""

    def __init__(self, who, webcam, seed=None, distance=None, beside=0.0):
        self.who, self.webcam = who, webcam
        rng = stream(webcam.seed if seed is None else seed, "sitter")
        self.distance = distance or float(rng.uniform(470, 620))
        self.beside = beside + float(rng.uniform(-25, 25))
        self.height = float(rng.uniform(-30, 10))
        self.coat = scene.shoulders(who.seed, who.f)
        self.mane = scene.mane(who.seed, who.f)

    def place(self, s):
        away = self.distance * s["near"]
        return np.float32((self.beside * s["near"] + s["x"],
                           self.height + s["y"], -away))

    def draw(self, picture, s):
        """Onto a picture of light, in place; gives the pose."""
        camera, lamp = self.webcam.camera, self.webcam.lamp
        place = self.place(s)
        pose = look.Pose(place, s["yaw"], s["pitch"], s["roll"])
        if self.mane is not None:
            behind = place + (0, 0, -40)
            sway = pose.world((0, 0, -60)) - pose.world((0, 0, 0))
            scene.board(picture, self.mane, MANE, camera,
                        behind + (0.6 * sway[0], 0.4 * s["pitch"], 0))
        seen = look.head(self.who, camera, pose, lamp, drop=s["drop"],
                         gaze=(s["gaze_x"], s["gaze_y"]), lid=s["lid"])
        if seen:
            low, colour, cover = seen
            h, w = cover.shape
            part = picture[low[1]:low[1] + h, low[0]:low[0] + w]
            cast = np.float32(lamp["cast"]) * shone(s, s["near"])
            part += cover[..., None] * (colour * cast - part)
        body = np.float32((0.8 * place[0], self.height + 0.5 * s["y"],
                           place[2] - 25))
        coat = self.coat
        if np.any(s.get("glow", 0)):
            coat = coat.copy()
            coat[..., :3] = np.clip(coat[..., :3] * shone(s, 1.2), 0, 255)
        scene.board(picture, coat, scene.SPAN, camera, body)
        return pose


def shone(s, away):
    """By what the screen's light changes each channel of a picture, so many
    times the usual distance away. A room behind gets next to nothing."""
    glow = np.float32(s.get("glow", (0, 0, 0)))
    return (1 + glow / np.float32(away * away)) ** np.float32(1 / 2.2)


STUDIO = {"from": (-0.25, -0.3, 0.92), "key": 0.5, "ambient": 0.5,
          "sky": 0.06, "gleam": 0.02, "cast": (1, 1, 1)}


def portrait(who, width=350, height=450, ground=(222, 222, 220)):
    """The person's picture as on a document, RGB bytes: from afar, in even
    light, the head three quarters of it."""
    w, h, away = 2 * width, 2 * height, 1150
    picture = np.empty((h, w, 3), np.float32)
    picture[:] = ground
    studio = types.SimpleNamespace(
        seed=who.seed, lamp=STUDIO, camera=look.Camera(
            w, h, 0.72 * h / 240 * away, (w / 2, 0.5 * h)))
    sitter = Sitter(who, studio, distance=away)
    sitter.beside = sitter.height = 0
    sitter.draw(picture, dict(REST))
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return np.clip(small, 0, 255).astype(np.uint8)
