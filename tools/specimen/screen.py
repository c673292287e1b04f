"""A document shown on a display. The display's pixels are stripes of red,
green and blue; lens and pixel aperture weaken that pattern by its frequency
in the picture, and the sensor then samples it, which is where moire comes
from: nothing is painted on that the optics would not pass."""

import numpy as np
from PIL import Image, ImageDraw

import camera
import light

LAYOUTS = ("stripes", "stripes", "reversed", "diamond")
GROUNDS = ((255, 255, 255), (238, 238, 240), (52, 54, 58), (24, 24, 26),
           (202, 206, 212))


def parameters(rng, near=None):
    """How a display is photographed. `near`, 0 to 1, is how well its pixels
    are resolved; drawn when not given."""
    near = float(rng.uniform(0, 1)) if near is None else near
    return {
        "across": int(np.interp(near, (0, 0.5, 1), (1700, 1050, 420)) *
                      rng.uniform(0.85, 1.15)),
        "layout": LAYOUTS[int(rng.integers(0, 4))],
        "black": float(rng.uniform(4, 26)),
        "gamma": float(rng.uniform(0.85, 1.15)),
        "blue": float(rng.uniform(0.0, 0.1)),
        "margin": float(rng.uniform(0.02, 0.5)),
        "bezel": bool(rng.random() < 0.35),
        "ground": int(rng.integers(0, len(GROUNDS))),
    }


def passed(frequency, blur):
    """What aperture and blur leave of a pattern, by cycles a pixel."""
    return np.sinc(frequency) * np.exp(-2 * (np.pi * blur * frequency) ** 2)


def window(phase, share, frequency, blur):
    """A row of open windows, `share` of the step wide, seen by the sensor."""
    seen = np.ones_like(phase)
    for k in (1, 2, 3):
        weight = 2 * np.sinc(k * share) * passed(k * frequency, blur)
        if abs(weight) > 0.004:
            seen += np.float32(weight) * np.cos(
                np.float32(2 * np.pi * k) * phase)
    return seen


def phases(view, pitch):
    """Display columns and rows under each picture pixel."""
    w, h = view.frame
    step = light.GRID
    gw, gh = w // step + 1, h // step + 1
    x, y = np.meshgrid((np.arange(gw) + 0.5) * step,
                       (np.arange(gh) + 0.5) * step)
    at = view.back(np.c_[x.ravel(), y.ravel()]) / pitch
    at = at.reshape(gh, gw, 2)
    wide = [light.spread(at[..., k], gh * step, gw * step)[:h, :w]
            for k in (0, 1)]
    middle = at[gh // 2:gh // 2 + 2, gw // 2:gw // 2 + 2]
    across = np.hypot(*(middle[0, 1] - middle[0, 0])) / step
    return wide[0], wide[1], float(across)


def pattern(view, pitch, layout, blur):
    """Three planes of the display's pattern, each about 1."""
    u, v, f = phases(view, pitch)
    if layout == "diamond":
        a = window((u + v) / 2, 0.35, f * 0.71, blur)
        b = window((u - v) / 2, 0.35, f * 0.71, blur)
        c = window((u + v + 1) / 2, 0.35, f * 0.71, blur)
        d = window((u - v + 1) / 2, 0.35, f * 0.71, blur)
        green = window(u, 0.4, f, blur) * window(v, 0.4, f, blur)
        return a * b, green, c * d
    rows = window(v, 0.86, f, blur)
    order = (0, 1, 2) if layout == "stripes" else (2, 1, 0)
    return [window(u - np.float32(k / 3), 0.28, f, blur) * rows
            for k in order]


def panel(page, margin):
    """The display's lit rectangle around a page, in page millimetres."""
    m = margin * page.width
    return (-m, -0.7 * m, page.width + m, page.height + 0.9 * m)


def surround(scene, page, view, s):
    """Desk, bezel and the viewer's ground; gives the mask of the panel."""
    x0, y0, x1, y1 = panel(page, s["margin"] if s["bezel"] else 4)
    poly = lambda k: [tuple(p) for p in view.see(  # noqa: E731
        ((x0 - k, y0 - k), (x1 + k, y0 - k), (x1 + k, y1 + k),
         (x0 - k, y1 + k)))]
    mask = Image.new("L", view.frame, 0 if s["bezel"] else 255)
    draw = ImageDraw.Draw(scene)
    if s["bezel"]:
        draw.polygon(poly(9), (20, 20, 22))
        draw.polygon(poly(0), GROUNDS[s["ground"]])
        ImageDraw.Draw(mask).polygon(poly(0), 255)
    else:
        draw.rectangle((0, 0, *view.frame), GROUNDS[s["ground"]])
    if s["ground"] % 2:     # a viewer's bar above the picture
        top = view.see(((x0 if s["bezel"] else -400, -16),
                        (x1 if s["bezel"] else 500, -16),
                        (x1 if s["bezel"] else 500, -7),
                        (x0 if s["bezel"] else -400, -7)))
        draw.polygon([tuple(p) for p in top], (120, 132, 150))
    return mask


def show(scene, page, view, shot, rng):
    """The float picture of a display that shows the page."""
    s = shot["screen"]
    pitch = page.width / s["across"]
    mask = surround(scene, page, view, s)
    shown = camera.cut(page, 1 / pitch, exact=True)
    near = view.density() * pitch > 0.9
    low, picture = camera.warp(shown, view, (0, 0), (page.width, page.height),
                               Image.NEAREST if near else Image.BILINEAR)
    camera.over(scene, low, picture)
    out = np.array(scene, np.float32)
    lit = np.asarray(mask, np.float32)[..., None] / 255
    glow = 255 * (out / 255) ** np.float32(s["gamma"])
    glow *= np.float32((1 - s["blue"], 1 - 0.3 * s["blue"], 1 + s["blue"]))
    planes = pattern(view, pitch, s["layout"], max(0.35, shot["blur"]))
    # the pattern is one of light, the picture one of its root; the camera
    # exposes so that the bright stripes are not lost, and balances white
    planes = np.stack(planes, -1).clip(0, None) ** np.float32(1 / 2.2)
    planes /= planes.mean((0, 1))
    peak = np.percentile(planes[::7, ::7], 98)
    glow *= planes * np.float32(np.clip(1 / peak, 0.5, 0.93))
    glow += np.float32(s["black"])
    # the pattern has its blur already; the rest of the picture is given it
    # by the sensor, which weakens the pattern a little more than it should
    return out * (1 - lit) + glow * lit
