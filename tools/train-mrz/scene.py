"""From ink to the network's input, many lines at once: print and paper, what
lies across, lens, sensor, the web's resampling and compression, and a
rectifier that is never quite right. Tensors are N x 1 x H x W, grey 0 to 255.

Lines of one batch share what changes the size of a picture; all else each
draws for itself.
"""

import numpy as np
import torch
import torch.nn.functional as F

import net

PITCH, MARGIN, ACROSS = 32, 5, 4      # of the ink: see strip.py
OUT_PITCH, OUT_HIGH = 16, 32          # of the network
SPARE = 4


class Dice:
    """Random numbers, one for each line of the batch."""

    def __init__(self, n, device, rng):
        self.n, self.device, self.rng = n, device, rng
        self.ease = float(rng.choice((2.2, 4.0, 9.0), p=(0.35, 0.4, 0.25)))

    def uniform(self, low, high, *shape):
        shape = shape or (1, 1, 1)
        return torch.rand((self.n,) + shape, device=self.device) * (
            high - low) + low

    def mild(self, low, high):
        """Mostly near the lower end: hard lines, not hopeless ones."""
        return self.uniform(0, 1) ** self.ease * (high - low) + low

    def normal(self, *shape):
        return torch.randn((self.n,) + (shape or (1, 1, 1)),
                           device=self.device)

    def chance(self, p):
        """1 or 0 for each line."""
        return (torch.rand((self.n, 1, 1, 1), device=self.device) <
                p).float()

    def one(self, low, high):
        """One number for the whole batch."""
        return float(self.rng.uniform(low, high))

    def once(self, p):
        return self.rng.random() < p


def smooth(x, size):
    return F.interpolate(x, size, mode="bicubic", align_corners=False)


def separable(x, sigma):
    """Gaussian blur, the same for the whole batch."""
    reach = max(1, int(np.ceil(sigma * 2.5)))
    t = torch.arange(-reach, reach + 1, device=x.device) / sigma
    k = torch.exp(-t * t / 2)
    k = (k / k.sum()).float()
    x = F.pad(x, (reach, reach, reach, reach), mode="replicate")
    return F.conv2d(F.conv2d(x, k.view(1, 1, 1, -1)), k.view(1, 1, -1, 1))


def places(h, w, device):
    """Pixel middles, down and along, in pixels."""
    y = torch.arange(h, device=device, dtype=torch.float32).view(1, 1, h, 1)
    x = torch.arange(w, device=device, dtype=torch.float32).view(1, 1, 1, w)
    return y + 0.5, x + 0.5


# ---- print

