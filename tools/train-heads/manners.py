"""Heads, and the manners in which documents print them.

A manner takes a head's brightness (0 to 1, rows x columns) and gives two
fields of that size: tone, what is printed, and cover, how much of the ground
it hides. Those of HELD are drawn for held-back pages alone.
"""

import os
import sys

import cv2
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "../specimen"),
                os.path.join(HERE, "../faces")]
import person    # noqa: E402
import portrait  # noqa: E402
import shoot     # noqa: E402

CASCADE = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt.xml"
# where drawn and modelled heads have their faces: middle and width, in
# widths of the picture, as the cascade sees most of them
USUAL = {"drawn": (0.5, 0.63, 0.52), "modelled": (0.5, 0.70, 0.72)}


def face_of(picture, kind, cascade):
    """Middle and width of the face, in widths of the picture."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    found = cascade.detectMultiScale(grey, 1.05, 3, minSize=(120, 120))
    if not len(found):
        return USUAL[kind]
    x, y, w, _ = max(found, key=lambda f: f[2])
    wide = picture.shape[1]
    return ((x + w / 2) / wide, (y + w / 2) / wide, w / wide)


def modelled_head(seed, folder):
    """A head of tools/faces, kept in a folder: a second each to draw."""
    path = os.path.join(folder, "%d.png" % seed)
    if not os.path.exists(path):
        rng = np.random.default_rng(seed)
        ground = tuple(int(v) for v in rng.integers(170, 250) +
                       rng.integers(-8, 9, 3))
        picture = shoot.portrait(person.Person(seed), ground=ground)
        cv2.imwrite(path, np.ascontiguousarray(picture[..., ::-1]))
    return np.ascontiguousarray(cv2.imread(path)[..., ::-1])


def pool(seed, drawn, modelled, folder):
    """Pictures of 350 x 450 with the places of their faces."""
    os.makedirs(folder, exist_ok=True)
    cascade = cv2.CascadeClassifier(CASCADE)
    out = []
    for i in range(drawn):
        picture = np.asarray(portrait.draw(
            np.random.default_rng(seed + i), "MF"[i % 2]))
        out.append((picture, face_of(picture, "drawn", cascade)))
    for i in range(modelled):
        picture = modelled_head(seed + i, folder)
        out.append((picture, face_of(picture, "modelled", cascade)))
    return out


def rim(shape, rng):
    """How a picture ends: a rectangle, an oval, a lower end that fades."""
    h, w = shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    kind = rng.integers(4)
    if kind == 0:
        return np.ones(shape, np.float32)
    if kind == 1:
        away = np.minimum(np.minimum(x, w - 1 - x), np.minimum(y, h - 1 - y))
        return np.clip((away + 1) / (rng.uniform(0.02, 0.12) * w), 0, 1)
    u, v = (x / w - 0.5) * 2, (y / h - 0.5) * 2
    oval = (np.abs(u) ** 3 + np.abs(v) ** 3) ** (1 / 3)
    if kind == 2:
        return np.clip((1.02 - oval) * rng.uniform(3, 9), 0, 1)
    return np.clip((1.02 - oval) * 8, 0, 1) * np.clip(
        (0.9 - y / h) * rng.uniform(3, 9), 0, 1)


def without_ground(tone, rng):
    """Only what is darker than the ground behind the head: as laser and
    line engravings leave it out."""
    return np.clip((0.86 - tone) * rng.uniform(2, 5), 0, 1)


def photo(tone, rng):
    return tone, np.full(tone.shape, rng.uniform(0.85, 1))


def faint(tone, rng):
    low = rng.uniform(0, 0.4)
    return low + (rng.uniform(0.75, 1) - low) * tone, np.full(
        tone.shape, rng.uniform(0.15, 0.7))


def pale_ink(tone, rng):
    """Ink that darkens, and paper where there is none."""
    return np.full(tone.shape, rng.uniform(0, 0.45)), rng.uniform(
        0.25, 0.8) * np.clip((0.95 - tone) * 1.2, 0, 1)


def engraved(tone, rng):
    return np.full(tone.shape, rng.uniform(0.1, 0.3)), rng.uniform(
        0.5, 1) * without_ground(tone, rng)


def phase_of(shape, rng, step):
    h, w = shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    bow = rng.uniform(0, 2) * np.sin(x / w * rng.uniform(3, 12))
    if rng.random() < 0.5:
        return (y + rng.uniform(-0.7, 0.7) * x) / step + bow
    return (x + rng.uniform(-0.7, 0.7) * y) / step + bow


def lined(tone, rng):
    """Lines that swell where it is dark."""
    wave = np.abs(phase_of(tone.shape, rng, rng.uniform(2, 5)) % 1 - 0.5) * 2
    ink = np.clip((1 - tone - wave) * 4 + 0.5, 0, 1)
    return np.full(tone.shape, rng.uniform(0.05, 0.4)), \
        ink * rng.uniform(0.3, 0.9)


def dotted(tone, rng):
    step = rng.uniform(2, 4.5)
    dots = (np.sin(phase_of(tone.shape, rng, step) * 2 * np.pi) * np.sin(
        phase_of(tone.shape, rng, step) * 2 * np.pi) + 1) / 2
    ink = np.clip((1 - tone - dots) * 5 + 0.5, 0, 1)
    return np.full(tone.shape, rng.uniform(0.05, 0.4)), \
        ink * rng.uniform(0.3, 0.9)


def mixed(tone, rng):
    """A tone with lines through it."""
    tone, cover = faint(tone, rng)
    wave = np.abs(phase_of(tone.shape, rng, rng.uniform(2, 5)) % 1 - 0.5) * 2
    return np.clip(tone + (wave - 0.5) * rng.uniform(0.1, 0.4), 0, 1), cover


def reversed_(tone, rng):
    """As a film between two layers shows it from one side."""
    return faint(1 - tone, rng)


def windowed(tone, rng):
    """In a clear window: bright, with a bright ground."""
    return 0.55 + 0.45 * tone, np.full(tone.shape, rng.uniform(0.5, 0.95))


def letters(tone, rng):
    """Rows of small letters, darker where the head is."""
    mask = np.zeros(tone.shape, np.uint8)
    step = int(rng.integers(5, 9))
    for y in range(step, tone.shape[0] + step, step):
        cv2.putText(mask, "ABCDEFGHIKLMNOPRSTUVWXYZ" * 3,
                    (int(rng.integers(-20, 0)), y),
                    cv2.FONT_HERSHEY_PLAIN, step / 12, 255, 1, cv2.LINE_AA)
    return np.full(tone.shape, 0.1), mask / 255 * np.clip(
        1.15 - tone, 0, 1) * rng.uniform(0.5, 0.95)


def scattered(tone, rng):
    """Black grains, as a weak laser leaves them."""
    grains = rng.random(tone.shape) < (1 - tone) ** 1.3
    return np.full(tone.shape, 0.1), grains * rng.uniform(0.35, 0.8)


def raised(tone, rng):
    """A relief under the lamp: only edges are seen."""
    soft = cv2.GaussianBlur(tone.astype(np.float32), (0, 0), 1.0)
    a = rng.uniform(0, 6.28)
    slope = np.cos(a) * np.gradient(soft, axis=1) + \
        np.sin(a) * np.gradient(soft, axis=0)
    return np.clip(0.5 + slope * rng.uniform(3, 7), 0, 1), \
        np.clip(np.abs(slope) * 12, 0, 1) * rng.uniform(0.5, 0.9)


LEARNED = (photo, photo, faint, faint, faint, pale_ink, pale_ink, engraved,
           lined, lined, dotted, mixed, mixed, reversed_, windowed)
HELD = (letters, scattered, raised)
