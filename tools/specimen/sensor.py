"""Lens, sensor and file: blur and motion, noise as a sensor with a colour
mosaic leaves it, sharpening, JPEG."""

import io

import numpy as np
from PIL import Image, ImageFilter

# Shapes of quantisation tables, as steps at quality 50 over the 8 x 8
# frequencies. Encoders differ in how fast the step grows with frequency and
# in how much harder they treat colour; these four are ours, in that spirit.
TABLES = ("standard", "flat", "steep", "even")


def stroke(length, angle):
    """The track of a point during the exposure, on 11 x 11 pixels."""
    track = np.zeros((11, 11))
    for step in np.linspace(-0.5, 0.5, 33):
        x = np.clip(5 + np.cos(angle) * length * step, 0, 9.999)
        y = np.clip(5 + np.sin(angle) * length * step, 0, 9.999)
        i, j, fx, fy = int(x), int(y), x % 1, y % 1
        track[j:j + 2, i:i + 2] += np.outer((1 - fy, fy), (1 - fx, fx))
    return track / track.sum()


def spread(blur, disc):
    """Defocus on 5 x 5 pixels: a disc, or a bell."""
    y, x = np.mgrid[-2:3, -2:3]
    if disc:
        return np.clip(1.6 * blur + 0.5 - np.hypot(x, y), 0, 1)
    return np.exp(-(x * x + y * y) / (2 * max(0.2, blur) ** 2))


def smear(image, track):
    """A long motion, pixel by pixel."""
    page = np.pad(np.asarray(image, np.float32), ((5, 5), (5, 5), (0, 0)),
                  "edge")
    total = np.zeros((image.height, image.width, 3), np.float32)
    for j, i in zip(*np.nonzero(track)):
        total += np.float32(track[j, i]) * page[
            j:j + image.height, i:i + image.width]
    return Image.fromarray(total.astype(np.uint8))


def blurred(image, shot, angle):
    """Defocus, and the hand's motion during the exposure; what is small
    enough in one step."""
    blur, motion = shot["blur"], shot["motion"]
    disc = shot.get("disc") and blur < 1.3
    track = stroke(motion, angle)
    if (disc or motion) and blur < 1.3 and motion < 4:
        small, kernel = track[3:8, 3:8], np.zeros((9, 9))
        for j, i in zip(*np.nonzero(small)):
            kernel[j:j + 5, i:i + 5] += small[j, i] * spread(blur, disc)
        return image.filter(ImageFilter.Kernel(
            (5, 5), kernel[2:7, 2:7].ravel().tolist()))
    if blur > 0.1:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    return smear(image, track) if motion else image


def independent(page, noise, rng):
    """Noise of a picture scaled down from many pixels: fine in brightness,
    coarse in colour."""
    h, w = page.shape[:2]
    page += rng.standard_normal((h, w, 1), np.float32) * np.float32(noise)
    small = rng.standard_normal(((h + 1) // 2, (w + 1) // 2, 3), np.float32)
    small *= np.float32(0.7 * noise)
    page += small.repeat(2, 0).repeat(2, 1)[:h, :w]
    return page


def mosaic(page, noise, rng):
    """Noise added behind a Bayer mosaic and spread by its interpolation; the
    colours of patterns finer than the mosaic come out false, as they do."""
    h, w = page.shape[0] & ~1, page.shape[1] & ~1
    raw = np.empty((h, w), np.float32)
    for row, column, c in ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 2)):
        raw[row::2, column::2] = page[row:h:2, column:w:2, c]
    raw += rng.standard_normal((h, w), np.float32) * np.float32(1.2 * noise)
    out = page.copy()
    for c, (row, column) in ((0, (0, 0)), (2, (1, 1))):
        plane = Image.fromarray(np.ascontiguousarray(raw[row::2, column::2]))
        spread = plane.transform((w, h), Image.AFFINE, (
            0.5, 0, 0.25 - column / 2, 0, 0.5, 0.25 - row / 2),
            Image.BILINEAR, fillcolor=0)
        out[2:h - 2, 2:w - 2, c] = np.asarray(spread)[2:-2, 2:-2]
    mean = cross(raw)
    out[:h, :w, 1] = raw
    out[:h:2, :w:2, 1] = mean[::2, ::2]
    out[1:h:2, 1:w:2, 1] = mean[1::2, 1::2]
    return out


def cross(raw):
    """The mean of the four neighbours."""
    edge = np.pad(raw, 1, "reflect")
    out = edge[:-2, 1:-1] + edge[2:, 1:-1]
    out += edge[1:-1, :-2]
    out += edge[1:-1, 2:]
    out *= np.float32(0.25)
    return out


def grain(page, noise, rng):
    """The noise that `mosaic` leaves, without its false colours."""
    h, w = page.shape[0] & ~1, page.shape[1] & ~1
    noise = np.float32(1.2 * noise)
    for c in (0, 2):
        small = rng.standard_normal((h // 2, w // 2), np.float32) * noise
        page[:h, :w, c] += np.asarray(Image.fromarray(small).resize(
            (w, h), Image.BILINEAR))
    raw = rng.standard_normal((h, w), np.float32) * noise
    mean = cross(raw)
    raw[::2, ::2], raw[1::2, 1::2] = mean[::2, ::2], mean[1::2, 1::2]
    page[:h, :w, 1] += raw
    return page


def to_image(page):
    """The float picture as an image; the picture is spoilt."""
    return Image.fromarray(np.clip(page, 0, 255, out=page).astype(np.uint8))


def sensed(page, shot, rng):
    """What the sensor makes of a float picture; an image."""
    image = blurred(to_image(page), shot, rng.uniform(0, np.pi))
    page = np.array(image, np.float32)
    noisy = independent
    if shot.get("mosaic"):      # patterns need it whole
        noisy = mosaic if shot.get("pattern") else grain
    image = to_image(noisy(page, shot["noise"], rng))
    if shot.get("sharpen"):
        s = shot["sharpen"]
        image = image.filter(ImageFilter.Kernel(
            (3, 3), (-s, -2 * s, -s, -2 * s, 16 + 12 * s, -2 * s,
                     -s, -2 * s, -s), 16))
    return image


def tables(kind, quality):
    """Quantisation tables for brightness and colour, or None for those that
    the library makes from the quality."""
    if kind == "standard":
        return None
    scale = 50 / quality if quality < 50 else 2 - quality / 50
    i, j = np.mgrid[0:8, 0:8]
    far = i + j
    grey = {"flat": 12 + 3.4 * far, "steep": 8 + 0.9 * far ** 2,
            "even": 16 + 6 * np.maximum(i, j)}[kind]
    made = []
    for table in (grey, grey * (1.3 if kind == "steep" else 1.8)):
        steps = np.clip((table * scale).round(), 1, 255).astype(int)
        made.append(steps.ravel().tolist())
    return made


def encoded(image, shot, exif=None):
    """Bytes of the JPEG file."""
    file = io.BytesIO()
    more = {"exif": exif} if exif else {}
    if shot.get("progressive"):
        more["progressive"] = True
    qtables = tables(shot.get("tables", "standard"), shot["quality"])
    if qtables:
        more["qtables"] = qtables
    image.save(file, "JPEG", quality=shot["quality"],
               subsampling=shot.get("subsampling", 2), **more)
    return file.getvalue()
