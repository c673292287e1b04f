"""From print to a picture of the web, and what a forger does to it, on many
strips at once (torch)."""

import torch
from torch.nn import functional as F

import cards
from damage import blurred, jpeg, mosaic, smooth_field, to4

LINES = cards.LINES
FACES = 2
K = LINES + FACES
H, W = cards.HIGH, cards.WIDE
CROP_H, CROP_W = 48, 128
PLAIN, FIELD, DIGIT, PORTRAIT = range(4)


class Bank:
    """Cards on the device, the latest of them."""

    def __init__(self, room, device):
        self.room, self.count = room, 0
        shapes = dict(page=((LINES, 2 * H, 2 * W), torch.uint8),
                      typed=((LINES, H, W), torch.uint8),
                      boxes=((LINES, 4), torch.int16),
                      digit=((LINES,), torch.uint8),
                      odd=((LINES,), torch.uint8), cap=((), torch.float32))
        self.data = {k: torch.zeros((room, *s), dtype=t, device=device)
                     for k, (s, t) in shapes.items()}

    def add(self, many):
        for one in many:
            at = self.count % self.room
            for k, v in one.items():
                self.data[k][at] = torch.as_tensor(v)
            self.count += 1

    def some(self, dice, n):
        at = dice.below(min(self.count, self.room), n)
        return {k: v[at] for k, v in self.data.items()}


def each(v, k=K):
    """A number of each picture for each of its strips."""
    return v.repeat_interleave(k, 0)


def grid_lines(dice, p, k, h, w, device):
    """A guilloche for each strip; strips of a picture have one kind."""
    y, x = torch.meshgrid(torch.arange(h, device=device) / 2.,
                          torch.arange(w, device=device) / 2., indexing="ij")
    n = p * k
    angle = each(dice.uniform(0, 3.14, p), k) + dice.normal(n) * .15
    step = each(dice.log(3, 24, p), k)
    ca, sa = to4(torch.cos(angle)), to4(torch.sin(angle))
    u, v = x * ca + y * sa, -x * sa + y * ca
    bend = to4(each(dice.uniform(0, 2.2, p), k)) * to4(step)
    u = u + bend * torch.sin(v * to4(each(dice.log(.02, .3, p), k)) +
                             to4(dice.uniform(0, 6, n)))
    u = u / to4(step) + to4(dice.uniform(0, 1, n))
    far = (u - torch.round(u)).abs() * to4(step)
    thick = to4(each(dice.uniform(.05, .3, p), k) * step)
    return ((thick - far) / .5 + .5).clamp(0, 1)


def grounds(dice, p, k, device):
    h, w, n = 2 * H, 2 * W, p * k
    base = each(dice.uniform(175, 252, p, 1, 1, 1) +
                dice.uniform(-30, 15, p, 3, 1, 1), k)
    out = base + smooth_field(dice, n, (h, w), 3, 3) * to4(
        each(dice.uniform(0, 14, p) * dice.chance(.7, p), k))
    for _ in range(3):
        strong = to4(each(dice.uniform(.05, .4, p) * dice.chance(.55, p), k))
        ink = each(dice.uniform(70, 235, p, 3, 1, 1), k)
        out = out + grid_lines(dice, p, k, h, w, device) * strong * (
            ink - out)
    grain = F.interpolate(dice.normal(n, 1, H, W), size=(h, w),
                          mode="bilinear")
    return out + grain * to4(each(dice.uniform(0, 4, p) *
                                  dice.chance(.5, p), k))


