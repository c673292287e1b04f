"""A head of nobody: its shape, and the skin, hair and eyes painted on it.

The shape is one distance for each direction around an upright axis: r(turn,
height), in millimetres. Height 0 is at the eyes and grows downwards; turn 0
is straight ahead and grows towards the image's right, which is the person's
left. Everything that is painted knows where in space its texel lies, so that
features are drawn as on a flat portrait and still wrap around the head.
"""

import cv2
import numpy as np

from splits import one, stream

TOP, BOTTOM = -140.0, 215.0     # of the map
TURN = 180.0                    # of the map, to each side
COLUMNS, ROWS = 900, 640        # of the texture
LIP = 72.0                      # height of the mouth's line

SKIN = ((238, 200, 176), (226, 182, 154), (208, 160, 128), (172, 122, 92),
        (132, 90, 66), (96, 64, 48))
HAIR = ((38, 30, 26), (66, 46, 32), (104, 74, 46), (158, 120, 74),
        (150, 148, 146), (196, 164, 112))
IRIS = ((74, 96, 118), (82, 58, 38), (84, 102, 74), (58, 42, 30))
COAT = ((44, 52, 74), (110, 46, 52), (60, 88, 70), (78, 78, 84), (32, 32, 36),
        (150, 140, 128), (54, 92, 132))

# height: half width, depth to the front, depth to the back
FORM = np.float32((
    (-140, 1, 1, 1), (-124, 1, 1, 1), (-119, 22, 22, 24), (-112, 42, 44, 46),
    (-98, 60, 64, 68), (-78, 71, 77, 84), (-50, 78, 85, 94), (-22, 79, 89, 96),
    (0, 78, 84, 95), (22, 77, 86, 88), (48, 73, 87, 78), (72, 66, 88, 72),
    (92, 56, 86, 70), (106, 46, 85, 70), (114, 42, 80, 70),
    (121, 45, 66, 70), (130, 50, 44, 71), (150, 52, 36, 73),
    (180, 55, 38, 76), (215, 64, 44, 82)))


def features(seed):
    """What makes this head another one."""
    rng = stream(seed, "head")
    man = bool(rng.random() < 0.5)
    tone = int(rng.integers(0, len(SKIN)))
    age = float(rng.uniform(0, 1))
    dark = tone >= 3
    hair = int(rng.integers(0, 2 if dark else 6))
    if age > 0.75 and rng.random() < 0.6:
        hair = 4
    skin = np.float32(SKIN[tone]) + rng.normal(0, 4, 3)
    return {
        "sex": "M" if man else "F", "skin": [float(v) for v in skin],
        "tone": tone, "hair": HAIR[hair], "iris": one(rng, IRIS[1:2] if dark
                                                    else IRIS),
        "coat": one(rng, COAT), "age": age,
        "wide": float(rng.uniform(0.93, 1.07)),
        "jaw": float(rng.uniform(0.92, 1.04) + 0.04 * man),
        "long": float(rng.uniform(0.96, 1.05)),
        "nose": float(rng.uniform(0.8, 1.25)),
        "nose_wide": float(rng.uniform(0.85, 1.25)),
        "eyes_apart": float(rng.uniform(30, 34)),
        "eye_open": float(rng.uniform(4.6, 6.2)),
        "eye_tilt": float(rng.uniform(-0.08, 0.08)),
        "brow": float(rng.uniform(-24, -19)),
        "brow_thick": float(rng.uniform(2.2, 3.4) + 0.8 * man),
        "lips": float(rng.uniform(0.8, 1.25) + (0 if man else 0.15)),
        "mouth_wide": float(rng.uniform(23, 28)),
        "lip_colour": float(rng.uniform(0.62, 0.8) if man else
                            rng.uniform(0.58, 0.74)),
        "hair_line": float(rng.uniform(-82, -64)),
        "part": float(rng.uniform(-30, 30)),
        "style": one(rng, ("short", "short", "crop", "bald") if man else
                     ("long", "long", "bob", "short")),
        "beard": one(rng, ("", "", "", "stubble", "full")) if man else "",
        "glasses": bool(rng.random() < 0.25),
        "freckles": bool(tone < 2 and rng.random() < 0.3),
        "mole": [float(v) for v in rng.uniform((-50, 10), (50, 95))],
    }


