"""What stands around a page and how it is photographed, by random numbers:
table, lamps, fingers, camera. Lengths in centimetres, the page's middle is
the origin, its right x, its top y."""

import math

from splits import one

WARM, NEUTRAL, COOL = (1, 0.8, 0.58), (1, 0.97, 0.93), (0.84, 0.92, 1)
TABLES = {
    "wood": ((0.05, 0.02, 0.01), (0.45, 0.25, 0.12)),
    "cloth": ((0.08, 0.1, 0.2), (0.5, 0.52, 0.6)),
    "stone": ((0.1, 0.1, 0.11), (0.6, 0.58, 0.55)),
    "tiles": ((0.55, 0.5, 0.42), (0.35, 0.2, 0.16)),
    "checks": ((0.75, 0.72, 0.68), (0.2, 0.08, 0.07)),
    "white": ((0.8, 0.8, 0.8), (0.8, 0.8, 0.8)),
}
SKINS = ((0.72, 0.45, 0.34), (0.55, 0.32, 0.21), (0.3, 0.16, 0.1),
         (0.12, 0.06, 0.04))
LIGHTS = ("office", "window", "lamp", "flash", "mixed", "window", "office")


def between(rng, low, high):
    return float(rng.uniform(low, high))


def table(rng, kind=None):
    kind = kind or one(rng, sorted(TABLES))
    return {"kind": kind, "turned": between(rng, 0, 6.3),
            "from": [between(rng, -50, 50) for _ in "xyz"],
            "colours": [[c * between(rng, 0.7, 1.2) for c in tone]
                        for tone in TABLES[kind]],
            "fine": between(rng, 3, 9), "roughness": between(rng, 0.15, 0.8),
            "specular": between(rng, 0.1, 0.5)}


def direction(turn, up):
    turn, up = math.radians(turn), math.radians(up)
    return (math.cos(up) * math.cos(turn), math.cos(up) * math.sin(turn),
            math.sin(up))


def area(kind, way, far, size, share, colour, aside=(0, 0, 0), shape=None):
    """A lamp that gives its share of the light on the page."""
    return {"kind": kind, "at": [far * w + a for w, a in zip(way, aside)],
            "to": list(aside), "size": size, "colour": colour,
            "shape": shape or "RECTANGLE",
            "power": share * math.pi ** 2 * far ** 2}


def seen_from(rng, lens):
    """Where a lamp stands, (turn, height) in degrees, that the camera sees
    mirrored in the page."""
    x, y, z = (a - b for a, b in zip(lens["at"], lens["aim"]))
    return (math.degrees(math.atan2(-y, -x)) + between(rng, -8, 8),
            math.degrees(math.atan2(z, math.hypot(x, y))) +
            between(rng, -8, 8))


def panes(rng, share, colour, to):
    """A window of four panes in a frame."""
    turn, up = to or (between(rng, 0, 360), between(rng, 22, 55))
    way, far = direction(turn, up), between(rng, 90, 190)
    side = direction(turn + 90, 0)
    return [area("window", way, far, (42, 60), share / 4, colour,
                 [24 * a * side[0], 24 * a * side[1], 33 * b])
            for a in (-1, 1) for b in (-1, 1)]


def ceiling(rng, share, colour, to):
    out, (turn, up) = [], to or (between(rng, 0, 360), between(rng, 48, 75))
    for k in range(2):
        way = direction(turn + 180 * k, up)
        out.append(area("panel", way, between(rng, 150, 200), (120, 30),
                        share / 2, colour))
    return out


def lamp(rng, share, colour, to):
    way = direction(*(to or (between(rng, 0, 360), between(rng, 35, 68))))
    wide = between(rng, 3, 9)
    return [area("lamp", way, between(rng, 45, 85), (wide, wide), share,
                 colour, shape="DISK")]


def lights(rng, lens):
    """(kind, lamps, what light comes from everywhere); in two of five the
    page mirrors one, unless the telephone stands in the way."""
    kind = one(rng, LIGHTS)
    to = seen_from(rng, lens) if rng.random() < 0.4 and lens["tilt"] > 10 \
        else None
    share = between(rng, 0.45, 0.8)
    tone = one(rng, (WARM, NEUTRAL, COOL))
    if kind == "office":
        out = ceiling(rng, share, tone, to)
    elif kind == "window":
        out = panes(rng, share, COOL, to)
    elif kind == "lamp":
        out = lamp(rng, share, one(rng, (WARM, NEUTRAL)), to)
    elif kind == "flash":
        out = [area("flash", (0, 0, 1), lens["far"], (0.3, 0.3), share, NEUTRAL)]
    else:
        out = lamp(rng, share / 2, WARM, to) + panes(rng, share / 2, COOL,
                                                     None)
    return kind, out, {"strength": 1 - share, "colour": tone}


