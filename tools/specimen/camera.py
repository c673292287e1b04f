"""Takes the photograph: the page on the desk or on a display, the hand, the
light, and then what lens, sensor and JPEG make of them."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

import desk
import hand
import light
import screen
import sensor
import view as views

CELL = 48       # picture pixels of one patch of the mesh
FINER = 1.35    # drawn pixels to a picture pixel, so that nothing aliases


def rounded(size, radius):
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, size[0] - 1, size[1] - 1), radius, 255)
    return mask


def cut(page, scale, exact=False):
    """The page with its rounded corners, at about `scale` pixels a mm; gives
    image (premultiplied) and its true scales."""
    image = page.image
    if scale < page.scale * (0.97 if exact else 0.72):
        size = (max(8, round(page.width * scale)),
                max(8, round(page.height * scale)))
        image = image.resize(size, Image.BOX if scale < page.scale / 2
                             else Image.HAMMING)
    image = image.copy()
    image.putalpha(rounded(
        image.size, page.radius * image.width / page.width))
    return image.convert("RGBa")


def bounds(points, frame, margin=2):
    low = np.floor(points.min(0)) - margin
    high = np.ceil(points.max(0)) + margin
    low = np.clip(low, 0, frame).astype(int)
    high = np.clip(high, 0, frame).astype(int)
    return low, np.maximum(high, low)


def outline(view, origin, size):
    """Points along the rim of a page."""
    t = np.linspace(0, 1, 9)[:, None]
    corners = views.box(*size) + origin
    rim = [a + (b - a) * t for a, b in zip(corners, np.roll(corners, -1, 0))]
    return view.see(np.concatenate(rim))


def warp(image, view, origin, size, resample=Image.BILINEAR):
    """(place, picture) of an image of size mm that lies at origin mm."""
    low, high = bounds(outline(view, origin, size), view.frame)
    w, h = (high - low).tolist()
    if min(w, h) < 2:
        return low, None
    xs = np.linspace(0, w, max(2, w // CELL + 1)).round().astype(int)
    ys = np.linspace(0, h, max(2, h // CELL + 1)).round().astype(int)
    grid = np.stack(np.meshgrid(xs, ys), -1).reshape(-1, 2) + low
    source = (view.back(grid) - origin) * (image.width / size[0],
                                           image.height / size[1])
    source = source.reshape(len(ys), len(xs), 2)
    mesh = [((int(xs[i]), int(ys[j]), int(xs[i + 1]), int(ys[j + 1])),
             (*source[j, i], *source[j + 1, i], *source[j + 1, i + 1],
              *source[j, i + 1]))
            for j in range(len(ys) - 1) for i in range(len(xs) - 1)]
    return low, image.transform((w, h), Image.MESH, mesh, resample)


def shade(scene, low, alpha, shift):
    """The shadow that a page casts."""
    small = (max(1, alpha.width // 4), max(1, alpha.height // 4))
    pad = int(shift)
    wide = Image.new("L", (small[0] + 2 * pad, small[1] + 2 * pad), 0)
    wide.paste(alpha.resize(small, Image.BOX), (pad, pad))
    soft = wide.filter(ImageFilter.BoxBlur(0.5 * shift)).filter(
        ImageFilter.BoxBlur(0.5 * shift))
    soft = soft.resize((wide.width * 4, wide.height * 4), Image.BILINEAR)
    scene.paste((12, 11, 10), tuple(int(v - 4 * pad + shift) for v in low),
                soft.point(lambda v: v * 6 // 10))


def over(scene, low, picture):
    """A premultiplied picture over the scene."""
    low = tuple(int(v) for v in low)
    below = scene.crop((*low, low[0] + picture.width, low[1] + picture.height))
    *paint, alpha = picture.split()
    kept = Image.merge("RGB", [ImageChops.invert(alpha)] * 3)
    scene.paste(ImageChops.add(ImageChops.multiply(below, kept),
                               Image.merge("RGB", paint)), low)


def paper(scene, page, view, rng):
    """The sheet that a copy is printed on."""
    left, top, right, bottom = page.sheet
    size = (page.width + left + right, page.height + top + bottom)
    tone = (int(rng.uniform(236, 252)),) * 3
    image = Image.new("RGBA", (64, 48), (*tone, 255)).convert("RGBa")
    low, picture = warp(image, view, (-left, -top), size)
    if picture is not None:
        shade(scene, low, picture.getchannel(3), max(view.frame) / 500)
        over(scene, low, picture)


def lay(scene, page, view, origin=(0, 0)):
    image = cut(page, view.density() * FINER)
    low, picture = warp(image, view, origin, (page.width, page.height))
    if picture is None:
        return
    shade(scene, low, picture.getchannel(3), max(view.frame) / 400)
    over(scene, low, picture)


def shoot(page, view, shot, rng, split="example", facing=None):
    """A photograph of a drawn page; an image. What a hand covers is written
    into the shot."""
    scene = desk.draw(rng, *view.frame, shot["objects"], split)
    if shot.get("screen"):
        picture = screen.show(scene, page, view, shot, rng)
    else:
        if facing:
            lay(scene, facing, view, (0, -facing.height))
        if page.sheet:
            paper(scene, page, view, rng)
        lay(scene, page, view)
        shot["fingers"] = []
        if shot.get("hand"):
            keep = [line.box for line in page.lines]
            held = hand.fingers(rng, page.width, page.height, keep)
            hand.paint(scene, view, held, rng)
            shot["fingers"] = [
                [round(float(v), 1) for v in (*tip, *base, radius)]
                for tip, base, radius in held]
        picture = np.array(scene, np.float32)
    light.shine(picture, view, shot, rng)
    return sensor.sensed(picture, shot, rng)


def empty(frame, shot, rng, split="example"):
    """A picture of a desk and no document."""
    view = views.View(frame, views.box(*frame), frame)
    picture = np.array(desk.draw(rng, *frame, 4, split), np.float32)
    light.shine(picture, view, shot, rng)
    return sensor.sensed(picture, shot, rng)
