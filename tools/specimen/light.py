"""Light on the scene. It changes slowly, so it is reckoned on a small grid
and spread over the picture."""

import numpy as np
from PIL import Image

GRID = 8        # picture pixels to a grid step


def axes(h, w):
    y = np.linspace(-1, 1, h, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, w, dtype=np.float32)[None]
    return y, x


def lamp(h, w, rng, strength):
    """A slope of light and a darker rim."""
    y, x = axes(h, w)
    angle = rng.uniform(0, 2 * np.pi)
    slope = 1 + strength * (x * np.cos(angle) + y * np.sin(angle))
    return slope * (1 - 0.35 * strength * (x * x + y * y))


def shadow(h, w, rng, depth):
    """The soft border of somebody's shadow."""
    y, x = axes(h, w)
    angle = rng.uniform(0, 2 * np.pi)
    side = x * np.cos(angle) + y * np.sin(angle) - rng.uniform(-0.4, 0.5)
    side = side + 0.08 * np.sin(3 * (x * np.sin(angle) - y * np.cos(angle)))
    return 1 - depth / (1 + np.exp(-side / rng.uniform(0.02, 0.12)))


def spot(h, w, centre, rng, size):
    """A lamp's reflection, 0 to 1 and a little over."""
    y = np.arange(h, dtype=np.float32)[:, None] - centre[1]
    x = np.arange(w, dtype=np.float32)[None] - centre[0]
    a, rx = rng.uniform(0, np.pi), size * rng.uniform(0.8, 2)
    u, v = x * np.cos(a) + y * np.sin(a), y * np.cos(a) - x * np.sin(a)
    return rng.uniform(0.8, 1.25) * np.exp(-(u / rx) ** 2 - (v / size) ** 2)


def spread(grid, h, w):
    """A small field over the whole picture."""
    grid = Image.fromarray(np.ascontiguousarray(grid, np.float32))
    return np.asarray(grid.resize((w, h), Image.BILINEAR))


def shine(picture, view, shot, rng):
    """Light, shadow and glare on a float picture, in place."""
    h, w = picture.shape[:2]
    gh, gw = max(8, h // GRID), max(8, w // GRID)
    gain = lamp(gh, gw, rng, shot["slope"]) * np.float32(shot["exposure"])
    if shot["shadow"]:
        gain = gain * shadow(gh, gw, rng, shot["shadow"])
    picture *= spread(gain, h, w)[..., None]
    cast = np.float32(1 + rng.uniform(-1, 1, 3) * shot.get("cast", 0.05))
    picture *= cast
    for _ in range(shot["glare"]):
        at = view.see(((rng.uniform(0.1, 0.9) * view.width,
                        rng.uniform(0.1, 0.95) * view.height),))[0]
        glare = spot(gh, gw, at / GRID, rng, max(gh, gw) / 22)
        picture += (205 * spread(glare, h, w))[..., None]