def grid():
    """Turn (degrees) and height (mm) of each texel."""
    turn = (np.arange(COLUMNS, dtype=np.float32) + 0.5) / COLUMNS * 2 * TURN \
        - TURN
    height = TOP + (np.arange(ROWS, dtype=np.float32) + 0.5) / ROWS * \
        (BOTTOM - TOP)
    return np.meshgrid(turn, height)


def bump(x, y, cx, cy, rx, ry):
    return np.exp(-((x - cx) / rx) ** 2 - ((y - cy) / ry) ** 2)


def base(turn, height, f):
    """The bare form: an oval, blunter in front, at each height."""
    rows = [np.interp(height[:, 0], FORM[:, 0], FORM[:, k]).astype(np.float32)
            for k in (1, 2, 3)]
    rows = [np.convolve(np.pad(row, 6, "edge"), np.ones(13) / 13, "valid")
            for row in rows]
    low = np.clip((height[:, 0] - 20) / 60, 0, 1) * (height[:, 0] < 122)
    wide = rows[0] * (f["wide"] * (1 + low * (f["jaw"] - 1)))
    s, c = np.abs(np.sin(np.radians(turn))), np.cos(np.radians(turn))
    deep = np.where(c > 0, rows[1][:, None], rows[2][:, None])
    p = np.where(c > 0, 2.3, 2.0).astype(np.float32)
    return ((s / wide[:, None]) ** p + (np.abs(c) / deep) ** p) ** (-1 / p)


def nose(x, y, f):
    ys = np.float32((-12, -2, 12, 26, 40, 46, 51, 56, 60))
    tall = np.interp(y, ys, np.float32((0, 5, 10, 16, 22, 21, 13, 3, 0)))
    wide = np.interp(y, ys, np.float32((9, 7, 7, 8, 10, 11, 11, 10, 9)))
    wings = 8 * (bump(x, y, -13 * f["nose_wide"], 45, 6.5, 6) +
                 bump(x, y, 13 * f["nose_wide"], 45, 6.5, 6))
    return f["nose"] * (tall * np.exp(-(x / (wide * f["nose_wide"])) ** 2) +
                        wings)


def relief(x, y, f):
    """What stands out of the bare form in front."""
    e = f["eyes_apart"]
    out = nose(x, y, f)
    for side in (-1, 1):
        out = out - 8 * bump(x, y, side * e, 1, 19, 12)
        out += 5 * bump(x, y, side * e, 2, 12, 8)
        out += 4 * bump(x, y, side * 26, f["brow"] + 3, 20, 6)
        out += 4 * bump(x, y, side * 44, 28, 16, 14)
        out -= 2.5 * bump(x, y, side * 34, 58, 9, 18)
    out += 5 * f["lips"] * (bump(x, y, 0, LIP - 6, 22, 4.5) +
                            bump(x, y, 0, LIP + 6, 18, 5))
    out -= 3 * bump(x, y, 0, LIP, 24, 2)
    out -= 4 * bump(x, y, 0, LIP + 17, 20, 5)
    return out + 6 * bump(x, y, 0, 105, 17, 9)


def shape(f):
    """r for each texel, and the texels' places x, y, z."""
    turn, height = grid()
    r = base(turn, height, f)
    x = r * np.sin(np.radians(turn))
    front = np.cos(np.radians(turn)) > 0
    r = r + relief(x, height, f) * front
    for side in (-1, 1):
        r += 17 * np.exp(-(((turn - side * 97) / 9) ** 4) -
                         ((height - 22) / 27) ** 4)
    r -= 6 * np.clip(-116 - height, 0, 10)      # nothing above the crown
    return r.astype(np.float32), turn, height


class Skin:
    """Paints onto the texels of one head."""

    def __init__(self, f, r, turn, height):
        self.f, self.turn, self.y = f, turn, height
        self.x = r * np.sin(np.radians(turn))
        self.front = (np.cos(np.radians(turn)) > 0.05).astype(np.float32)
        self.out = np.empty(r.shape + (3,), np.float32)
        self.out[:] = np.float32(f["skin"])

    def put(self, cover, colour):
        self.out += cover[..., None] * (np.float32(colour) - self.out)

    def shade(self, amount):
        self.out *= (1 + amount)[..., None]

    def oval(self, cx, cy, rx, ry, power=2.0):
        return (np.abs((self.x - cx) / rx) ** power +
                np.abs((self.y - cy) / ry) ** power) ** (1 / power) + \
            9 * (1 - self.front)

    def spot(self, cx, cy, rx, ry):
        return bump(self.x, self.y, cx, cy, rx, ry) * self.front


