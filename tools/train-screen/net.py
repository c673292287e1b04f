"""The network: genuine, display or print, from one square of 96 pixels.

Brightness comes at full size, folded so that four neighbours are four
channels, and colour at half size, which is how a camera's file holds it:
six channels of 48 x 48.
"""

import numpy as np
import torch
from torch import nn

SIDE = 96
LUMA_STEP, COLOUR_STEP = 32.0, 16.0


def block(fan_in, fan_out, stride):
    return [nn.Conv2d(fan_in, fan_out, 3, stride, 1, bias=False),
            nn.BatchNorm2d(fan_out), nn.ReLU(inplace=True)]


def build():
    return nn.Sequential(
        *block(6, 24, 1), *block(24, 32, 2), *block(32, 48, 2),
        *block(48, 64, 2), *block(64, 64, 1),
        nn.AvgPool2d(SIDE // 16), nn.Dropout(0.2), nn.Conv2d(64, 3, 1))


def planes(rgb):
    """uint8 N x 96 x 96 x 3 into float32 N x 6 x 48 x 48."""
    rgb = np.asarray(rgb, np.float32)
    luma = rgb @ np.float32((0.299, 0.587, 0.114))
    blue = 0.564 * (rgb[..., 2] - luma)
    red = 0.713 * (rgb[..., 0] - luma)
    half = lambda p: p.reshape(-1, SIDE // 2, 2, SIDE // 2, 2).mean(  # noqa
        (2, 4))
    level = lambda p: p - p.mean((1, 2), keepdims=True)  # noqa: E731
    luma = level(luma) / LUMA_STEP
    folded = [luma[:, i::2, j::2] for i in (0, 1) for j in (0, 1)]
    colour = [level(half(p)) / COLOUR_STEP for p in (blue, red)]
    return np.stack(folded + colour, 1).astype(np.float32)
