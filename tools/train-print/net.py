"""The reader of print: convolutions only, so that any width works and OpenCV
4.6 can load it. A column of output is two pixels wide, since an i has four."""

import numpy as np
import torch
from torch import nn

from alphabet import BLANK, GLYPHS
from damage import HEIGHT

STRIDE = 2
FLOOR = 8.0         # smallest standard deviation divided by
WIDTH = 896         # of a strip; the program packs several pieces into one
GAP = 24            # of nothing between pieces


def block(fan_in, fan_out, kernel, stride, padding):
    return [nn.Conv2d(fan_in, fan_out, kernel, stride, padding, bias=False),
            nn.BatchNorm2d(fan_out), nn.ReLU(inplace=True)]


def build(size="usual"):
    """The network; "large" sees more of a letter's height and more letters
    beside it."""
    a, b, c, d, e, f, g = (8, 24, 40, 64, 80, 128, 112) if size == "usual" \
        else (12, 28, 44, 68, 88, 144, 128)
    more = block(g, g, (1, 5), 1, (0, 2)) if size == "large" else []
    return nn.Sequential(
        *block(1, a, 3, 1, 1),                  # 32 x W: accents are 2 rows
        *block(a, b, 3, 2, 1),                  # 16 x W/2
        *block(b, c, 3, (2, 1), 1),             # 8 x W/2
        *block(c, d, 3, (2, 1), 1),             # 4 x W/2
        *block(d, e, 3, (2, 1), 1),             # 2 x W/2
        *block(e, f, (2, 3), 1, (0, 1)),        # 1 x W/2
        *block(f, g, (1, 5), 1, (0, 2)),
        *block(g, g, (1, 5), 1, (0, 2)), *more,
        nn.Dropout(0.1),
        nn.Conv2d(g, BLANK + 1, 1))


def widened(model, narrow):
    """Takes over the weights of a narrower network, one that had the first
    block less or fewer classes; what is new begins small, so that the old is
    hardly disturbed."""
    shift = 3 if len(narrow) < len(model.state_dict()) else 0
    wide = model.state_dict()
    for name, old in narrow.items():
        layer, kind = name.split(".", 1)
        if shift and int(layer) < shift:
            continue
        new = wide["%d.%s" % (int(layer) + shift, kind)]
        if new.shape == old.shape:
            new.copy_(old)
            continue
        if int(layer) + shift == len(model) - 1:    # classes; last the blank
            new[:] = old[:-1].mean(0)
            new[:len(old) - 1], new[-1] = old[:-1], old[-1]
            continue
        part = tuple(slice(0, n) for n in old.shape)
        new.mul_(0.3 if new.dim() == 4 else 1)
        new[part] = old
    model.load_state_dict(wide)


def unfolded(path, greys):
    """Weights of a network that was shipped: its convolutions have their
    normalisations folded in, which are parted again by what they do to some
    lines, so that it can go on learning."""
    import cv2
    reader = cv2.dnn.readNetFromONNX(path)
    blobs = [reader.getLayer(name).blobs for name in reader.getLayerNames()]
    blobs = [[torch.from_numpy(np.array(b)) for b in pair]
             for pair in blobs if len(pair) == 2]
    last, state = len(build()) - 1, {}
    seen = strips(greys, max(g.shape[1] for g in greys))
    for layer, part in enumerate(build()):
        if layer == last:
            state["%d.weight" % layer], bias = blobs.pop(0)
            state["%d.bias" % layer] = bias.flatten()
        elif isinstance(part, nn.Conv2d):
            kernel, bias = blobs.pop(0)
            state["%d.weight" % layer] = kernel
            seen = nn.functional.conv2d(seen, kernel, None, part.stride,
                                        part.padding)
        elif isinstance(part, nn.BatchNorm2d):
            bias = bias.flatten()
            mean, var = seen.mean((0, 2, 3)), seen.var((0, 2, 3))
            part.running_mean, part.running_var = mean, var
            part.weight.data = (var + part.eps).sqrt()
            part.bias.data = bias + mean
            for name, value in part.state_dict().items():
                state["%d.%s" % (layer, name)] = value
            seen = (seen + bias[:, None, None]).relu()
    return state


def normalise(grey):
    """A piece to mean 0 and deviation 1."""
    grey = grey.astype(np.float32)
    return (grey - grey.mean()) / max(FLOOR, grey.std())


def strips(greys, width):
    """Each piece at the left of a strip of its own, nothing beyond."""
    out = np.zeros((len(greys), 1, HEIGHT, width), np.float32)
    for i, grey in enumerate(greys):
        out[i, 0, :, :grey.shape[1]] = normalise(grey)
    return torch.from_numpy(out)


def decode(logits):
    """Greedy reading of one line; logits classes x columns."""
    best = logits.argmax(0).tolist()
    kept = [c for i, c in enumerate(best) if i == 0 or c != best[i - 1]]
    return "".join(GLYPHS[c] for c in kept if c != BLANK).strip()


def read(model, grey):
    width = -(-(grey.shape[1] + GAP) // 16) * 16
    with torch.no_grad():
        return model(strips([grey], width))[0, :, 0]