def heads(dice, bank, p, cap, ground, device):
    """Parts of portraits at twice the picture's pixels."""
    n = p * FACES
    who = each(dice.below(len(bank), p), FACES)
    im = bank[who].float()
    wide = each(2 * cap * dice.uniform(6, 13, p), FACES)
    grey = to4(each(dice.chance(.4, p), FACES))
    im = im * (1 - grey) + grey * im.mean(1, keepdim=True)
    low = to4(each(dice.uniform(0, 60, p) * dice.chance(.5, p), FACES))
    im = low + im * (to4(each(dice.uniform(170, 255, p), FACES)) - low) / 255
    sx = 2 * W / wide
    sy = 2 * H / (wide * 1.286)
    y, x = torch.meshgrid(torch.linspace(-1, 1, 2 * H, device=device),
                          torch.linspace(-1, 1, 2 * W, device=device),
                          indexing="ij")
    cx, cy = dice.uniform(-.35, .35, n), dice.uniform(-.55, .45, n)
    g = torch.stack((x * sx.view(-1, 1, 1) + cx.view(-1, 1, 1),
                     y * sy.view(-1, 1, 1) + cy.view(-1, 1, 1)), -1)
    out = F.grid_sample(im, g, mode="bilinear", padding_mode="border",
                        align_corners=False)
    over = to4(each(dice.uniform(0, .5, p) * dice.chance(.5, p), FACES))
    return out * (1 - over) + over * out * ground / ground.mean(
        (2, 3), keepdim=True).clamp(min=60)


def printed(dice, c, p, faces, device):
    """All strips at twice the picture's pixels, B x 3 x 2H x 2W."""
    ground = grounds(dice, p, K, device)
    g = ground.view(p, K, 3, 2 * H, 2 * W)
    ink = dice.uniform(0, 45, p, 1, 3, 1, 1) + dice.uniform(
        0, 35, p, 1, 1, 1, 1)
    own = dice.uniform(0, 120, p, LINES, 3, 1, 1)
    odd = (c["odd"].float() * dice.chance(.6, p, LINES)).view(
        p, LINES, 1, 1, 1)
    ink = ink * (1 - odd) + own * odd
    a = c["page"].float().view(p * LINES, 1, 2 * H, 2 * W) / 255
    soft = each(dice.uniform(0, 1.0, p), LINES) * dice.uniform(
        .8, 1.2, p * LINES)
    a = blurred(a, soft, 7).view(p, LINES, 1, 2 * H, 2 * W)
    rough = dice.normal(p * LINES, 1, H, W)
    rough = F.interpolate(rough, scale_factor=2, mode="bilinear").view(
        p, LINES, 1, 2 * H, 2 * W)
    full = dice.uniform(.75, 1, p, 1, 1, 1, 1)
    a = (a * (full + rough * dice.uniform(0, .12, p, 1, 1, 1, 1))).clamp(0, 1)
    through = dice.chance(.4, p, 1, 1, 1, 1)  # ink that the ground shows in
    paint = ink * (1 - through) + through * ink * g[:, :LINES] / 200
    text = g[:, :LINES] * (1 - a) + paint * a
    face = heads(dice, faces, p, c["cap"],
                 g[:, LINES:].reshape(p * FACES, 3, 2 * H, 2 * W), device)
    out = torch.cat((text, face.view(p, FACES, 3, 2 * H, 2 * W)), 1)
    # what a word, a hologram or light lays across
    over = smooth_field(dice, p * K, (2 * H, 2 * W), 4, 3).view(
        p, K, 3, 2 * H, 2 * W)
    out = out + over * dice.uniform(0, 16, p, 1, 1, 1, 1) * dice.chance(
        .3, p, 1, 1, 1, 1)
    return out.view(p * K, 3, 2 * H, 2 * W), ink


def turned(im, angle, zoom, shift):
    ca, sa = torch.cos(angle), torch.sin(angle)
    h, w = im.shape[2:]
    m = torch.stack((torch.stack((ca * zoom, -sa * zoom * h / w, shift[0]), 1),
                     torch.stack((sa * zoom * w / h, ca * zoom, shift[1]), 1)),
                    1)
    g = F.affine_grid(m, (len(im), 3, h, w), align_corners=False)
    return F.grid_sample(im, g, mode="bilinear", padding_mode="reflection",
                         align_corners=False)


