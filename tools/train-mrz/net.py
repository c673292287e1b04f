"""The reader: convolutions only, so that any width works and OpenCV 4.6 can
load it; four columns of output to a pitch, 37 glyphs and a blank."""

from torch import nn

import content  # noqa: F401  (puts the specimen tools on the path)
import mrz

ALPHABET = mrz.ALPHABET
BLANK = len(ALPHABET)
HEIGHT, PITCH, STRIDE = 32, 16, 4
FLOOR = 8.0         # smallest standard deviation divided by
WIDTHS = {"narrow": (20, 36, 52, 68, 96, 96),
          "wide": (24, 44, 60, 80, 104, 96)}


def block(fan_in, fan_out, kernel, stride, padding):
    return [nn.Conv2d(fan_in, fan_out, kernel, stride, padding, bias=False),
            nn.BatchNorm2d(fan_out), nn.ReLU(inplace=True)]


def build(width="narrow"):
    a, b, c, d, e, f = WIDTHS[width]
    return nn.Sequential(
        *block(1, a, 3, 2, 1),                  # 16 x W/2
        *block(a, b, 3, 2, 1),                  # 8 x W/4
        *block(b, c, 3, (2, 1), 1),             # 4 x W/4
        *block(c, d, 3, (2, 1), 1),             # 2 x W/4
        *block(d, e, (2, 3), 1, (0, 1)),        # 1 x W/4
        *block(e, f, (1, 5), 1, (0, 2)),
        nn.Dropout(0.1),
        nn.Conv2d(f, BLANK + 1, 1))


def widen(model, narrow):
    """Fills a net with the weights of one that is as wide or narrower, so
    that it reads the same: new channels are not heard at first."""
    state = model.state_dict()
    for name, value in narrow.items():
        if value.dim() == 4:
            out, into = value.shape[:2]
            state[name][:out, into:] = 0
            state[name][:out, :into] = value
        elif value.dim() == 1:
            state[name][:len(value)] = value
        else:
            state[name] = value
    model.load_state_dict(state)


def normalise(grey):
    """Each line to mean 0 and deviation 1; N x 1 x 32 x W, grey 0 to 255."""
    mean = grey.mean((2, 3), keepdim=True)
    deviation = grey.std((2, 3), unbiased=False, keepdim=True)
    return (grey - mean) / deviation.clamp(min=FLOOR)


def width_of(state):
    """Which of the WIDTHS these weights are of."""
    first = state["0.weight"].shape[0]
    return next(n for n, w in WIDTHS.items() if w[0] == first)


def decode(logits):
    """Greedy reading of one line; logits 38 x T."""
    best = logits.argmax(0).tolist()
    kept = [c for i, c in enumerate(best) if i == 0 or c != best[i - 1]]
    return "".join(ALPHABET[c] for c in kept if c != BLANK)
