"""What public specimen pictures look like: a flat scan or a screenshot that
fills the frame, scaled down for the web, compressed, sometimes grey,
sometimes with a word across it, sometimes on its side."""

import io

import numpy as np
from PIL import Image, ImageOps

import camera
import sensor
import view as views

GROUNDS = ((255, 255, 255), (255, 255, 255), (242, 242, 242), (0, 0, 0),
           (196, 200, 206), (120, 120, 118))


def draw(rng):
    """One scan's parameters."""
    margins = rng.uniform(-0.004, 0.05, 4) * (rng.random() < 0.7)
    narrow = rng.random() < 0.35
    return {
        "turn": 90 * int(rng.integers(1, 4)) if rng.random() < 0.2 else 0,
        "roll": float(rng.normal(0, 0.8) * (rng.random() < 0.5)),
        "across": int(rng.uniform(270, 480) if narrow
                      else rng.uniform(480, 1200)),
        "margins": [float(m) for m in margins],
        "ground": int(rng.integers(0, len(GROUNDS))),
        "blur": float(rng.uniform(0, 0.8)), "noise": float(
            rng.uniform(0, 5) * (rng.random() < 0.6)),
        "contrast": float(rng.uniform(0.8, 1.25)),
        "bright": float(rng.uniform(-18, 18)),
        "faded": float(rng.uniform(0.35, 1.2)),
        "grey": bool(rng.random() < 0.12), "word": bool(rng.random() < 0.35),
        "twice": int(rng.uniform(50, 92)) if rng.random() < 0.4 else 0,
        "sharpen": float(rng.uniform(0.3, 2) * (rng.random() < 0.4)),
        "quality": int(rng.uniform(45, 93)),
        "tables": ("standard", "standard", "flat", "steep", "even")[
            int(rng.integers(0, 5))],
        "subsampling": (2, 2, 1, 0)[int(rng.integers(0, 4))],
        "progressive": bool(rng.random() < 0.3),
    }


def look(page, shot, view=None):
    """The View of a scan: how large it is and where the page lies."""
    turned = shot["turn"] in (90, 270)
    w, h = (page[1], page[0]) if turned else page
    scale = shot["across"] / page[0]
    left, top, right, bottom = np.float64(shot["margins"]) * page[0] * scale
    frame = (max(16, round(w * scale + left + right)),
             max(16, round(h * scale + top + bottom)))
    angle = np.radians(shot["turn"] + shot["roll"])
    turn = np.array(((np.cos(angle), -np.sin(angle)),
                     (np.sin(angle), np.cos(angle))))
    middle = (left + w * scale / 2, top + h * scale / 2)
    quad = (views.box(*page) - np.float64(page) / 2) @ turn.T * scale + middle
    return views.View(page, quad, frame)


def toned(image, shot):
    """Contrast, brightness, saturation, as somebody's scanner left them."""
    page = np.array(image, np.float32)
    grey = page.mean(2, keepdims=True)
    page = grey + (page - grey) * np.float32(shot["faded"])
    page = (page - 150) * np.float32(shot["contrast"]) + 150 + shot["bright"]
    return page


def take(page, view, shot, rng):
    """A scan of a drawn page; an image."""
    scene = Image.new("RGB", view.frame, GROUNDS[shot["ground"]])
    image = camera.cut(page, view.density() * 1.02, exact=True)
    low, picture = camera.warp(image, view, (0, 0),
                               (page.width, page.height), Image.BICUBIC)
    camera.over(scene, low, picture)
    shot = dict(shot, motion=0, mosaic=False)
    image = sensor.sensed(toned(scene, shot), shot, rng)
    if shot["grey"]:
        image = ImageOps.grayscale(image).convert("RGB")
    if shot["twice"]:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=shot["twice"])
        image = Image.open(file).convert("RGB")
    return image


# A flatbed's picture at its full size, as option --flat makes it.
FLAT = {"turn": 0, "roll": 0.0, "across": 1500, "margins": [0.0] * 4,
        "blur": 0.5, "noise": 1.5, "contrast": 1.0, "bright": 0.0,
        "faded": 1.0, "grey": False, "word": False, "twice": 0,
        "sharpen": 0.0, "quality": 90, "tables": "standard",
        "subsampling": 2, "progressive": False}