def sharper(im, much, sigma):
    return im + to4(much) * (im - blurred(im, sigma, 9))


def noisy(dice, im, level):
    """Grows with light; some of it is smoothed, some has colour."""
    n = len(im)
    one = dice.normal(n, 1, *im.shape[2:]).expand(-1, 3, -1, -1)
    three = dice.normal(*im.shape)
    mix = to4(each(dice.uniform(0, 1, n // K)))
    noise = one * mix + three * (1 - mix)
    soft = each(dice.uniform(.1, .9, n // K))
    noise = blurred(noise, soft, 7) * to4(1 + 1.2 * soft)
    return im + noise * to4(level) * (.5 + .5 * (
        im.clamp(0, 255) / 255).sqrt())


def shift_jpeg(dice, im, quality, full, anyhow):
    """anyhow: whether the grid lies elsewhere."""
    sy, sx = (int(dice.below(8, 1)) if anyhow else 0 for _ in range(2))
    im = torch.roll(im, (sy, sx), (2, 3))
    return torch.roll(jpeg(im, quality, full), (-sy, -sx), (2, 3))


def flag(dice, share):
    return bool(dice.uniform(0, 1, 1) < share)


def smaller(dice, im):
    how = ("area", "bilinear", "bicubic")[int(dice.below(3, 1))]
    if how == "area":
        return F.avg_pool2d(im, 2)
    if how == "bilinear" and flag(dice, .3):     # as careless programs do
        return F.interpolate(im, scale_factor=.5, mode="bilinear")
    return F.interpolate(im, scale_factor=.5, mode=how, antialias=True)


def published(dice, im, p):
    """The genuine picture as it was found."""
    kind = float(dice.uniform(0, 1, 1))
    turn = each(dice.normal(p) * (.03 if kind < .6 else .002))
    if kind < .75:
        im = turned(im, turn, each(dice.uniform(.92, 1.08, p)),
                    [dice.uniform(-.01, .01, p * K) for _ in range(2)])
    level = each(dice.log(.4, 7, p))
    focus = each(dice.uniform(0, 1, p)) * dice.uniform(.92, 1.08, p * K)
    if kind < .35:          # photographed or scanned at that size
        im = smaller(dice, blurred(im, .5 + 1.7 * focus, 13))
        im = noisy(dice, im, level)
        if flag(dice, .5):
            im = mosaic(im, ("bilinear", "edges")[int(dice.below(2, 1))])
        if flag(dice, .4):
            im = im + to4(each(dice.uniform(0, .6, p))) * (
                blurred(im, each(dice.uniform(.5, 1, p)), 7) - im)
    elif kind < .75:        # larger, then made smaller
        im = noisy(dice, blurred(im, .3 + 1.6 * focus, 13), level * 1.3)
        if flag(dice, .4):
            im = mosaic(im, "edges")
        if flag(dice, .7):
            im = shift_jpeg(dice, im.clamp(0, 255),
                            each(dice.uniform(70, 96, p)), False, True)
        im = smaller(dice, im)
    else:                   # set by a program, never before a lens
        im = smaller(dice, im)
    if flag(dice, .5):
        im = sharper(im, each(dice.uniform(0, 1.3, p) * dice.chance(.7, p)),
                     each(dice.uniform(.6, 1.4, p)))
    bright = to4(each(dice.uniform(.75, 1.08, p)))
    im = (im * bright).clamp(0, 255).round()
    q1 = each(dice.uniform(58, 97, p))
    if flag(dice, .88):
        im = shift_jpeg(dice, im, q1, flag(dice, .35), flag(dice, .3))
    return im


def masked_mean(im, mask):
    return (im * mask).sum((2, 3), keepdim=True) / mask.sum(
        (2, 3), keepdim=True).clamp(min=1)


def box_mask(boxes, device):
    y = torch.arange(H, device=device).view(1, H, 1)
    x = torch.arange(W, device=device).view(1, 1, W)
    b = boxes.float().view(-1, 4, 1, 1)
    return ((x >= b[:, 0]) & (x < b[:, 2]) & (y >= b[:, 1]) &
            (y < b[:, 3])).float().unsqueeze(1)


def softened(mask, sigma):
    return blurred(mask, sigma, 9) if float(sigma.max()) > .1 else mask


def typed_anew(dice, im, c, rows, which, device):
    """One line of each of these pictures as a forger would leave it.
    im: p x K x 3 x H x W."""
    n = len(rows)
    text, empty = im[rows, which], im[rows, LINES - 1]
    box = box_mask(c["boxes"][rows, which], device)
    luma = text.mean(1, keepdim=True)
    spread = (luma * box).flatten(1)
    inside = torch.where(box.flatten(1) > 0, spread, torch.nan)
    paper = torch.nanquantile(inside, .7, dim=1).nan_to_num(200)
    dark = torch.nanquantile(inside, .04, dim=1).nan_to_num(20)
    line = to4(.35 * dark + .65 * paper)
    is_ink = F.max_pool2d(((luma < line).float()), 5, 1, 2) * box
    rest = box * (1 - is_ink)
    flat = masked_mean(text, rest) + torch.zeros_like(text)
    out_w = 1 - box
    wide = dice.uniform(3, 8, 1).expand(n)
    heal = blurred(text * out_w, wide, 25) / blurred(out_w, wide, 25).clamp(
        min=.02)
    heal = torch.where(blurred(out_w, wide, 25) > .02, heal, flat)
    keep = 1 - is_ink
    near = dice.uniform(1.2, 3, 1).expand(n)
    strokes = blurred(text * keep, near, 13) / blurred(keep, near, 13).clamp(
        min=.02)
    moved = torch.roll(empty, (int(dice.below(32, 1)), int(
        dice.below(64, 1))), (2, 3))
    moved = moved + (masked_mean(text, rest) - masked_mean(moved, box)) * \
        float(flag(dice, .5))
    how = dice.below(5, n)
    mask = box.clone()
    fill = flat
    for k, v in ((1, heal), (2, strokes), (3, moved)):
        fill = torch.where(to4(how) == k, v, fill)
    mask = torch.where(to4(how) == 2, is_ink, mask)
    feather = dice.uniform(0, 1.5, 1).expand(n) if flag(dice, .4) else \
        torch.zeros(n, device=device)
    mask = softened(mask, feather)
    if flag(dice, .25):
        fill = fill + dice.normal(n, 3 if flag(dice, .5) else 1, H, W) * to4(
            dice.uniform(.5, 4, n))
    out = text * (1 - mask) + fill * mask
    a = c["typed"][rows, which].float().view(n, 1, H, W) / 255
    if flag(dice, .4):
        a = blurred(a, dice.uniform(.2, .9, n), 7)
    low = masked_mean(text, (luma < to4(dark + 6)).float() * box)
    black = dice.uniform(0, 45, n, 1, 1, 1).expand(-1, 3, 1, 1)
    ink = torch.where(to4(dice.chance(.6, n)) > 0, low, black)
    a = a * to4(dice.uniform(.85, 1, n))
    out = out * (1 - a) + ink * a
    if flag(dice, .2):
        m = softened(box, feather + .5)
        out = out * (1 - m) + m * blurred(out, dice.uniform(.3, .8, n), 7)
    return out.clamp(0, 255).round()


def pasted(dice, im, p, faces, device):
    """Other portraits: out of another picture of the batch, or as they come
    out of a camera."""
    donor = im[:, LINES:].roll(1, 0).reshape(p * FACES, 3, H, W)
    zoom = each(dice.uniform(.6, 1.25, p), FACES)
    zero = torch.zeros(p * FACES, device=device)
    donor = turned(donor, zero, zoom, (zero + dice.uniform(-.2, .2, 1),
                                       zero + dice.uniform(-.2, .2, 1)))
    if flag(dice, .4):
        clean = heads(dice, faces, p, torch.full((p,), 20., device=device),
                      torch.full((p * FACES, 3, 2 * H, 2 * W), 255.,
                                 device=device), device)
        clean = F.avg_pool2d(clean, 2)
        use = to4(each(dice.chance(.5, p), FACES))
        donor = donor * (1 - use) + use * clean
    old = im[:, LINES:].reshape(p * FACES, 3, H, W)
    if flag(dice, .4):
        donor = donor + (masked_mean(old, torch.ones_like(old)) -
                         masked_mean(donor, torch.ones_like(old)))
    x = torch.arange(W, device=device).view(1, 1, 1, W)
    edge = to4(dice.uniform(-80, 60, p * FACES))
    soft = to4(dice.uniform(.3, 5, p * FACES))
    m = ((x - edge) / soft + .5).clamp(0, 1)
    return (old * (1 - m) + donor * m).clamp(0, 255).round().view(
        p, FACES, 3, H, W)


def draw(dice, bank, faces, p, device):
    """Crops (p x K x 6 x 24 x 64), labels, which are to be used, what was
    done to each picture, and how it was saved at last."""
    c = bank.some(dice, p)
    im, _ = printed(dice, c, p, faces, device)
    im = published(dice, im, p)
    im = im.view(p, K, 3, H, W)
    what = dice.one((PLAIN, PLAIN, FIELD, FIELD, FIELD, PORTRAIT), p).long()
    which = dice.below(LINES - 1, p)
    labels = torch.zeros(p, K, device=device)
    rows = torch.arange(p, device=device)
    is_field = what == FIELD
    out, some = im.clone(), rows[is_field]
    if len(some):
        out[some, which[some]] = typed_anew(dice, im, c, some, which[some],
                                            device)
        labels[some, which[some]] = 1
    digit = c["digit"][rows, which] > 0
    what = torch.where(is_field & digit, torch.full_like(what, DIGIT), what)
    is_face = what == PORTRAIT
    other = pasted(dice, im, p, faces, device)
    out[is_face, LINES:] = other[is_face]
    labels[is_face, LINES:] = 1
    # saved once more, or not
    flat = out.view(p * K, 3, H, W)
    q2 = dice.uniform(50, 98, p)
    again = jpeg(flat, each(q2), flag(dice, .35))
    twice = torch.where(what == PLAIN, dice.chance(.6, p),
                        dice.chance(.82, p))
    flat = torch.where(to4(each(twice)) > 0, again, flat)
    q2 = torch.where(twice > 0, q2, torch.full_like(q2, 100))
    use = dice.chance(.8, p, K)
    use[:, LINES - 1] = 0
    use = torch.maximum(use, labels)
    use[:, :3] = 1
    y, x = 8 * (2 + int(dice.below(3, 1))), 8 * (3 + int(dice.below(3, 1)))
    crop = flat[:, :, y:y + CROP_H, x:x + CROP_W]
    return crop, labels, use, what, q2


def planes(rgb):
    """N x 3 x 48 x 128 into N x 6 x 24 x 64: brightness of four neighbours
    less the mean, in steps of 32; blue and red less brightness, their means
    taken away, in steps of 16."""
    r, g, b = rgb[:, :1], rgb[:, 1:2], rgb[:, 2:3]
    luma = .299 * r + .587 * g + .114 * b
    colour = F.avg_pool2d(torch.cat((.564 * (b - luma), .713 * (r - luma)),
                                    1), 2)
    luma = (luma - luma.mean((2, 3), keepdim=True)) / 32
    colour = (colour - colour.mean((2, 3), keepdim=True)) / 16
    return torch.cat((F.pixel_unshuffle(luma, 2), colour), 1)