def elastic(ink, dice):
    """Letters a little out of shape, nowhere alike."""
    n, _, h, w = ink.shape
    y, x = places(h, w, ink.device)
    amount = dice.uniform(0, 1.5) * dice.chance(0.6)
    off = smooth(dice.normal(2, 8, w // 16), (h, w)) * amount
    grid = torch.stack(((x + off[:, :1]) * 2 / w - 1,
                        (y + off[:, 1:]) * 2 / h - 1), -1)
    return F.grid_sample(ink, grid[:, 0], align_corners=False)


def weigh(ink, dice):
    """Thinner or heavier strokes, worn edges."""
    n, _, h, w = ink.shape
    soft = separable(ink, 2.0)
    grow = dice.uniform(-0.6, 2.3)
    level = 0.5 * (1 + torch.erf(-grow / 2.0 / 2 ** 0.5))
    worn = dice.mild(0, 0.22) * dice.chance(0.3)
    rough = F.interpolate(dice.normal(1, h // 3, w // 3), (h, w),
                          mode="bilinear", align_corners=False)
    sharp = dice.uniform(2, 8)
    return ((soft - level + rough * worn) * sharp + 0.5).clamp(0, 1)


def uneven(ink, dice):
    """Faded patches and letters, specks, rows of a laser, dots of needles."""
    n, _, h, w = ink.shape
    low = 1 - dice.mild(0, 0.6)
    fade = low + (1 - low) * dice.uniform(0, 1, 1, 3, w // 96)
    ink = ink * smooth(fade, (h, w)).clamp(0.2, 1)
    stroke = 1 - dice.uniform(0, 0.6) * dice.chance(0.15) * F.interpolate(
        dice.uniform(0, 1, 1, 1, w // PITCH), (h, w), mode="nearest")
    ink = ink * stroke
    specks = (dice.uniform(0, 1, 1, h // 2, w // 2) <
              dice.uniform(0.01, 0.2)).float() * dice.chance(0.25)
    ink = ink * (1 - dice.uniform(0.1, 0.8) * F.interpolate(
        specks, (h, w), mode="nearest"))
    y, x = places(h, w, ink.device)
    step = dice.uniform(2.5, 6.5)
    rows = 0.5 + 0.5 * torch.cos(y * 2 * np.pi / step)
    columns = 0.5 + 0.5 * torch.cos(x * 2 * np.pi / step)
    laser = dice.chance(0.12) * dice.uniform(0.2, 0.8)
    needle = dice.chance(0.07) * dice.uniform(0.4, 1)
    return ink * (1 - laser * rows) * (
        1 - needle * (1 - (2.2 * rows * columns).clamp(0, 1)))


def waves(h, w, dice):
    """Fine lines such as security printers lay under a zone."""
    y, x = places(h, w, dice.device)
    y, x = y * 2 / PITCH, x * 2 / PITCH
    bend = dice.uniform(0, 1.5) * torch.sin(
        x * dice.uniform(0.1, 1.2) + dice.uniform(0, 6))
    angle = dice.uniform(0, np.pi)
    phase = x * torch.cos(angle) + (y + bend) * torch.sin(angle)
    wave = torch.cos(phase * dice.uniform(3, 25) + dice.uniform(0, 6))
    return (wave * dice.uniform(1, 4)).clamp(-1, 1)


def paper(h, w, dice):
    """Its tone, its printing, its grain; sometimes a picture."""
    hh, hw = h // 2, w // 2
    ground = dice.uniform(100, 252) + dice.normal(1, hh, hw) * dice.mild(
        0, 7)
    for p in (0.65, 0.5, 0.3):
        ground = ground + waves(hh, hw, dice) * dice.mild(
            1, 30) * dice.chance(p)
    ground = ground + smooth(dice.normal(1, 4, w // 64), (hh, hw)) * \
        dice.mild(2, 32) * dice.chance(0.3)
    ground = ground + smooth(dice.normal(1, 16, w // 12), (hh, hw)) * \
        dice.mild(2, 24) * dice.chance(0.15)
    return smooth(ground, (h, w))


def edges(ground, dice):
    """Now and then the document ends and something else begins."""
    n, _, h, w = ground.shape
    y, x = places(h, w, ground.device)
    for p, inside in (
            (0.12, y < h / 2 + dice.uniform(1.0, 2.6) * PITCH),
            (0.05, y > h / 2 - dice.uniform(1.0, 2.6) * PITCH),
            (0.08, x > (MARGIN - dice.uniform(0.5, 3)) * PITCH),
            (0.08, x < w - (MARGIN - dice.uniform(0.5, 3)) * PITCH)):
        over = (1 - inside.float()) * dice.chance(p)
        ground = ground + (dice.uniform(10, 255) - ground) * over
    return ground


def laid(patterns, h, w, dice, small, large):
    """A pattern of each line's own choice somewhere over it, 0 to 1."""
    chosen = torch.randint(0, len(patterns), (dice.n,), device=dice.device)
    y, x = places(h, w, dice.device)
    size = torch.exp(dice.uniform(np.log(small), np.log(large)))
    angle = dice.uniform(-0.9, 0.9) * dice.chance(0.6)
    x, y = x - dice.uniform(0, 1) * w, y - dice.uniform(-0.2, 1.2) * h
    cos, sin = torch.cos(angle) / size, torch.sin(angle) / size
    high, wide = patterns.shape[2:]
    grid = torch.stack(((x * cos + y * sin) * 2 / wide,
                        (y * cos - x * sin) * 2 / high), -1)
    return F.grid_sample(patterns[chosen].float() / 240, grid[:, 0],
                         align_corners=False)


def overlay(grey, dark, patterns, dice):
    """Words, rules and stamps, mostly translucent, some in the ink's tone;
    holograms that shine."""
    n, _, h, w = grey.shape
    size = (h, w)
    for p, most in ((0.4, 0.6), (0.12, 0.8)):
        cover = smooth(laid(patterns, h // 2, w // 2, dice, 0.4, 2.2),
                       size).clamp(0, 1)
        cover = cover * dice.mild(0.1, most + 0.2) * dice.chance(p)
        alike = dice.chance(0.25)
        tone = alike * dark + (1 - alike) * dice.uniform(20, 255)
        grey = grey + (tone - grey) * cover
    cover = smooth(laid(patterns, h // 2, w // 2, dice, 0.3, 1.5),
                   size).clamp(0, 1)
    shine = smooth(dice.normal(1, 3, w // 128), size)
    return grey + cover * shine * dice.uniform(5, 60) * dice.chance(0.12)


def printed(ink, patterns, dice):
    """The line as a perfect scanner would see it."""
    ink = uneven(weigh(elastic(ink, dice), dice), dice)
    n, _, h, w = ink.shape
    ground = edges(paper(h, w, dice), dice).clamp(5, 255)
    faint = dice.chance(0.12)
    dark = torch.quantile(ground[:, :, ::8, ::8].flatten(1), 0.03,
                          dim=1).view(-1, 1, 1, 1)
    dark = dark * (faint * dice.uniform(0.5, 0.75) +
                   (1 - faint) * dice.uniform(0, 0.52))
    grey = ground * (1 - ink) + dark * ink
    y, x = places(h, w, ink.device)
    step, turn = dice.uniform(4, 10), dice.uniform(0, 1.6)
    dots = torch.cos((x * torch.cos(turn) + y * torch.sin(turn)) * 6.3 /
                     step) * torch.cos(
        (y * torch.cos(turn) - x * torch.sin(turn)) * 6.3 / step)
    grey = grey + dots * dice.mild(5, 45) * dice.chance(0.06)
    return overlay(grey, dark, patterns, dice)


# ---- camera

def spot(grey, pitch, dice, most):
    """Lens and motion: each line's own spot, round, smeared or a disk."""
    reach = 5
    y, x = places(2 * reach + 1, 2 * reach + 1, grey.device)
    y, x = y - reach - 0.5, x - reach - 0.5
    sigma = torch.minimum(dice.uniform(0.25, 0.9) + dice.chance(0.5) *
                          dice.mild(0, 2.4), dice.uniform(0.5, 1) *
                          most * pitch).clamp(0.2, 3)
    along = sigma * (1 + dice.uniform(0, 1.2) * dice.chance(0.2))
    angle = dice.uniform(0, np.pi)
    u = x * torch.cos(angle) + y * torch.sin(angle)
    v = y * torch.cos(angle) - x * torch.sin(angle)
    round_ = torch.exp(-(u / along) ** 2 / 2 - (v / sigma) ** 2 / 2)
    disk = torch.sigmoid((sigma * 1.6 - torch.hypot(u, v)) * 4)
    flat = dice.chance(0.15)
    k = flat * disk + (1 - flat) * round_
    k = k / k.sum((2, 3), keepdim=True)
    n, _, h, w = grey.shape
    padded = F.pad(grey, (reach,) * 4, mode="replicate")
    return F.conv2d(padded.view(1, n, h + 2 * reach, w + 2 * reach), k,
                    groups=n).view(n, 1, h, w)


def light(grey, pitch, dice):
    """Uneven lamp, a shadow's border, reflections that burn."""
    n, _, h, w = grey.shape
    y, x = places(h, w, grey.device)
    grey = grey * (1 + dice.uniform(-0.3, 0.3) * (x / w - 0.5))
    border = (x - dice.uniform(0, 1) * w) + (y - h / 2) * dice.uniform(-3, 3)
    shade = torch.sigmoid(border / (dice.uniform(0.3, 4) * pitch))
    grey = grey * (1 - dice.uniform(0.2, 0.6) * dice.chance(0.15) * shade)
    for p in (0.22, 0.08):
        rx, ry = dice.uniform(0.8, 9) * pitch, dice.uniform(0.5, 4) * pitch
        far = ((x - dice.uniform(0, 1) * w) / rx) ** 2 + (
            (y - dice.uniform(0.2, 0.8) * h) / ry) ** 2
        grey = grey + dice.mild(30, 210) * dice.chance(p) * torch.exp(-far)
    return grey * (1.12 - dice.mild(0, 0.67)) + dice.uniform(-10, 30)


def sharpen(grey, dice, p):
    amount = dice.uniform(0.3, 2.2) * dice.chance(p)
    return grey + (grey - separable(grey, dice.one(0.6, 1.8))) * amount


LUMA = np.array((
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99),
    np.float32)     # ITU T.81, table K.1


def dct_matrix(device):
    k = torch.arange(8, device=device, dtype=torch.float32)
    m = torch.cos((2 * k[None] + 1) * k[:, None] * np.pi / 16) * 0.5
    m[0] *= 0.5 ** 0.5
    return m


def jpeg(grey, dice, low, high, p):
    """Blocks of 8 x 8 from a corner that lies anywhere, coefficients rounded
    by each line's own quality."""
    n, _, h, w = grey.shape
    quality = dice.uniform(low, high)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality) / 100
    table = torch.from_numpy(LUMA).to(grey.device).view(1, 1, 64)
    table = (table * scale.view(n, 1, 1)).round().clamp(1, 255)
    top, left = int(dice.one(0, 8)), int(dice.one(0, 8))
    padded = F.pad(grey.clamp(0, 255).round(), (
        left, (-w - left) % 8, top, (-h - top) % 8), mode="replicate") - 128
    hh, ww = padded.shape[2:]
    blocks = padded.view(n, hh // 8, 8, ww // 8, 8).transpose(2, 3)
    m = dct_matrix(grey.device)
    found = (m @ blocks @ m.t()).reshape(n, -1, 64)
    found = (found / table).round() * table
    blocks = m.t() @ found.view(n, hh // 8, ww // 8, 8, 8) @ m
    out = blocks.transpose(2, 3).reshape(n, 1, hh, ww) + 128
    out = out[:, :, top:top + h, left:left + w].clamp(0, 255).round()
    used = dice.chance(p)
    return used * out + (1 - used) * grey


def sensor(grey, pitch, dice):
    noise = dice.normal(*grey.shape[1:]) * dice.mild(0, 15)
    soft = dice.chance(0.4)
    noise = soft * separable(noise, 0.8) * 1.4 + (1 - soft) * noise
    y, x = places(*grey.shape[2:], grey.device)
    moire = torch.cos(x * dice.uniform(-2, 2) + y * dice.uniform(-2, 2))
    grey = grey + noise + moire * dice.mild(2, 20) * dice.chance(0.06)
    grey = sharpen(grey, dice, 0.35).clamp(0, 255).round()
    return jpeg(grey, dice, 30 if pitch > 9 else 42, 96, 0.8)


def resample(grey, size, dice):
    """By one of the filters that cameras and web tools use."""
    mode = str(dice.rng.choice(("bilinear", "bicubic", "area", "plain",
                                "nearest"), p=(0.4, 0.33, 0.12, 0.1, 0.05)))
    small = size[0] < grey.shape[2]
    if mode == "nearest" and size[0] < 0.7 * grey.shape[2]:
        mode = "plain"
    if mode == "plain" and size[0] < 0.45 * grey.shape[2]:
        mode = "bilinear"
    if mode in ("nearest", "area"):
        return F.interpolate(grey, size, mode="nearest-exact" if
                             mode == "nearest" or not small else "area")
    return F.interpolate(grey, size, align_corners=False,
                         mode="bilinear" if mode == "plain" else mode,
                         antialias=small and mode != "plain")


def scaled(grey, pitch, to, dice):
    scale = to / pitch
    size = (max(16, round(grey.shape[2] * scale)),
            max(64, round(grey.shape[3] * scale)))
    return resample(grey, size, dice), to


def published(grey, pitch, dice):
    """Scaled for a page of the web, sharpened, compressed once more."""
    to = np.exp(dice.one(np.log(4.9), np.log(16)))
    if dice.once(0.8):
        to = min(to, 0.95 * pitch)
    grey, pitch = scaled(grey, pitch, to, dice)
    grey = sharpen(grey, dice, 0.4)
    return jpeg(grey, dice, 28 if to > 9 else 42, 96, 0.85), pitch


def shoot(grey, dice):
    """(picture, pitch): to the camera's resolution, and onto the web."""
    pitch = float(dice.rng.choice((
        dice.one(5.2, 8), dice.one(7, 12), dice.one(10, 18),
        dice.one(16, 32)), p=(0.17, 0.33, 0.28, 0.22)))
    scale = pitch / PITCH
    size = (round(grey.shape[2] * scale * dice.one(0.93, 1.07)),
            round(grey.shape[3] * scale))
    grey = F.interpolate(grey, size, mode="bilinear", antialias=True,
                         align_corners=False)
    grey = spot(grey, pitch, dice, 0.165)
    grey = sensor(light(grey, pitch, dice), pitch, dice)
    if dice.once(0.5):
        grey, pitch = published(grey, pitch, dice)
        if dice.once(0.3):
            grey, pitch = scaled(grey, pitch, pitch * dice.one(0.8, 2), dice)
            if pitch < 4.9:
                return scaled(grey, pitch, 4.9, dice)
            grey = jpeg(grey, dice, 40, 95, 0.8)
    return grey, pitch


# ---- the reader's crop

def rectify(grey, pitch, columns, dice):
    """The crop that the reader hands to the network, with its errors: ends,
    height, tilt, slant, a bend, an uneven pitch."""
    n, _, h, w = grey.shape
    width = (columns + SPARE) * OUT_PITCH
    if pitch > OUT_PITCH:
        grey = separable(grey, 0.35 * pitch / OUT_PITCH)
    across = h / ACROSS
    v, t = places(OUT_HIGH, width, grey.device)
    t, v = t / width, v * 2 / OUT_HIGH - 1
    stretch = 1 + dice.uniform(-0.035, 0.035)
    start = dice.uniform(0.7, SPARE - 0.7)
    left = (MARGIN - start * stretch) * pitch
    along = (columns + SPARE) * pitch * stretch
    rare, bent = dice.chance(0.3), dice.chance(0.3)
    u = t + dice.normal() * 0.03 * rare * t * (1 - t)
    b = 2 * t - 1
    high = across * (1 + dice.uniform(-0.12, 0.14)) + \
        dice.normal() * 0.03 * across * b
    y = h / 2 + across * (dice.normal() * 0.09 + dice.normal() * 0.09 * b +
                          dice.normal() * 0.05 * bent * (1 - b * b)) + v * high
    x = left + along * u - dice.normal() * 0.05 * pitch * v
    grid = torch.stack((x * 2 / w - 1, y * 2 / h - 1), -1)[:, 0]
    return F.grid_sample(grey, grid, padding_mode="border",
                         align_corners=False,
                         mode="bicubic" if dice.once(0.25) else "bilinear")


def flattened(grey):
    """As src/vision/pixels/strip.c takes the paper away and evens the ink."""
    def closed(x, reach, sign):
        x = F.pad(sign * x, (reach,) * 4, mode="replicate")
        return sign * F.max_pool2d(x, 2 * reach + 1, 1)
    ink = grey - closed(closed(grey, 7, 1), 7, -1)
    strongest = F.avg_pool2d(F.pad(closed(ink, 4, -1), (4,) * 4,
                                   mode="replicate"), 9, 1)
    return ink * 40 / (-strongest).clamp(min=3)


def seen(ink, columns, patterns, rng):
    """Ink (uint8 N x 1 x H x W) of one length as the network gets it."""
    dice = Dice(len(ink), ink.device, rng)
    grey, pitch = shoot(printed(ink.float() / 255, patterns, dice), dice)
    grey = rectify(grey, pitch, columns, dice)
    some = dice.chance(0.1)
    return net.normalise(some * flattened(grey) + (1 - some) * grey), pitch