def soft(distance, width):
    """Cover: 1 inside a rim."""
    return np.clip((1 - distance) / width + 0.5, 0, 1)


def blotch(rng, shape, step):
    small = rng.standard_normal((max(2, shape[0] // step),
                                 max(2, shape[1] // step))).astype(np.float32)
    return cv2.resize(small, shape[::-1], interpolation=cv2.INTER_CUBIC)


def complexion(s, rng):
    """Colour that is nowhere the same, pores, freckles, age."""
    f = s.f
    pale = 0.5 if f["tone"] >= 3 else 1.0
    for x in (-44, 44):
        s.out[..., 0] += 10 * pale * s.spot(x, 34, 24, 22)
        s.out[..., 1:] -= (6 * pale * s.spot(x, 34, 24, 22))[..., None]
    s.out[..., 1:] -= (7 * pale * s.spot(0, 44, 15, 12))[..., None]
    size = s.out.shape[:2]
    for step, amount in ((3, 0.022), (9, 0.018), (40, 0.022)):
        s.shade(amount * blotch(rng, size, step))
    if f["freckles"]:
        dots = (blotch(rng, size, 3) > 1.9) * s.spot(0, 28, 60, 26)
        s.put(np.float32(0.5 * dots), np.float32(f["skin"]) * 0.66)
    s.put(soft(s.oval(*f["mole"], 2.2, 2.2), 0.5),
          np.float32(f["skin"]) * 0.45)
    crease = 0.06 + 0.2 * f["age"]
    for side in (-1, 1):
        fold = np.abs(s.x - side * (19 + 0.42 * (s.y - 46)))
        s.shade(-crease * np.exp(-(fold / 2.5) ** 2) *
                s.front * bump(0, s.y, 0, 60, 1, 14))
        s.shade(-0.5 * crease * s.spot(side * 32, 13, 15, 3))
    lines = np.sin((s.y + 46) / 3.2) ** 8 * s.spot(0, -46, 44, 14)
    s.shade(-0.35 * crease * lines)


def hollows(s):
    """Where light does not get to whatever the lamp."""
    f, e = s.f, s.f["eyes_apart"]
    for side in (-1, 1):
        s.shade(-0.20 * s.spot(side * (e - 12), -4, 9, 10))
        s.shade(-0.10 * s.spot(side * e, -9, 19, 5))
        s.shade(-0.55 * s.spot(side * 7.5 * f["nose_wide"], 54, 4, 2.6))
        s.shade(-0.26 * s.spot(side * 20 * f["nose_wide"], 46, 4.5, 8))
    s.shade(-0.26 * s.spot(0, 56.5, 16, 3.5))
    s.shade(-0.2 * s.spot(0, LIP + 15, 18, 4))
    s.shade(-0.42 * np.clip((s.y - 117) / 16, 0, 1) *
            np.clip((190 - s.y) / 60, 0, 1))
    s.shade(-0.12 * np.clip((np.abs(s.turn) - 60) / 30, 0, 1))


def lips(s):
    f = s.f
    colour = np.float32(f["skin"]) * np.float32(
        (0.86, f["lip_colour"], f["lip_colour"]))
    bow = 1.6 * np.exp(-(s.x / 5) ** 2)
    wide = f["mouth_wide"]
    taper = np.clip(1 - (s.x / wide) ** 2, 0, 1)
    up = (LIP - s.y) / np.maximum(0.4, (7.5 * f["lips"] - bow) * taper ** 0.6)
    down = (s.y - LIP) / np.maximum(0.4, 9 * f["lips"] * taper ** 0.7)
    inside = np.where(s.y < LIP, up, down)
    s.put(0.85 * soft(inside, 0.35) * (np.abs(s.x) < wide) * s.front, colour)
    s.shade(-0.12 * s.spot(0, LIP - 4, 20, 3) - -0.10 * s.spot(0, LIP + 5, 9,
                                                              2.5))
    line = np.exp(-((s.y - LIP - 0.6 * np.cos(s.x / 6)) / 1.1) ** 2)
    s.put(0.8 * line * np.clip((wide - np.abs(s.x)) / 3, 0, 1) * s.front,
          colour * 0.4)


def brows(s, rng):
    f = s.f
    hairs = 1 + 0.25 * blotch(rng, s.x.shape, 2)
    dark = np.float32(f["hair"]) * 0.8
    for side in (-1, 1):
        u = side * s.x
        arch = f["brow"] - 3.2 * np.exp(-((u - 36) / 14) ** 2) + \
            0.004 * np.clip(u - 36, 0, None) ** 2
        thick = f["brow_thick"] * np.interp(u, (10, 18, 40, 54),
                                            (0.5, 1.1, 1, 0.4))
        along = np.clip((u - 11) / 4, 0, 1) * np.clip((54 - u) / 8, 0, 1)
        s.put(np.clip(0.82 * hairs * along * s.front * np.exp(
            -((s.y - arch) / thick) ** 2), 0, 1), dark)


def hair_cover(s, rng):
    """Where hair grows on the head: the top, the sides, the back."""
    f = s.f
    edge = f["hair_line"] + 0.006 * (s.x - f["part"]) ** 2 * \
        (0.4 if f["style"] == "crop" else 0.7) - 4 * np.cos(s.x / 9)
    if f["style"] == "bald":
        edge = np.full_like(edge, -150)
    edge = edge + 2 * blotch(rng, s.x.shape, 3)
    front = np.clip((edge - s.y) / 5 + 0.5, 0, 1)
    front = front * np.clip((92 - np.abs(s.turn)) / 6, 0, 1)
    a = np.abs(s.turn)
    ends = {"bald": 4, "crop": 14, "short": 20, "bob": 92, "long": 120}[
        f["style"]]
    start = 72 if f["style"] in ("bob", "long") else 79
    burns = np.clip((a - start) / 7 + 0.2 * blotch(rng, s.x.shape, 3), 0, 1)
    burns = np.maximum(burns, np.clip((-72 - s.y) / 6, 0, 1) *
                       (f["style"] != "bald"))
    top = -20 if f["style"] == "bald" else -200
    side = burns * np.clip((ends + (a > 104) * 70 - s.y) / 8, 0, 1) * \
        np.clip((s.y - top) / 8, 0, 1)
    ear = np.exp(-((a - 97) / 10) ** 4 - ((s.y - 24) / 27) ** 4)
    if f["style"] in ("bob", "long"):
        ear = ear * 0
    return np.clip(np.maximum(front, side) - 1.3 * ear, 0, 1)


def beard_cover(s, rng):
    f = s.f
    if not f["beard"]:
        return np.zeros_like(s.x)
    line = 52 + 0.0 * s.x
    cheek = np.interp(np.abs(s.x), (0, 26, 46, 62, 75), (54, 56, 62, 44, 20))
    area = np.clip((s.y - np.maximum(line, cheek)) / 6, 0, 1) * \
        np.clip((128 - s.y) / 14, 0, 1)
    area *= np.clip((84 - np.abs(s.turn)) / 8, 0, 1)
    mouth = soft(s.oval(0, LIP + 1, f["mouth_wide"] + 1, 10), 0.3)
    grain = 0.8 + 0.35 * blotch(rng, s.x.shape, 2)
    amount = 0.42 if f["beard"] == "stubble" else 0.9
    return np.clip(amount * area * (1 - mouth) * grain, 0, 1)


def glasses(s):
    """A frame, painted on: it does not stand off the face."""
    e, rim = s.f["eyes_apart"], (30, 28, 30)
    for side in (-1, 1):
        ring = np.abs(s.oval(side * (e + 1), 4, 26, 19, 2.8) - 1)
        s.put(np.clip(1.5 - ring / 0.045, 0, 1), rim)
        arm = np.exp(-((s.y - 0) / 1.8) ** 2) * (side * s.x > e + 24) * \
            (side * s.turn < 88)
        s.put(arm.astype(np.float32), rim)
    s.put(np.exp(-((s.y - 0) / 2) ** 2) * (np.abs(s.x) < e - 24) * s.front,
          rim)


def strands(s, rng):
    fine = cv2.resize(rng.standard_normal((18, COLUMNS // 2)).astype(
        np.float32), s.x.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return 0.16 * fine + 0.22 * np.exp(-((s.turn + 25) / 22) ** 2 -
                                       ((s.y + 95) / 22) ** 2)
