"""The network: what one strip of a picture looks like, as sixteen numbers and
an opinion of its own; and how strips of one picture are compared."""

from torch import nn

NUMBERS = 16


def block(fan_in, fan_out, size, stride):
    return [nn.Conv2d(fan_in, fan_out, size, stride, size // 2, bias=False),
            nn.BatchNorm2d(fan_out), nn.ReLU(inplace=True)]


def build():
    return nn.Sequential(
        *block(6, 24, 3, 1), *block(24, 40, 3, 2), *block(40, 40, 3, 1),
        *block(40, 56, 3, 2), *block(56, 64, 3, 1),
        nn.AvgPool2d((6, 16)), nn.Conv2d(64, NUMBERS + 1, 1))


def scores(said, use, lines):
    """said: P x K x 17; the first `lines` of each picture are print, which
    everything is compared with."""
    numbers, own = said[..., :NUMBERS], said[..., NUMBERS]
    weight = use.clone()
    weight[:, lines:] = 0
    total = (numbers * weight[..., None]).sum(1, keepdim=True)
    count = weight.sum(1, keepdim=True)
    mine = weight[..., None] * numbers
    others = (total - mine) / (count - weight).clamp(min=1)[..., None]
    return own + ((numbers - others) ** 2).sum(-1)
