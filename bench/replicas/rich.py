"""What published pictures have and plain replicas have not: a ground of fine
lines in several colours, and cards that float over a page with a soft shadow.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SHADES = (255, 245, 232, 214)


def rainbow(rng, width):
    """Colours that flow into one another across the page: what a line leaves
    of the paper."""
    stops = rng.uniform(0.45, 0.9, (int(rng.integers(2, 5)), 3))
    at = np.linspace(0, len(stops) - 1, width)
    return np.stack([np.interp(at, range(len(stops)), stops[:, c])
                     for c in range(3)], -1)[None]


def lines(rng, x, y, scale):
    """Cover of bent lines, 0 to 1; x, y in pixels, scale pixels to a mm."""
    pitch = scale * rng.uniform(0.32, 0.95)
    turn = rng.uniform(0, np.pi)
    u = x * np.cos(turn) + y * np.sin(turn)
    v = y * np.cos(turn) - x * np.sin(turn)
    long, far = scale * rng.uniform(8, 45), scale * rng.uniform(15, 80)
    bend = scale * rng.uniform(1, 7) * np.sin(2 * np.pi * u / long) * \
        (0.4 + 0.6 * np.sin(2 * np.pi * u / far))
    phase = (v + bend) / pitch
    off = np.abs(phase - np.round(phase))
    return np.clip((rng.uniform(0.07, 0.16) - off) * pitch / 1.2 + 0.5, 0, 1)


def guilloche(image, rng, scale):
    """The page with two to four families of lines laid over it."""
    page = np.float32(image)
    y, x = np.mgrid[0:image.height, 0:image.width].astype(np.float32)
    for _ in range(int(rng.integers(2, 5))):
        cover = lines(rng, x, y, scale) * rng.uniform(0.2, 0.7)
        page *= 1 - cover[..., None] * (1 - rainbow(rng, image.width))
    return Image.fromarray(np.uint8(page))


def floating(image, rng, scale):
    """The page with round corners over a grey one, and its shadow."""
    margin, reach = round(image.width * 0.12), scale * rng.uniform(0.6, 2)
    corners = Image.new("L", image.size, 0)
    ImageDraw.Draw(corners).rounded_rectangle(
        (0, 0, image.width - 1, image.height - 1), 3 * scale, 255)
    size = (image.width + 2 * margin, image.height + 2 * margin)
    shadow = Image.new("L", size, 0)
    shadow.paste(corners, (margin + int(reach), margin + int(reach)))
    shadow = np.float32(shadow.filter(ImageFilter.GaussianBlur(reach)))
    slope = np.linspace(0, -rng.uniform(0, 40), size[1])[:, None]
    ground = (SHADES[int(rng.integers(0, len(SHADES)))] + slope) * \
        (1 - 0.45 * shadow / 255)
    out = Image.fromarray(np.uint8(ground)).convert("RGB")
    out.paste(image, (margin, margin), corners)
    return out
