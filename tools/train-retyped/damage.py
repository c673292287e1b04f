"""What a camera, a telephone and a file do to light, for many squares at once
(torch): every number is one for each square."""

import math

import torch
from torch.nn import functional as F

LUMA = ((16, 11, 10, 16, 24, 40, 51, 61), (12, 12, 14, 19, 26, 58, 60, 55),
        (14, 13, 16, 24, 40, 57, 69, 56), (14, 17, 22, 29, 51, 87, 80, 62),
        (18, 22, 37, 56, 68, 109, 103, 77), (24, 35, 55, 64, 81, 104, 113, 92),
        (49, 64, 78, 87, 103, 121, 120, 101),
        (72, 92, 95, 98, 112, 100, 103, 99))
CHROMA = ((17, 18, 24, 47), (18, 21, 26, 66), (24, 26, 56, 99),
          (47, 66, 99, 99))


class Dice:
    """Random numbers of one seed, on one device."""

    def __init__(self, seed, device):
        self.device = device
        self.g = torch.Generator(device=device)
        self.g.manual_seed(seed)

    def uniform(self, low, high, *shape):
        return low + (high - low) * torch.rand(
            *shape, generator=self.g, device=self.device)

    def log(self, low, high, *shape):
        return torch.exp(self.uniform(math.log(low), math.log(high), *shape))

    def normal(self, *shape):
        return torch.randn(*shape, generator=self.g, device=self.device)

    def chance(self, share, *shape):
        return (self.uniform(0, 1, *shape) < share).float()

    def below(self, n, *shape):
        return torch.randint(0, n, shape, generator=self.g,
                             device=self.device)

    def one(self, values, *shape):
        table = torch.tensor(values, device=self.device,
                             dtype=torch.float32)
        return table[self.below(len(values), *shape)]


def to4(v):
    return v.view(-1, 1, 1, 1)


