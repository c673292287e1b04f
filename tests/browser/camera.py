#!/usr/bin/env python3
"""Makes what a fake camera sees: a specimen held in a phone's guide frame.

    camera.py SPECIMEN.jpg OUT.mjpeg [--width 1440 --height 2560] [--blurred]

Chromium plays a file of concatenated JPEGs as a camera. The specimen's own
truth (SPECIMEN.json, or truth.json beside it, as tools/faces writes it) says
where the document lies in its picture; here it is moved to where the page draws its frame on a screen of 390 by 844.
"""
import argparse
import io
import json
import os

from PIL import Image, ImageFilter

VIEW = (390, 844)
SHAPES = {"TD3": 125 / 88}
CARD = 85.6 / 53.98


def guide(shape):
    """The frame, as ui/src/participant/capture/geometry.ts places it."""
    room = max(VIEW[1] - 270, VIEW[1] * 0.4)
    width = min(VIEW[0] * 0.92, room * shape, 980)
    height = width / shape
    return ((VIEW[0] - width) / 2, max(84, (VIEW[1] - height) * 0.44), width, height)


def in_camera(box, size):
    """A box on the screen, in the camera's picture (object-fit: cover)."""
    scale = max(VIEW[0] / size[0], VIEW[1] / size[1])
    left = (size[0] * scale - VIEW[0]) / 2
    top = (size[1] * scale - VIEW[1]) / 2
    return [(box[0] + left) / scale, (box[1] + top) / scale, box[2] / scale, box[3] / scale]


def truth_of(path):
    folder, name = os.path.split(path)
    own = os.path.splitext(path)[0] + ".json"
    if os.path.exists(own):
        with open(own, encoding="utf-8") as file:
            return json.load(file)
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as file:
        return json.load(file)["pictures"][name]


def frame(path, size):
    picture = Image.open(path).convert("RGB")
    truth = truth_of(path)
    quad = truth["quad"]
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    x, y, width, height = in_camera(guide(SHAPES.get(truth["format"], CARD)), size)
    scale = min(width / (max(xs) - min(xs)), height / (max(ys) - min(ys))) * 0.985
    small = picture.resize([round(n * scale) for n in picture.size], Image.LANCZOS)
    middle = ((max(xs) + min(xs)) / 2 * scale, (max(ys) + min(ys)) / 2 * scale)
    ground = picture.resize((24, 24)).filter(ImageFilter.GaussianBlur(3)).getpixel((1, 12))
    out = Image.new("RGB", size, ground)
    out.paste(small, (round(x + width / 2 - middle[0]), round(y + height / 2 - middle[1])))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("specimen")
    parser.add_argument("out")
    parser.add_argument("--width", type=int, default=1440)
    parser.add_argument("--height", type=int, default=2560)
    parser.add_argument("--blurred", action="store_true")
    options = parser.parse_args()
    picture = frame(options.specimen, (options.width, options.height))
    if options.blurred:
        picture = picture.filter(ImageFilter.GaussianBlur(14))
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=93, subsampling=0)
    with open(options.out, "wb") as file:
        file.write(data.getvalue() * 4)


if __name__ == "__main__":
    main()
