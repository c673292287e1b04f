"""What print stands on and what happens to it until the reader sees it, many
lines at once, in torch: ground, patterns, words across, lens, resampling,
sharpening, JPEG. What lines.py does one by one on the processor, and more of
it; nothing here is shared with that file, whose lines tell whether this one
is any good."""

import math

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw

import content
import faces
import ink as inks

CAP = faces.CAPITAL
HEIGHT, CAPITAL, BASE = 32, 15, 23      # of the network's input, pixels
ROWS, BASELINE, MARGIN = 4 * CAP, 2.5 * CAP, 2 * CAP
LONGEST = 900                           # of the network's input
GROUP = 64                              # lines that share a lens
FLOOR = 8.0                             # net.FLOOR


class Dice:
    def __init__(self, seed, device):
        self.device = device
        self.one = np.random.default_rng(seed)
        self.many = torch.Generator(device)
        self.many.manual_seed(seed)

    def uniform(self, low, high, count, dims=4):
        return (torch.rand((count,) + (1,) * (dims - 1), device=self.device,
                           generator=self.many) * (high - low) + low)

    def normal(self, like):
        return torch.randn(like.shape, device=self.device,
                           generator=self.many)

    def chance(self, share, count, dims=4):
        return (self.uniform(0, 1, count, dims) < share).float()

    def whole(self, high, count):
        return torch.randint(0, high, (count,), device=self.device,
                             generator=self.many)

    def pick(self, *options):
        return options[int(self.one.integers(0, len(options)))]


def sampled(source, x, y, mode="bilinear", padding="zeros"):
    """Pixels of a batch at fractional places; x, y: B x h x w."""
    h, w = source.shape[2:]
    grid = torch.stack(((2 * x + 1) / w - 1, (2 * y + 1) / h - 1), 3)
    return F.grid_sample(source, grid, mode, padding, align_corners=False)


def blurred(grey, sigma):
    """A Gaussian, the same for all."""
    if sigma < 0.15:
        return grey
    half = max(1, math.ceil(2.5 * sigma))
    at = torch.arange(-half, half + 1, device=grey.device).float()
    kernel = torch.exp(-0.5 * (at / sigma) ** 2)
    kernel = kernel / kernel.sum()
    grey = F.pad(grey, (half, half, half, half), "replicate")
    grey = F.conv2d(grey, kernel.view(1, 1, 1, -1))
    return F.conv2d(grey, kernel.view(1, 1, -1, 1))


def most(grey):
    return F.max_pool2d(grey, 3, 1, 1)


def least(grey):
    return -F.max_pool2d(-grey, 3, 1, 1)


# ---- ink

def placed(ink, count, wide, left, base, across, down, lean, dice):
    """Lines laid on a strip: ink B x 1 x TALL x W, the rest B."""
    y = torch.arange(ROWS, device=dice.device).float().view(1, -1, 1)
    x = torch.arange(wide, device=dice.device).float().view(1, 1, -1)
    base, left, across, down, lean = (
        v.view(count, 1, 1) for v in (base, left, across, down, lean))
    up = y - base
    sx = (x - left + lean * up) / across + inks.EDGE
    sy = up / down + inks.BASE
    sx, sy = torch.broadcast_tensors(sx, sy)
    return sampled(ink, sx, sy)


def neighbours(pool, count, wide, side, dice):
    """The line above or below: a label, a value, the next line."""
    ink = pool(count)
    kind = dice.uniform(0, 1, count, 1)
    size = torch.where(
        kind < 0.5, dice.uniform(0.4, 0.75, count, 1), torch.where(
            kind < 0.83, dice.uniform(0.85, 1.1, count, 1),
            dice.uniform(1.2, 2.0, count, 1)))
    gap = dice.uniform(0.14, 0.7, count, 1) ** 1.0
    if side < 0:        # its base line over our capitals
        base = BASELINE - CAP * (1 + gap + 0.25 * (size - 0.5).clamp(0))
    else:               # its capitals under our base line
        base = BASELINE + CAP * (size + gap + 0.1)
    left = dice.uniform(MARGIN - 100, MARGIN + 200, count, 1)
    made = placed(ink, count, wide, left, base,
                  size * dice.uniform(0.85, 1.15, count, 1), size,
                  torch.zeros_like(size), dice)
    return made * dice.chance(0.62, count)


