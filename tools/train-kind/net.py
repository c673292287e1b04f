"""The network: which kind of page, from one small picture of 96 pixels.

What is looked at is scaled so that its longer side is 96 and laid into the
middle of a square; three planes: brightness, blue and red less brightness,
each less its mean.
"""

import cv2
import numpy as np
from torch import nn

SIDE = 96
CLASSES = ("passport_page", "card_front", "card_back", "other", "none")
LUMA_STEP, COLOUR_STEP = 64.0, 24.0


def block(fan_in, fan_out, stride):
    return [nn.Conv2d(fan_in, fan_out, 3, stride, 1, bias=False),
            nn.BatchNorm2d(fan_out), nn.ReLU(inplace=True)]


def build():
    return nn.Sequential(
        *block(3, 16, 2), *block(16, 24, 2), *block(24, 32, 1),
        *block(32, 48, 2), *block(48, 64, 2), *block(64, 56, 1),
        nn.AvgPool2d(SIDE // 16), nn.Dropout(0.2),
        nn.Conv2d(56, len(CLASSES), 1))


def glance(rgb):
    """A uint8 picture of any size as 3 x 96 x 96."""
    h, w = rgb.shape[:2]
    k = SIDE / max(h, w)
    size = (max(1, int(w * k + 0.5)), max(1, int(h * k + 0.5)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if k < 1 else
                       cv2.INTER_LINEAR)
    return planes(small.astype(np.float32))


def planes(small):
    """Float RGB no larger than a square."""
    h, w = small.shape[:2]
    luma = small @ np.float32((0.299, 0.587, 0.114))
    seen = np.stack((luma, 0.564 * (small[..., 2] - luma),
                     0.713 * (small[..., 0] - luma)))
    seen -= seen.mean((1, 2), keepdims=True)
    seen /= np.float32((LUMA_STEP, COLOUR_STEP, COLOUR_STEP))[:, None, None]
    out = np.zeros((3, SIDE, SIDE), np.float32)
    x, y = (SIDE - w) // 2, (SIDE - h) // 2
    out[:, y:y + h, x:x + w] = seen
    return out
