"""The astronaut's photograph (NASA, public domain, in python3-skimage) as
what a head is painted with: colours as amounts of light, what of it is head,
what is skin, and where its 68 points lie. The smile is closed, so that a
mouth can open."""

import os

import cv2
import numpy as np

SHARP = 3                       # texels to one of the photograph's pixels
LEFT, TOP, RIGHT, BOTTOM = 136, 4, 316, 200     # what is used of it
EYES = (225.2, 102.2)           # between them
ASKEW = 1.5                     # degrees
WHERE = "/usr/lib/python3/dist-packages/skimage/data/astronaut.png"
# jaw, brows, nose, eyes, lips: the order of the usual 68
POINTS = np.array((
    180.0, 103.9, 180.0, 115.6, 181.0, 127.3, 181.9, 138.5, 184.9, 150.2,
    190.7, 160.4, 199.5, 168.7, 209.2, 175.5, 220.4, 178.4, 232.5, 176.9,
    243.7, 171.1, 254.0, 163.3, 260.8, 153.6, 265.2, 142.4, 268.1, 130.7,
    270.5, 119.5, 272.0, 107.3, 186.3, 94.2, 192.6, 88.4, 200.9, 87.4,
    209.2, 88.9, 216.5, 92.7, 236.0, 93.7, 243.7, 90.8, 252.0, 90.3,
    260.3, 92.3, 265.2, 98.6, 225.7, 102.5, 225.7, 110.8, 225.2, 119.0,
    225.2, 127.3, 214.5, 131.2, 219.4, 132.7, 224.3, 134.6, 229.6, 133.1,
    234.5, 132.2, 195.1, 101.0, 200.4, 98.1, 207.2, 98.6, 212.6, 103.9,
    206.3, 104.4, 199.9, 103.9, 237.9, 105.4, 243.7, 100.5, 250.1, 100.5,
    255.4, 104.4, 250.1, 106.9, 243.7, 106.4, 200.4, 139.0, 209.2, 139.5,
    217.5, 139.5, 223.8, 140.9, 229.6, 140.0, 237.4, 140.4, 245.2, 140.9,
    237.4, 151.1, 229.1, 155.0, 222.3, 155.5, 216.0, 154.6, 207.7, 149.7,
    203.3, 140.4, 217.5, 143.4, 223.3, 144.3, 229.6, 143.8, 242.3, 142.4,
    229.1, 149.7, 222.8, 150.2, 216.5, 149.2)).reshape(68, 2)
UPPER, LOWER = [60, 61, 62, 63, 64], [60, 67, 66, 65, 64]   # inner lips


def smooth(a, b, x):
    """From 0 at a to 1 at b."""
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


def blurred(image, by):
    return cv2.GaussianBlur(image, (0, 0), by)


def part_of(image, how=cv2.INTER_LANCZOS4):
    return cv2.resize(image[TOP:BOTTOM, LEFT:RIGHT].astype(np.float32), None,
                      fx=SHARP, fy=SHARP, interpolation=how)


def head_of(image, points, face):
    """1 where head and hair are."""
    guess = np.full(image.shape[:2], cv2.GC_BGD, np.uint8)
    for middle, axes, what in (((227, 100), (84, 96), cv2.GC_PR_BGD),
                               ((227, 90), (70, 70), cv2.GC_PR_FGD),
                               ((227, 90), (58, 60), cv2.GC_FGD)):
        cv2.ellipse(guess, middle, axes, 0, 0, 360, what, -1)
    cv2.fillPoly(guess, [face], cv2.GC_FGD)
    cv2.grabCut(image, guess, None, np.zeros((1, 65)), np.zeros((1, 65)), 4,
                cv2.GC_INIT_WITH_MASK)
    head = ((guess == cv2.GC_FGD) | (guess == cv2.GC_PR_FGD)).astype(np.uint8)
    only = cv2.fillPoly(np.zeros_like(head), [face], 1)
    below = np.mgrid[:head.shape[0], :head.shape[1]][0] > 128   # the ears
    head[below & (only == 0)] = 0
    _, names, facts, _ = cv2.connectedComponentsWithStats(head)
    return (names == 1 + np.argmax(facts[1:, 4])).astype(np.uint8), only


def closed(image, p):
    """The same with lips that meet: what lies below comes up to them, by
    less the nearer it is to the chin."""
    y, x = np.mgrid[:image.shape[0], :image.shape[1]].astype(np.float32)
    top = np.interp(x[0], p[UPPER, 0], p[UPPER, 1]) - 2
    bottom = np.interp(x[0], p[LOWER, 0], p[LOWER, 1]) + 3
    gap = np.clip(bottom - top, 0, None) * (
        (x[0] > p[60, 0]) & (x[0] < p[64, 0]))
    less = 1 - smooth(top[None] + 25, np.full_like(top, p[8, 1])[None], y)
    by = np.where(y > top[None], gap[None] * less, 0).astype(np.float32)
    out = cv2.remap(image, x, y + by, cv2.INTER_CUBIC)
    line = np.exp(-((y - top[None]) / 2.2) ** 2) * smooth(
        p[60, 0] - 4, p[60, 0] + 10, x) * smooth(
        p[64, 0] + 4, p[64, 0] - 10, x)
    return np.clip(out * (1 - .55 * line[..., None]), 0, 1).astype(np.float32)


def prepared(image):
    """Colours, how opaque, how much skin (0 to 1), the points."""
    turn = cv2.getRotationMatrix2D(EYES, ASKEW, 1)
    image = cv2.warpAffine(image, turn, (512, 512), flags=cv2.INTER_LANCZOS4)
    points = np.hstack([POINTS, np.ones((68, 1))]) @ turn.T
    face = np.vstack([points[:17], points[17:27][::-1] - (0, 14)]).astype(
        np.int32)
    head, only = head_of(image, points, face)
    colours = np.clip(part_of(image), 0, 255)[:, :, ::-1] / 255
    opaque = np.clip(blurred(part_of(head, cv2.INTER_LINEAR), 2.0) * 2 - .7,
                     0, 1)
    tone = cv2.cvtColor(colours.astype(np.float32), cv2.COLOR_RGB2LAB)[..., 0]
    above = np.mgrid[:tone.shape[0], :1][0] < (points[19, 1] - 3 - TOP) * SHARP
    fringe = blurred(((tone < 56) & above).astype(np.float32), 3)
    skin = blurred(part_of(only), 2) * (1 - fringe)
    filled = cv2.inpaint((colours * 255).astype(np.uint8),
                         (opaque < .6).astype(np.uint8), 3,
                         cv2.INPAINT_TELEA).astype(np.float32) / 255
    points = (points - (LEFT, TOP)) * SHARP
    return closed(filled, points) ** 2.2, opaque, skin, points


_kept = {}


def laid_out(path=None):
    """The same of the file, once."""
    path = path or os.environ.get("ASTRONAUT", WHERE)
    if path not in _kept:
        image = cv2.imread(path)
        if image is None:
            raise SystemExit("%s is not there: python3-skimage has it" % path)
        _kept[path] = prepared(image)
    return _kept[path]