def weighed(ink, dice):
    """Thinner or heavier strokes, continuously."""
    amount = dice.uniform(-0.95, 2.2, len(ink))
    amount = torch.where(dice.chance(0.35, len(ink)) > 0, amount * 0.3,
                         amount)
    thin, fat = least(ink), most(ink)
    fatter = most(fat)
    return torch.where(
        amount < 0, ink + (ink - thin) * amount, torch.where(
            amount < 1, ink + (fat - ink) * amount,
            fat + (fatter - fat) * (amount - 1)))


def uneven(ink, dice):
    """Faded patches, missing specks, the dots of a laser engraver."""
    count, _, h, w = ink.shape
    low = dice.uniform(0.55, 1, count)
    patches = torch.rand((count, 1, 4, w // 90 + 2), device=ink.device,
                         generator=dice.many)
    patches = low + (1 - low) * patches
    ink = ink * F.interpolate(patches, (h, w), mode="bilinear")
    specks = torch.rand((count, 1, h // 2, w // 2), device=ink.device,
                        generator=dice.many)
    specks = (specks < dice.uniform(0.02, 0.15, count)).float()
    specks = F.interpolate(specks, (h, w)) * dice.chance(0.13, count) * \
        dice.uniform(0.2, 0.7, count)
    ink = ink * (1 - specks)
    rows = torch.arange(h, device=ink.device).view(1, 1, -1, 1)
    every = dice.whole(4, count).view(-1, 1, 1, 1) + 3
    lost = (rows % every == 0).float() * dice.chance(0.12, count)
    return ink * (1 - lost * dice.uniform(0.2, 0.8, count))


def doubled(ink, dice):
    """Seen twice, the second time fainter: laminate, a shaken hand, a hidden
    line's ghost."""
    count, _, h, w = ink.shape
    y = torch.arange(h, device=ink.device).float().view(1, -1, 1)
    x = torch.arange(w, device=ink.device).float().view(1, 1, -1)
    x, y = torch.broadcast_tensors(x + dice.uniform(-9, 9, count, 3),
                                   y + dice.uniform(-5, 5, count, 3))
    ghost = sampled(ink, x, y) * dice.uniform(0.1, 0.4, count)
    return torch.maximum(ink, ghost * dice.chance(0.08, count))


# ---- ground

def lines_of(phase, dice):
    share = dice.uniform(0.08, 0.5, len(phase))
    top = torch.cos(math.pi * share)
    return ((torch.cos(phase) - top) / (1 - top) *
            dice.uniform(1, 3, len(phase))).clamp(0, 1)


def waves(n, y, x, dice):
    bend = dice.uniform(0, 1.2, n) * torch.sin(
        x * dice.uniform(0.1, 1.6, n) + dice.uniform(0, 6, n))
    bend = bend + dice.uniform(0, 0.5, n) * torch.sin(
        x * dice.uniform(0.6, 4, n) + dice.uniform(0, 6, n))
    angle = torch.where(dice.chance(0.6, n) > 0, dice.uniform(-0.5, 0.5, n),
                        dice.uniform(0, math.pi, n))
    phase = x * torch.sin(angle) + (y + bend) * torch.cos(angle)
    return lines_of(phase * dice.uniform(4, 22, n), dice)


def braid(n, y, x, dice):
    swing = dice.uniform(0.2, 1.5, n) * torch.sin(
        x * dice.uniform(0.3, 2.5, n) + dice.uniform(0, 6, n))
    many = dice.uniform(4, 16, n)
    return torch.maximum(lines_of((y + swing) * many, dice),
                         lines_of((y - swing) * many, dice))


def rosette(n, y, x, dice):
    dy, dx = y - dice.uniform(-2, 6, n), x - dice.uniform(-2, 2, n) - \
        dice.uniform(0, 1, n) * x.amax()
    far, turn = torch.hypot(dy, dx), torch.atan2(dy, dx)
    petals = (dice.whole(21, n) + 3).view(-1, 1, 1, 1)
    far = far * (1 + dice.uniform(0.02, 0.25, n) * torch.sin(petals * turn))
    return lines_of(far * dice.uniform(4, 16, n) + turn * petals *
                    dice.chance(0.5, n), dice)


def screen(n, y, x, dice):
    angle, many = dice.uniform(0, math.pi, n), dice.uniform(9, 28, n)
    u = (x * torch.cos(angle) + y * torch.sin(angle)) * many
    v = (y * torch.cos(angle) - x * torch.sin(angle)) * many
    return ((torch.cos(u) + torch.cos(v)) * dice.uniform(0.5, 2, n) +
            dice.uniform(-0.5, 1, n)).clamp(0, 1)


def emblem(n, y, x, dice):
    """Soft shapes: a coat of arms, a second tint, a map."""
    made = torch.zeros_like(y + x).expand(n, -1, -1, -1)
    for _ in range(3):
        a, b = dice.uniform(0.3, 6, n), dice.uniform(0.3, 4, n)
        far = ((x - dice.uniform(0, 1, n) * x.amax()) / a) ** 2 + \
            ((y - dice.uniform(-1, 5, n)) / b) ** 2
        edge = dice.uniform(2, 40, n)
        made = torch.maximum(made, torch.sigmoid((1 - far) * edge) *
                             dice.uniform(0.3, 1, n))
    return made


PATTERNS = (waves, waves, braid, braid, rosette, screen, emblem, "words")


class Bank:
    """Words that lie across print, and those too small to be read."""

    def __init__(self, device, seed=5, count=96):
        rng = np.random.default_rng(seed)
        self.large = torch.from_numpy(np.stack(
            [self.across(rng) for _ in range(count)])).to(device)
        self.tiny = torch.from_numpy(np.stack(
            [self.microprint(rng) for _ in range(count)])).to(device)

    @staticmethod
    def across(rng, h=150, w=640):
        """At half the size of ink; filled, outlined, several in a row."""
        cover = Image.new("L", (w, h), 0)
        for _ in range(int(rng.integers(1, 4))):
            path = inks.PATHS[int(rng.integers(0, len(inks.PATHS)))]
            font = faces.sized(path, int(rng.choice((24, 40, 60, 90, 140))))
            word = content.SAMPLES[int(rng.integers(0, len(
                content.SAMPLES)))] if rng.random() < 0.4 else "".join(
                chr(c) for c in rng.integers(65, 91, int(rng.integers(4, 10))))
            image = Image.new("L", (int(font.getlength(word)) + 8,
                                    int(font.size * 1.1)), 0)
            outline = rng.random() < 0.3
            ImageDraw.Draw(image).text(
                (4, font.size * 0.86), word, 0 if outline else 255, font,
                anchor="ls", stroke_width=2 if outline else 0,
                stroke_fill=255)
            image = image.rotate(rng.uniform(-50, 50), Image.BILINEAR,
                                 expand=True)
            cover.paste(255, (int(rng.uniform(-0.3, 0.9) * w),
                              int(rng.uniform(-0.7, 0.7) * image.height)),
                        image)
        return np.array(cover)

    @staticmethod
    def microprint(rng, h=60, w=640):
        path = faces.SMALL_PRINT[int(rng.integers(0, len(faces.SMALL_PRINT)))]
        size = int(rng.integers(5, 9))
        font = faces.sized(path, size)
        image = Image.new("L", (w, h), 0)
        draw = ImageDraw.Draw(image)
        word = "".join(chr(c) for c in rng.integers(65, 91, 6)) + " "
        for y in range(int(rng.integers(0, 2 * size)), h + size,
                       int(size * rng.uniform(1.2, 4))):
            draw.text((-int(rng.integers(0, 40)), y),
                      word * (w // size // 2), 255, font, anchor="ls")
        return np.array(image)

    @staticmethod
    def cut(bank, count, h, w, dice):
        which = dice.whole(len(bank), count)
        some = bank[which].float().unsqueeze(1) / 255
        y = torch.arange(h, device=dice.device).float().view(1, -1, 1) + \
            dice.uniform(0, max(1, bank.shape[1] - h), count, 3)
        x = torch.arange(w, device=dice.device).float().view(1, 1, -1) + \
            dice.uniform(-w / 3, bank.shape[2] - 2 * w / 3, count, 3)
        x, y = torch.broadcast_tensors(x, y)
        return sampled(some, x, y)


def paper(count, wide, bank, dice):
    """The ground of strips, at half the size of the ink."""
    h, w = ROWS // 2, wide // 2
    y = torch.arange(h, device=dice.device).float().view(1, 1, -1, 1) / \
        (CAP / 2)
    x = torch.arange(w, device=dice.device).float().view(1, 1, 1, -1) / \
        (CAP / 2)
    half = dice.uniform(120, 252, count) + torch.randn(
        (count, 1, h, w), device=dice.device, generator=dice.many) * \
        dice.uniform(0, 5, count)
    kind = dice.uniform(0, 1, count)
    depth = torch.where(kind < 0.5, dice.uniform(4, 24, count),
                        dice.uniform(20, 90, count))
    many = torch.where(kind < 0.2, 0, 1 + dice.whole(3, count).view(
        -1, 1, 1, 1))
    part = count // 8
    for layer in range(3):
        made = []
        for at in range(0, count, part):
            n = min(part, count - at)
            pattern = dice.pick(*PATTERNS)
            made.append(bank.cut(bank.tiny, n, h, w, dice) if
                        pattern == "words" else pattern(n, y, x, dice))
        made = torch.cat([m.expand(-1, -1, h, w) for m in made])
        made = made[torch.randperm(count, device=dice.device,
                                   generator=dice.many)]
        sign = torch.where(dice.chance(0.8, count) > 0, -1.0, 0.6)
        half = half + (many > layer).float() * sign * depth * \
            dice.uniform(0.4, 1, count) * made
    half = half + dice.chance(0.3, count) * dice.uniform(-25, 25, count) * \
        torch.tanh((x * CAP / 2 - dice.uniform(0, w, count)) /
                   dice.uniform(3, 200, count))
    return F.interpolate(half, (ROWS, wide), mode="bilinear").clamp(25, 255)


def rules(count, wide, dice):
    """Underlines, frames, dotted lines, a photograph's edge, a loop of a
    signature or a stamp: 0 to 1."""
    y = torch.arange(ROWS, device=dice.device).float().view(1, 1, -1, 1)
    x = torch.arange(wide, device=dice.device).float().view(1, 1, 1, -1)
    thick = dice.uniform(0.5, 2.5, count)
    low = torch.where(dice.chance(0.3, count) > 0,
                      BASELINE - dice.uniform(1.25, 1.8, count) * CAP,
                      BASELINE + dice.uniform(0.22, 0.9, count) * CAP)
    flat = (thick + 0.5 - (y - low - dice.uniform(-3, 3, count) * x / wide)
            .abs()).clamp(0, 1) * dice.chance(0.7, count)
    every = dice.uniform(6, 14, count)
    dots = torch.where(dice.chance(0.3, count) > 0,
                       (x % every < 3).float(), torch.ones_like(x))
    side = torch.where(dice.chance(0.5, count) > 0,
                       dice.uniform(20, 52, count),
                       wide - dice.uniform(20, 52, count))
    steep = (thick + 0.5 - (x - side - dice.uniform(-4, 4, count) * y / ROWS)
             .abs()).clamp(0, 1) * dice.chance(0.4, count)
    a = dice.uniform(1, 6, count) * CAP
    far = torch.hypot((x - dice.uniform(0, wide, count)) / a,
                      (y - dice.uniform(0, ROWS, count)) / (a * 0.7))
    loop = (thick + 0.5 - (far - 1).abs() * a).clamp(0, 1) * \
        dice.chance(0.15, count)
    return torch.maximum(torch.maximum(flat * dots, steep), loop)


def printed(ink, others, bank, dice):
    """The strips as a perfect scanner sees them."""
    count, _, h, w = ink.shape
    ink = doubled(torch.maximum(ink, others), dice)
    ink = uneven(weighed(ink, dice).clamp(0, 1), dice)
    ground = paper(count, w, bank, dice)
    mean = ground.mean((2, 3), True)
    deep = ground.std((2, 3), keepdim=True)
    near = most(most(ink))
    ground = ground + (mean + deep - ground) * near * \
        dice.uniform(0.4, 1, count) * dice.chance(0.1, count)
    share = torch.where(dice.chance(0.86, count) > 0,
                        dice.uniform(0, 0.45, count),
                        dice.uniform(0.4, 0.68, count))
    dark = (mean - 0.84 * deep).clamp(20) * share
    ruled = rules(count, w, dice) * dice.uniform(0.2, 1, count) * \
        dice.chance(0.2, count)
    ground = ground + (dark - ground) * ruled
    grey = ground + (torch.minimum(ground, dark) - ground) * ink
    cover = F.interpolate(bank.cut(bank.large, count, h // 2, w // 2, dice),
                          (h, w), mode="bilinear")
    cover = cover * dice.uniform(0.08, 0.6, count) * dice.chance(0.22, count)
    return grey + (dice.uniform(30, 255, count) - grey) * cover


# ---- camera

def cosines(device):
    k = torch.arange(8, device=device).float()
    base = torch.cos((2 * k[None] + 1) * k[:, None] * math.pi / 16) / 2
    base[0] /= math.sqrt(2)
    return base


QUANT = torch.tensor([
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99.0])


def jpeg(grey, low, high, share, dice):
    """Blocks of 8 x 8, cosines, quantised as libjpeg's tables say."""
    count, _, h, w = grey.shape
    quality = dice.uniform(low, high, count)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality)
    table = ((QUANT.to(grey.device).view(1, 8, 8) * scale.view(-1, 1, 1) +
              50) / 100).floor().clamp(1, 255).view(count, 1, 1, 8, 8)
    oy, ox = (int(v) for v in dice.one.integers(0, 8, 2))
    full = F.pad(grey, (ox, (-w - ox) % 8, oy, (-h - oy) % 8), "replicate")
    hh, ww = full.shape[2:]
    blocks = full.clamp(0, 255).view(count, hh // 8, 8, ww // 8, 8)
    blocks = blocks.permute(0, 1, 3, 2, 4) - 128
    base = cosines(grey.device)
    freq = base @ blocks @ base.T
    freq = (freq / table).round() * table
    back = base.T @ freq @ base + 128
    back = back.permute(0, 1, 3, 2, 4).reshape(count, 1, hh, ww)
    back = back[:, :, oy:oy + h, ox:ox + w].clamp(0, 255)
    return torch.where(dice.chance(share, count) > 0, back, grey)


def resized(grey, across, down, dice):
    """To another size, by any of the filters that programs use."""
    size = (max(8, round(grey.shape[2] * down)),
            max(8, round(grey.shape[3] * across)))
    mode = dice.pick("bilinear", "bicubic", "bicubic", "area", "plain")
    if mode == "area":
        return F.interpolate(grey, size, mode="area")
    if mode == "plain":         # without looking what lies between
        if down < 0.8:
            grey = blurred(grey, 0.3 / down)
        return F.interpolate(grey, size, mode="bilinear")
    return F.interpolate(grey, size, mode=mode, antialias=True)


def sharpened(grey, dice):
    return grey + dice.uniform(0.2, 1.8, len(grey)) * (
        grey - blurred(grey, dice.one.uniform(0.5, 1.6)))


def smeared(grey, length, dice):
    angle, total = dice.one.uniform(0, math.pi), 0
    for step in np.linspace(-0.5, 0.5, 5):
        total = total + torch.roll(grey, (
            int(round(math.cos(angle) * length * step)),
            int(round(math.sin(angle) * length * step))), (2, 3))
    return total / 5


def lit(grey, capital, dice):
    """Uneven lamp, a shadow's border, a reflection."""
    count, _, h, w = grey.shape
    y = torch.arange(h, device=grey.device).float().view(1, 1, -1, 1)
    x = torch.arange(w, device=grey.device).float().view(1, 1, 1, -1)
    made = grey * (1 + dice.uniform(-0.3, 0.3, count) * (x / w - 0.5))
    border = (x - dice.uniform(0, w, count)) + (y - h / 2) * \
        dice.uniform(-3, 3, count)
    shade = torch.sigmoid(-border / (dice.uniform(0.3, 4, count) * capital))
    made = made * (1 - dice.uniform(0.2, 0.6, count) * shade *
                   dice.chance(0.15, count))
    far = ((x - dice.uniform(0, w, count)) /
           (dice.uniform(1, 9, count) * capital)) ** 2 + (
        (y - dice.uniform(0.2, 0.8, count) * h) /
        (dice.uniform(0.7, 4, count) * capital)) ** 2
    made = made + dice.uniform(30, 140, count) * torch.exp(-far) * \
        dice.chance(0.12, count)
    made = made * dice.uniform(0.45, 1.12, count) + \
        dice.uniform(-10, 30, count)
    return torch.where(dice.chance(0.5, count) > 0, made, grey)


def noisy(grey, dice):
    noise = dice.normal(grey) * dice.uniform(0, 12, len(grey)) * \
        dice.chance(0.75, len(grey))
    if dice.one.random() < 0.4:
        noise = (noise + torch.roll(noise, 1, 2) + torch.roll(noise, 1, 3)) \
            / 2
    return (grey + noise).clamp(0, 255)


def capital_seen(rng):
    """How many pixels high: pages of the web have few."""
    return float(rng.choice(
        (rng.uniform(4.4, 7), rng.uniform(6, 10), rng.uniform(9, 16),
         rng.uniform(15, 30)), p=(0.2, 0.34, 0.28, 0.18)))


def photographed(grey, capital, dice):
    """Lens, sensor, light; made small once or twice; what it shrank by."""
    rng = dice.one
    fine = min(CAP, capital * rng.uniform(1.1, 2.6)) \
        if rng.random() < 0.6 else capital
    scale = fine / CAP
    if rng.random() < 0.65:
        sigma = min(0.12 * fine, float(rng.choice(
            (rng.uniform(0.2, 0.8), rng.uniform(0.7, 1.6),
             rng.uniform(1.3, 2.6)), p=(0.6, 0.3, 0.1))))
        grey = blurred(grey, sigma / scale)
    grey = resized(grey, scale, scale, dice)
    if rng.random() < 0.1:
        grey = smeared(grey, 0.2 * fine, dice)
    if rng.random() < 0.6:
        grey = lit(grey, fine, dice)
    grey = noisy(grey, dice)
    if rng.random() < 0.3:
        grey = sharpened(grey, dice)
    grey = jpeg(grey, 35, 97, 0.75, dice)
    if fine > capital:
        grey = resized(grey, capital / fine, capital / fine, dice)
        if rng.random() < 0.35:
            grey = sharpened(grey, dice)
        grey = jpeg(grey, 35, 96, 0.85, dice)
    if rng.random() < 0.3:      # copied from page to page
        anew = rng.uniform(0.7, 1.5) if capital > 8 else rng.uniform(0.9, 2)
        grey = resized(grey, anew, anew, dice)
        if rng.random() < 0.2:
            grey = sharpened(grey, dice)
        grey = jpeg(grey, 40, 96, 0.9, dice)
        capital *= anew
    if rng.random() < 0.5:      # the page is made anew at one resolution
        anew = rng.uniform(0.85, 1.7)
        grey = F.interpolate(
            grey, (round(grey.shape[2] * anew), round(grey.shape[3] * anew)),
            mode="bilinear")
        capital *= anew
    return grey, capital


def cut_out(grey, capital, widths, small, dice):
    """As the reader of pages cuts: never quite where the line is, never
    quite at its size. Strips of HEIGHT and how wide each is."""
    count = len(grey)
    size = torch.exp(torch.randn(count, device=grey.device,
                                 generator=dice.many) * 0.09 - 0.03)
    size = torch.where(small, size * dice.uniform(1, 1.4, count, 1), size)
    scale = size * CAPITAL / capital
    if CAPITAL < capital:
        grey = blurred(grey, 0.35 * capital / CAPITAL)
    step = capital / CAP
    left = MARGIN * step - dice.uniform(0.1, 0.55, count, 1) * capital
    right = (MARGIN + widths) * step + \
        dice.uniform(0.1, 0.55, count, 1) * capital
    out = ((right - left) * scale).round().clamp(12, LONGEST)
    wide = -(-int(out.max()) // 16) * 16
    half = HEIGHT / scale
    base = BASELINE * step + 0.07 * capital * torch.randn(
        count, device=grey.device, generator=dice.many)
    tilt = 0.05 * capital * torch.randn(count, device=grey.device,
                                        generator=dice.many)
    slant = 0.03 * capital * torch.randn(count, device=grey.device,
                                         generator=dice.many)
    v = (torch.arange(HEIGHT, device=grey.device).float().view(1, -1, 1) +
         0.5) / HEIGHT
    u = (torch.arange(wide, device=grey.device).float().view(1, 1, -1) +
         0.5) / out.view(-1, 1, 1)
    top = base - BASE / HEIGHT * half
    x = left.view(-1, 1, 1) + u * (right - left).view(-1, 1, 1) + \
        slant.view(-1, 1, 1) * (1 - 2 * v)
    y = top.view(-1, 1, 1) + v * half.view(-1, 1, 1) + \
        tilt.view(-1, 1, 1) * (2 * u - 1)
    x, y = torch.broadcast_tensors(x - 0.5, y - 0.5)
    mode = "bicubic" if dice.one.random() < 0.4 else "bilinear"
    return sampled(grey, x, y, mode, "border").clamp(0, 255), out


def jittered(strips, dice):
    """Cut out a second time: a little noise, and some columns later, since a
    program packs several pieces into one strip."""
    strips = strips.float()
    strips = strips + dice.normal(strips) * dice.uniform(0, 3, len(strips))
    return strips.clamp(0, 255)


def normalised(strips, out):
    """Each piece to mean 0 and deviation 1; 0 beyond it."""
    inside = (torch.arange(strips.shape[3], device=strips.device).view(
        1, 1, 1, -1) < out.view(-1, 1, 1, 1)).float()
    area = out.view(-1, 1, 1, 1) * HEIGHT
    mean = (strips * inside).sum((1, 2, 3), True) / area
    spread = (((strips - mean) * inside) ** 2).sum((1, 2, 3), True) / area
    return (strips - mean) / spread.sqrt().clamp(FLOOR) * inside


def damaged(ink, widths, small, pool, bank, dice):
    """uint8 B x TALL x W to strips as they are cut out, uint8 B x 1 x 32 x w,
    and how wide each is."""
    count = len(ink)
    ink = ink.unsqueeze(1).float() / 255
    widths = widths.float() - 2 * inks.EDGE
    across = torch.where(dice.chance(0.35, count, 1) > 0,
                         dice.uniform(0.62, 1.35, count, 1),
                         dice.uniform(0.9, 1.1, count, 1))
    across = torch.minimum(across, LONGEST * 1.9 / (widths + 60))
    wide = int((widths * across).max()) + 2 * MARGIN
    wide += wide % 2
    nought = torch.zeros(count, device=ink.device)
    lean = torch.where(dice.chance(0.12, count, 1) > 0,
                       dice.uniform(-0.05, 0.25, count, 1), nought)
    mine = placed(ink, count, wide, nought + MARGIN, nought + BASELINE,
                  across, nought + 1, lean, dice)
    others = torch.maximum(neighbours(pool, count, wide, -1, dice),
                           neighbours(pool, count, wide, 1, dice))
    grey = printed(mine, others, bank, dice)
    cut = []
    for at in range(0, count, GROUP):
        some = slice(at, at + GROUP)
        seen, capital = photographed(
            grey[some], capital_seen(dice.one), dice)
        cut.append(cut_out(seen, capital, (widths * across)[some],
                           small[some], dice))
    width = max(s.shape[3] for s, _ in cut) + 16
    strips = torch.cat([F.pad(s, (0, width - s.shape[3])) for s, _ in cut])
    out = torch.cat([o for _, o in cut])
    strips = 255 * (strips.round() / 255) ** dice.uniform(0.75, 1.33, count)
    return strips.round().to(torch.uint8), out
