"""From light to a file: what a telephone's sensor and its software make of a
rendered scene. Linear light in, JPEG out."""

import io
import math
import subprocess
import tempfile

import numpy as np
from PIL import Image, ImageFilter

import planes

MOSAIC = ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 2))


def mean(plane, reach):
    """Of the square of 2 reach + 1 around each pixel."""
    wide = 2 * reach + 1
    pad = np.pad(plane, reach, "edge").astype(np.float64)
    total = np.pad(pad.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    return ((total[wide:, wide:] - total[:-wide, wide:] -
             total[wide:, :-wide] + total[:-wide, :-wide]) /
            wide ** 2).astype(np.float32)


def quiet(plane, reach=3):
    """Light without the grain of few samples: pulled to the mean where it
    varies no more than its surroundings mostly do, kept at edges."""
    middle = mean(plane, reach)
    spread = np.maximum(mean(plane * plane, reach) - middle ** 2, 0)
    usual = mean(np.minimum(spread, 4 * np.median(spread)), 24) + 1e-9
    keep = np.clip(1 - 2 * usual / (spread + 1e-9), 0, 1)
    return middle + keep * (plane - middle)


def median(plane):
    """Of each pixel and its eight neighbours: no lone sparks."""
    pad = np.pad(plane, 1, "edge")
    h, w = plane.shape
    return np.median([pad[y:y + h, x:x + w] for y in range(3)
                      for x in range(3)], 0)


def light_of(rendered):
    """Linear light of the scene."""
    light, surface, mirrored, shine = (
        rendered[k].astype(np.float32)
        for k in ("light", "surface", "mirrored", "shine"))
    for c in range(3):
        light[..., c] = quiet(light[..., c])
        mirrored[..., c] = quiet(median(mirrored[..., c]), 1)
    return np.maximum(planes.doubled(light) * surface + planes.doubled(
        mirrored) + shine, 0)


def exposed(scene, page, shot):
    """As the camera meters it: the page's brighter part at a grey level."""
    bright = np.percentile(scene[page].mean(1), 85) if page.any() else \
        np.percentile(scene, 85)
    cast = np.array(shot["cast"], np.float32)
    middle = scene[page].mean(0) if page.any() else scene.mean((0, 1))
    balance = (middle.mean() / middle) ** shot["balanced"]
    return scene * (shot["level"] / bright * cast * balance)


def sensed(scene, shot, rng):
    """Behind the colour mosaic, with the noise of counted light."""
    full = shot["full"]         # electrons of white
    if shot["halved"]:          # each pixel a whole square of the mosaic
        noise = rng.standard_normal(scene.shape, np.float32) / np.array(
            (1, 1.41, 1), np.float32)
        scene = np.minimum(scene, 1)
        return np.clip(scene + noise * np.sqrt(
            scene / full + shot["dark"] ** 2), 0, 1)
    h, w = scene.shape[0] & ~1, scene.shape[1] & ~1
    raw = np.empty((h, w), np.float32)
    for row, column, c in MOSAIC:
        raw[row::2, column::2] = scene[row:h:2, column:w:2, c]
    raw = np.minimum(raw, 1)
    raw += rng.standard_normal((h, w), np.float32) * np.sqrt(
        raw / full + shot["dark"] ** 2)
    return demosaiced(np.clip(raw, 0, 1))


def demosaiced(raw):
    """Green along the weaker gradient, red and blue by their difference
    from it."""
    h, w = raw.shape
    pad = np.pad(raw, 2, "reflect")
    at = lambda y, x: pad[2 + y:2 + y + h, 2 + x:2 + x + w]  # noqa: E731
    across, down = (at(0, -1) + at(0, 1)) / 2, (at(-1, 0) + at(1, 0)) / 2
    steep_x = abs(at(0, -1) - at(0, 1)) + abs(
        2 * raw - at(0, -2) - at(0, 2))
    steep_y = abs(at(-1, 0) - at(1, 0)) + abs(
        2 * raw - at(-2, 0) - at(2, 0))
    share = (steep_y + 1e-4) / (steep_x + steep_y + 2e-4)
    green = share * across + (1 - share) * down
    own = np.zeros((h, w), bool)
    own[::2, 1::2] = own[1::2, ::2] = True
    green[own] = raw[own]
    out = np.empty((h, w, 3), np.float32)
    out[..., 1] = green
    for c, (row, column) in ((0, (0, 0)), (2, (1, 1))):
        less = np.zeros((h, w), np.float32)
        less[row::2, column::2] = (raw - green)[row::2, column::2]
        pad = np.pad(less, 1, "reflect")
        rows = pad[:, :-2] / 2 + pad[:, 1:-1] + pad[:, 2:] / 2
        out[..., c] = green + rows[:-2] / 2 + rows[1:-1] + rows[2:] / 2
    return np.clip(out, 0, 1)


def toned(linear, shot):
    """sRGB's curve, and the contrast that telephones add."""
    out = np.where(linear < 0.0031308, 12.92 * linear,
                   1.055 * np.maximum(linear, 1e-6) ** (1 / 2.4) - 0.055)
    bent = out * out * (3 - 2 * out)
    out += shot["contrast"] * (bent - out)
    grey = out.mean(2, keepdims=True)
    out = grey + shot["colour"] * (out - grey)
    return Image.fromarray((255 * np.clip(out, 0, 1) + 0.5).astype(np.uint8))


def smoothed(image, shot):
    """The telephone's noise reduction, then its sharpening."""
    if shot["smoothing"]:
        y, cb, cr = image.convert("YCbCr").split()
        soft = ImageFilter.GaussianBlur(1.5 * shot["smoothing"])
        y = Image.blend(y, y.filter(ImageFilter.MedianFilter(3)),
                        0.5 * shot["smoothing"])
        image = Image.merge("YCbCr", (y, cb.filter(soft), cr.filter(
            soft))).convert("RGB")
    return image.filter(ImageFilter.UnsharpMask(
        shot["radius"], int(100 * shot["sharpen"]), 2))


def shaken(scene, pixels, way):
    """Moved so far while the light was let in."""
    way = math.radians(way)
    steps = [(round(pixels * k / 4 * math.sin(way)), round(
        pixels * k / 4 * math.cos(way))) for k in range(-2, 3)]
    return np.mean([np.roll(scene, step, (0, 1)) for step in steps], 0)


def finished(scene, shot, rng):
    linear = sensed(np.maximum(scene, 0), shot, rng)
    return smoothed(toned(linear, shot), shot)


FRAMES = 4      # of a film, the last of which is told


def coded(frames, coarse):
    """The last one as a film's codec leaves it."""
    size = "%dx%d" % frames[0].size
    with tempfile.NamedTemporaryFile(suffix=".mp4") as film:
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-s", size,
             "-pix_fmt", "rgb24", "-r", "30", "-i", "-", "-c:v", "libx264",
             "-preset", "veryfast", "-threads", "1", "-crf", str(coarse),
             "-pix_fmt", "yuv420p", film.name],
            input=b"".join(f.tobytes() for f in frames), check=True)
        raw = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", film.name, "-f", "rawvideo",
             "-pix_fmt", "rgb24", "-"], check=True,
            stdout=subprocess.PIPE).stdout
    wide, high = frames[0].size
    return Image.frombytes("RGB", frames[0].size, raw[-3 * wide * high:])


def filmed(scene, shot, rng):
    """Frames of a hand that does not keep still, by whole pixels."""
    scene = shaken(scene, *shot["shake"])
    frames = []
    for k in range(FRAMES):
        step = rng.integers(-3, 4, 2) if k < FRAMES - 1 else (0, 0)
        frames.append(finished(np.roll(scene, step, (0, 1)), shot, rng))
    return coded(frames, shot["coarse"])


def developed(rendered, shot, rng):
    """The file's bytes."""
    scene = exposed(light_of(rendered), rendered["page"], shot)
    image = (filmed if "coarse" in shot else finished)(scene, shot, rng)
    image = image.rotate(shot["turn"], expand=True)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=shot["quality"],
               subsampling=shot["subsampling"])
    return file.getvalue()
