"""The reader: convolutions only, so that any width works and OpenCV 4.6 can
load it; four columns of output to a pitch, 37 glyphs and a blank."""

import numpy as np
import torch
from torch import nn

import content  # noqa: F401  (puts the specimen tools on the path)
import mrz

ALPHABET = mrz.ALPHABET
BLANK = len(ALPHABET)
HEIGHT, PITCH, STRIDE = 32, 16, 4
FLOOR = 8.0         # smallest standard deviation divided by


def block(fan_in, fan_out, kernel, stride, padding):
    return [nn.Conv2d(fan_in, fan_out, kernel, stride, padding, bias=False),
            nn.BatchNorm2d(fan_out), nn.ReLU(inplace=True)]


def build():
    return nn.Sequential(
        *block(1, 20, 3, 2, 1),                 # 16 x W/2
        *block(20, 36, 3, 2, 1),                # 8 x W/4
        *block(36, 52, 3, (2, 1), 1),           # 4 x W/4
        *block(52, 68, 3, (2, 1), 1),           # 2 x W/4
        *block(68, 96, (2, 3), 1, (0, 1)),      # 1 x W/4
        *block(96, 96, (1, 5), 1, (0, 2)),
        nn.Dropout(0.1),
        nn.Conv2d(96, BLANK + 1, 1))


def normalise(grey):
    """Each line to mean 0 and deviation 1; uint8 N x 32 x W in."""
    grey = torch.from_numpy(np.asarray(grey, np.float32))
    mean = grey.mean((1, 2), keepdim=True)
    deviation = grey.std((1, 2), unbiased=False, keepdim=True)
    return ((grey - mean) / deviation.clamp(min=FLOOR)).unsqueeze(1)


def decode(logits):
    """Greedy reading of one line; logits 38 x T."""
    best = logits.argmax(0).tolist()
    kept = [c for i, c in enumerate(best) if i == 0 or c != best[i - 1]]
    return "".join(ALPHABET[c] for c in kept if c != BLANK)
