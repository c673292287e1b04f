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
    """The network. "lean" has columns of four pixels where letters are put
    together, and tells two of the others' columns by each of them."""
    if size == "lean":
        return lean()
    return nn.Sequential(
        *block(1, 8, 3, 1, 1),                  # 32 x W: accents are 2 rows
        *block(8, 24, 3, 2, 1),                 # 16 x W/2
        *block(24, 40, 3, (2, 1), 1),           # 8 x W/2
        *block(40, 64, 3, (2, 1), 1),           # 4 x W/2
        *block(64, 80, 3, (2, 1), 1),           # 2 x W/2
        *block(80, 128, (2, 3), 1, (0, 1)),     # 1 x W/2
        *block(128, 112, (1, 5), 1, (0, 2)),
        *block(112, 112, (1, 5), 1, (0, 2)),
        nn.Dropout(0.1),
        nn.Conv2d(112, BLANK + 1, 1))


def lean():
    return nn.Sequential(
        *block(1, 8, 3, 1, 1),                  # 32 x W
        *block(8, 24, 3, 2, 1),                 # 16 x W/2
        *block(24, 40, 3, (2, 1), 1),           # 8 x W/2
        *block(40, 72, 3, 2, 1),                # 4 x W/4
        *block(72, 112, 3, (2, 1), 1),          # 2 x W/4
        *block(112, 144, (2, 3), 1, (0, 1)),    # 1 x W/4
        *block(144, 128, (1, 3), 1, (0, 1)),
        *block(128, 128, (1, 3), 1, (0, 1)),
        nn.Dropout(0.1),
        nn.ConvTranspose2d(128, BLANK + 1, (1, 2), (1, 2)))     # 1 x W/2


def begun(model, other):
    """Takes over from another network what its first blocks have alike, as
    far as the channels go."""
    own = model.state_dict()
    for name, old in other.items():
        new = own.get(name)
        if new is None or new.dim() != old.dim() or \
                new.shape[2:] != old.shape[2:] or \
                int(name.split(".", 1)[0]) > 11:
            continue
        part = tuple(slice(0, min(a, b))
                     for a, b in zip(new.shape, old.shape))
        new[part] = old[part]
    model.load_state_dict(own)


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
