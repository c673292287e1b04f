"""The network: what one printed field looks like, as sixteen numbers and an
opinion of its own.

A field that was typed later stands away from the others of its picture; so
each is looked at alone, and what is compared are the numbers: the opinion,
and the squared distance from the mean of the others. Both are learnt
together, by the same loss (`scores`).
"""

import numpy as np
from torch import nn

HIGH, WIDE = 48, 144    # pixels of the card: 4.1 x 12.2 mm
NUMBERS = 16
BRIGHT = 0.8            # share of the pixels darker than what counts as paper


def block(fan_in, fan_out, size, stride):
    return [nn.Conv2d(fan_in, fan_out, size, stride, size // 2, bias=False),
            nn.BatchNorm2d(fan_out), nn.ReLU(inplace=True)]


def build():
    return nn.Sequential(
        *block(3, 12, 5, 2), *block(12, 24, 3, 2), *block(24, 32, 3, 1),
        *block(32, 48, 3, 2), *block(48, 56, 3, 1),
        nn.AvgPool2d((HIGH // 8, WIDE // 8)), nn.Dropout(0.1),
        nn.Conv2d(56, NUMBERS + 1, 1))


def planes(rgb):
    """uint8 N x 48 x 144 x 3 into float32 N x 3 x 48 x 144: brightness as a
    share of the paper's; how red and how blue, each as a share of the paper's,
    less green."""
    rgb = np.asarray(rgb, np.float32)
    flat = rgb.reshape(len(rgb), -1, 3)
    at = int(BRIGHT * flat.shape[1])
    paper = np.partition(flat, at, 1)[:, at].clip(16, 255)
    share = rgb / paper[:, None, None]
    luma = share @ np.float32((0.299, 0.587, 0.114))
    red, blue = (4 * (share[..., k] - share[..., 1]) for k in (0, 2))
    return np.stack((2 * (luma - 0.8), red, blue), 1).astype(np.float32)


def scores(said, group, groups):
    """Of each field: what speaks for its having been typed later. `said` is
    what the network gave, `group` the picture of each field."""
    numbers, own = said[:, :NUMBERS], said[:, NUMBERS]
    sums = numbers.new_zeros(groups, NUMBERS).index_add(0, group, numbers)
    counts = numbers.new_zeros(groups).index_add(
        0, group, numbers.new_ones(len(group)))
    others = (sums[group] - numbers) / (counts[group] - 1)[:, None].clamp(
        min=1)
    return own + ((numbers - others) ** 2).sum(1)