def camera(rng, size, share, steepest=40):
    """`share` of the frame's width for the page."""
    view = between(rng, 25, 60)
    far = size[0] / share / (2 * math.tan(math.radians(view) / 2))
    far = min(40, max(10, far))
    tilt = between(rng, 0, steepest)
    way = direction(between(rng, 0, 360), 90 - tilt)
    aim = [between(rng, -0.06, 0.06) * size[0],
           between(rng, -0.06, 0.06) * size[1], 0]
    return {"at": [a + far * w for a, w in zip(aim, way)], "aim": aim,
            "view": math.degrees(2 * math.atan(size[0] / share / 2 / far)),
            "roll": float(rng.normal(0, 7)), "tilt": tilt, "far": far,
            "aperture": between(rng, 0.12, 0.26),
            "focus": between(rng, 0.92, 1.08)}


def finger(rng, size, top, colour, side):
    """A thumb that holds an edge, some millimetres on the page."""
    radius = between(rng, 0.7, 0.95)
    depth = between(rng, 0.25, 0.6)
    y = between(rng, 0.02, 0.36) * size[1]
    x = side * (size[0] / 2 + radius - depth)
    return {"tip": [x, y, top + 0.7 * radius], "radius": radius,
            "colour": colour, "from": [
                side * (size[0] / 2 + 5), y - between(rng, 0, 3),
                top + 0.2]}


def fingers(rng, size, top):
    colour = [c * between(rng, 0.85, 1.1) for c in one(rng, SKINS)]
    sides = one(rng, ((1,), (-1,), (1, -1)))
    thumbs = [finger(rng, size, top, colour, side) for side in sides]
    return thumbs + [{
        "tip": [s * (size[0] / 2 - 1.5), y, -1.2], "radius": 0.8,
        "colour": colour, "from": [s * (size[0] / 2 + 6), y - 1, -1]}
        for s in sides for y in (-0.1 * size[1], 0.15 * size[1])]


def keyboard(rng):
    dark = rng.random() < 0.6
    return {"at": [between(rng, -2, 2), between(rng, -2, 2)],
            "turned": between(rng, -0.5, 0.5),
            "height": between(rng, 0.25, 0.8),
            "caps": (0.03, 0.03, 0.035) if dark else (0.75, 0.75, 0.73),
            "signs": (0.7, 0.7, 0.7) if dark else (0.05, 0.05, 0.05)}


def strewn(rng):
    """Where a sheet lies and how it is turned."""
    return {"at": [between(rng, -13, 13), between(rng, -11, 11)],
            "turned": between(rng, 0, 360)}


def aside(rng, lens, size, share, frame):
    """The camera aims beside the page: a side of it is out of the frame."""
    lost = between(rng, 0.03, 0.12)
    half = size[0] / share / 2
    side = 1 if rng.random() < 0.5 else -1
    if size[1] / 2 > half * frame[1] / frame[0] * 0.6 and \
            rng.random() < 0.5:
        axis, reach = 1, half * frame[1] / frame[0]
    else:
        axis, reach = 0, half
    aim = side * (size[axis] * (0.5 - lost) - reach)
    lens["at"][axis] += aim - lens["aim"][axis]
    lens["aim"][axis] = aim
    return lost


def film(rng):
    """What a film's picture has been through besides: a hand that trembles,
    a codec."""
    return {"halved": True, "full": between(rng, 1200, 5000),
            "shake": [between(rng, 0, 1.6), between(rng, 0, 180)],
            "coarse": int(rng.integers(19, 29)), "turn": 0,
            "subsampling": 2, "quality": 95,
            "smoothing": between(rng, 0.5, 1.2),
            "sharpen": between(rng, 0.2, 0.9)}


def shot(rng, halved):
    """The sensor's numbers and its software's."""
    return {"halved": halved, "full": between(rng, 1500, 9000) * (
                1 if halved else 1.6),
            "dark": between(rng, 0.001, 0.004),
            "level": between(rng, 0.5, 0.82),
            "cast": [between(rng, 0.95, 1.05) for _ in "rgb"],
            "balanced": between(rng, 0.5, 1), "contrast": between(rng, 0, .5),
            "colour": between(rng, 0.95, 1.25),
            "smoothing": between(rng, 0, 1), "radius": between(rng, 0.6, 1.4),
            "sharpen": between(rng, 0.2, 1.1),
            "turn": int(one(rng, (0, 0, 0, 0, 90, 270, 180))),
            "quality": int(rng.integers(70, 93)),
            "subsampling": int(one(rng, (2, 2, 1, 0)))}