def filtered(pages, kernels):
    """Each page with its own kernel, B x k x k."""
    b, c, h, w = pages.shape
    k = kernels.shape[-1]
    pages = F.pad(pages, (k // 2,) * 4, mode="replicate")
    weight = kernels.repeat_interleave(c, 0).unsqueeze(1)
    out = F.conv2d(pages.reshape(1, b * c, *pages.shape[2:]), weight,
                   groups=b * c)
    return out.view(b, c, h, w)


def bells(sigma, size):
    """Gaussian kernels, one row each."""
    x = torch.arange(size, device=sigma.device) - size // 2
    k = torch.exp(-0.5 * (x / sigma.clamp(min=0.05).view(-1, 1)) ** 2)
    return k / k.sum(1, keepdim=True)


def blurred(pages, sigma, size=9):
    b, c, h, w = pages.shape
    k = bells(sigma, size).repeat_interleave(c, 0)
    out = F.pad(pages, (size // 2,) * 4, mode="replicate").reshape(
        1, b * c, h + size - 1, w + size - 1)
    out = F.conv2d(out, k.view(b * c, 1, 1, size), groups=b * c)
    out = F.conv2d(out, k.view(b * c, 1, size, 1), groups=b * c)
    return out.view(b, c, h, w)


def moved(sigma, length, angle, size=11):
    """Kernels of a lens and of a hand that moves."""
    y, x = torch.meshgrid(*[torch.arange(size, device=sigma.device) -
                            size // 2] * 2, indexing="ij")
    out = 0
    for t in (-.5, -.3, -.1, .1, .3, .5):
        cx = (length * t * torch.cos(angle)).view(-1, 1, 1)
        cy = (length * t * torch.sin(angle)).view(-1, 1, 1)
        away = (x - cx) ** 2 + (y - cy) ** 2
        out = out + torch.exp(-0.5 * away / sigma.clamp(min=0.15).view(
            -1, 1, 1) ** 2)
    return out / out.sum((1, 2), keepdim=True)


def mosaic(light, how):
    """Through the sensor's colours and back; how: bilinear, edges, none."""
    if how == "none":
        return light
    h, w = light.shape[2:]
    y = torch.arange(h, device=light.device).view(-1, 1) % 2
    x = torch.arange(w, device=light.device).view(1, -1) % 2
    masks = torch.stack(((y == 0) & (x == 0), (y + x) == 1,
                         (y == 1) & (x == 1))).float()
    raw = light * masks
    cross = torch.tensor(((0, 1, 0), (1, 4, 1), (0, 1, 0)),
                         device=light.device) / 4
    square = torch.tensor(((1, 2, 1), (2, 4, 2), (1, 2, 1)),
                          device=light.device) / 4
    kernels = torch.stack((square, cross, square)).unsqueeze(1)
    out = F.conv2d(F.pad(raw, (1,) * 4, mode="reflect"), kernels, groups=3)
    if how == "edges":      # green leads: colour differences are smooth
        green = out[:, 1:2]
        rest = (light - green) * masks
        soft = F.conv2d(F.pad(rest, (1,) * 4, mode="reflect"), kernels,
                        groups=3)
        out = torch.cat((green + soft[:, :1], green, green + soft[:, 2:]), 1)
    return out


def dct(device):
    n = torch.arange(8, device=device, dtype=torch.float32)
    d = torch.cos(math.pi * (2 * n.view(1, 8) + 1) * n.view(8, 1) / 16) / 2
    d[0] /= math.sqrt(2)
    return d


def tables(quality, device):
    """What is divided by, B x 3 x 8 x 8."""
    luma = torch.tensor(LUMA, device=device, dtype=torch.float32)
    chroma = torch.full((8, 8), 99.0, device=device)
    chroma[:4, :4] = torch.tensor(CHROMA, device=device, dtype=torch.float32)
    both = torch.stack((luma, chroma, chroma)).unsqueeze(0)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality)
    return ((both * to4(scale) + 50) / 100).floor().clamp(1, 255)


def quantised(plane, table, d):
    """plane: B x C x H x W, sides multiples of 8."""
    b, c, h, w = plane.shape
    blocks = plane.view(b, c, h // 8, 8, w // 8, 8).permute(0, 1, 2, 4, 3, 5)
    f = d @ blocks @ d.T
    t = table.view(b, c, 1, 1, 8, 8)
    blocks = d.T @ (torch.round(f / t) * t) @ d
    return blocks.permute(0, 1, 2, 4, 3, 5).reshape(b, c, h, w)


def jpeg(pages, quality, full):
    """As a file of that quality gives them back; full: colour at every
    pixel, else at every second."""
    d = dct(pages.device)
    r, g, b = pages[:, :1], pages[:, 1:2], pages[:, 2:3]
    y = 0.299 * r + 0.587 * g + 0.114 * b
    colour = torch.cat((0.564 * (b - y), 0.713 * (r - y)), 1)
    t = tables(quality, pages.device)
    y = quantised(y - 128, t[:, :1], d) + 128
    if full:
        colour = quantised(colour, t[:, 1:], d)
    else:
        small = F.avg_pool2d(colour, 2)
        h, w = small.shape[2:]
        small = F.pad(small, (0, -w % 8, 0, -h % 8), mode="replicate")
        small = quantised(small, t[:, 1:], d)[:, :, :h, :w]
        colour = F.interpolate(small, size=y.shape[2:], mode="bilinear")
    blue, red = colour[:, :1], colour[:, 1:]
    r, b = y + 1.402 * red, y + 1.772 * blue
    g = (y - 0.299 * r - 0.114 * b) / 0.587
    return torch.round(torch.cat((r, g, b), 1)).clamp(0, 255)


def smooth_field(dice, b, size, cells, channels=1):
    """Something that changes slowly, about -1 to 1."""
    small = dice.normal(b, channels, cells, cells)
    return F.interpolate(small, size=size, mode="bicubic",
                         align_corners=True)
