"""A face drawn by arithmetic, nobody's: soft shapes shaded from the side.

Good enough to look like a printed portrait and to differ between people; not
a photograph and no test of face recognition.
"""

import numpy as np
from PIL import Image, ImageFilter

W, H = 350, 450
SKIN = ((241, 205, 178), (224, 180, 148), (198, 146, 110), (141, 96, 68))
HAIR = ((42, 32, 26), (88, 60, 36), (150, 108, 60), (204, 172, 112),
        (120, 118, 118))
COAT = ((44, 52, 74), (92, 40, 46), (60, 82, 66), (70, 70, 74), (30, 30, 34))
Y, X = np.mgrid[0:H, 0:W].astype(np.float32)


def oval(cx, cy, rx, ry, power=2.0):
    """Distance field: 1 on the rim, 0 in the centre."""
    return (np.abs((X - cx) / rx) ** power +
            np.abs((Y - cy) / ry) ** power) ** (1 / power)


def soft(distance, width=0.03):
    """Cover, 1 inside the rim."""
    return np.clip((1 - distance) / width + 0.5, 0, 1)


def spot(cx, cy, rx, ry):
    return np.exp(-((X - cx) / rx) ** 2 - ((Y - cy) / ry) ** 2)


def put(page, cover, colour):
    page += cover[..., None] * (np.float32(colour) - page)


def shade(page, amount):
    """Darken (negative) or lighten by a field, in grey levels."""
    page += amount[..., None] * np.float32((1.0, 0.92, 0.85))


def bust(page, p):
    neck = soft(oval(175, 330, 58 * p["wide"], 105, 3), 0.05)
    put(page, neck, p["skin"])
    shade(page, -55 * neck * spot(175, 318, 75, 42))
    put(page, soft(oval(175, 480, 165 * p["wide"], 125, 2.4), 0.02), p["coat"])
    shade(page, 24 * spot(95, 430, 60, 50) - 18 * spot(285, 450, 60, 60))
    shade(page, -30 * np.exp(-((oval(175, 352, 62, 24) - 1) / 0.12) ** 2) *
          (Y > 352))


def hair_behind(page, p):
    top, bottom = 84, (236, 330, 400)[p["style"]]
    low = oval(175, (top + bottom) / 2, (98 + 6 * p["style"]) * p["wide"],
               (bottom - top) / 2, 2.8)
    put(page, soft(low, 0.05), p["hair"])
    shade(page, -14 * soft(low, 0.05) * (Y > 230))


def head(page, p):
    cx, cy, rx = 175, 212, 84 * p["wide"]
    ear = np.maximum(soft(oval(cx - rx, 222, 13, 25), 0.1),
                     soft(oval(cx + rx, 222, 13, 25), 0.1))
    put(page, ear, np.float32(p["skin"]) * 0.93)
    jaw = np.where(Y > cy, 1 + 0.16 * ((Y - cy) / 112) ** 2, 1)
    face = (np.abs((X - cx) / (rx / jaw)) ** 2.2 +
            np.abs((Y - cy) / 116) ** 2.2) ** (1 / 2.2)
    cover = soft(face, 0.025)
    put(page, cover, p["skin"])
    shade(page, cover * (16 * spot(145, 160, 70, 50) - 34 * spot(
        262, 230, 40, 110) - 20 * spot(88, 240, 24, 90) - 16 * spot(
        175, 330, 90, 22)))
    for x in (132, 218):
        page[..., 0] += cover * 14 * spot(x, 258, 30, 22)
    return cover


def eye(page, x, p):
    shade(page, -34 * spot(x, 200, 26, 13))
    white = soft(oval(x, 204, 18, 8.5, 1.8), 0.14)
    put(page, white, (238, 234, 230))
    put(page, white * soft(oval(x, 203, 8.4, 8.4), 0.15), p["iris"])
    put(page, soft(oval(x, 203, 3.8, 3.8), 0.3), (14, 12, 12))
    put(page, soft(oval(x - 2.5, 200.5, 1.5, 1.5), 0.6), (250, 250, 250))
    lid = np.exp(-((Y - 196 - 0.018 * (X - x) ** 2) / 2.0) ** 2)
    put(page, 0.85 * lid * (np.abs(X - x) < 20), (48, 34, 30))
    brow = np.exp(-((Y - p["brow"] - 0.012 * (X - x) ** 2) / 4.2) ** 2)
    put(page, 0.85 * brow * soft(oval(x, p["brow"], 29, 30), 0.2), p["hair"])


def nose_and_mouth(page, p):
    shade(page, -26 * spot(188, 235, 7, 32) + 20 * spot(174, 232, 5, 34))
    shade(page, -36 * spot(175, 266, 20, 5) + 14 * spot(174, 255, 10, 8))
    for x in (164, 186):
        shade(page, -50 * spot(x, 264, 5, 3))
    y = 290 + 0.004 * p["smile"] * -(X - 175) ** 2
    lip = soft(oval(175, 291, 34, 11, 1.7), 0.12)
    put(page, 0.7 * lip, np.float32(p["skin"]) * p["lip"])
    put(page, 0.8 * np.exp(-((Y - y) / 1.7) ** 2) * (np.abs(X - 175) < 33),
        (92, 46, 44))
    shade(page, -16 * spot(175, 309, 24, 5) + 10 * spot(175, 324, 20, 9))


def hair_front(page, p):
    cap = soft(oval(175, 170, 97 * p["wide"], 86, 2.3), 0.03)
    part = 136 + 14 * np.sin((X - 175 + p["part"]) / 38) + \
        0.0045 * (X - 175 - p["part"]) ** 2
    cap = cap * np.clip((part - Y) / 5 + 0.5, 0, 1)
    if p["style"]:
        side = soft(oval(175, 235, 104 * p["wide"], 150, 3), 0.03)
        side = side * (1 - soft(oval(175, 235, 80 * p["wide"], 160), 0.1))
        cap = np.maximum(cap, side * (Y > 120) * (Y < 200 + 70 * p["style"]))
    put(page, cap, p["hair"])
    strand = np.sin(X * 0.7 + 6 * np.sin(Y * 0.02)) * 9
    shade(page, cap * (strand + 26 * spot(140, 112, 60, 26)))


def extras(page, p, cover):
    if p["beard"]:
        area = soft(oval(175, 290, 78 * p["wide"], 62, 2.2), 0.2)
        area = area * (1 - soft(oval(175, 250, 58, 46), 0.3))
        put(page, 0.5 * area * cover, p["hair"])
    if p["glasses"]:
        for x in (132, 218):
            rim = np.abs(oval(x, 206, 33, 24, 2.6) - 1)
            put(page, np.clip(1.4 - rim / 0.05, 0, 1), (36, 32, 32))
        put(page, np.exp(-((Y - 200) / 2) ** 2) * (np.abs(X - 175) < 11),
            (36, 32, 32))


def features(rng, sex):
    """What makes this face another one."""
    man, tone = sex == "M", int(rng.integers(0, 4))
    return {
        "skin": SKIN[tone],
        "hair": HAIR[int(rng.integers(0, 5 - tone))],
        "coat": COAT[int(rng.integers(0, 5))],
        "iris": ((70, 92, 110), (84, 62, 40), (78, 98, 70))[
            int(rng.integers(0, 3))],
        "wide": rng.uniform(0.92, 1.06), "brow": rng.uniform(174, 181),
        "style": 0 if man else int(rng.integers(1, 3)),
        "part": rng.uniform(-45, 45), "smile": rng.uniform(0, 1.6),
        "lip": (0.86, 0.72, 0.7) if man else (0.86, 0.56, 0.58),
        "beard": man and rng.random() < 0.35, "glasses": rng.random() < 0.2,
    }


def draw(rng, sex):
    """A portrait of 35 x 45 mm, RGB."""
    p = features(rng, sex)
    page = np.full((H, W, 3), 226, np.float32)
    shade(page, -14 * (Y / H) + 8 * spot(120, 150, 160, 160))
    hair_behind(page, p)
    bust(page, p)
    cover = head(page, p)
    for x in (132, 218):
        eye(page, x, p)
    nose_and_mouth(page, p)
    hair_front(page, p)
    extras(page, p, cover)
    page += rng.normal(0, 3, (H, W, 1))
    image = Image.fromarray(np.clip(page, 0, 255).astype(np.uint8))
    return image.filter(ImageFilter.GaussianBlur(0.8))


def cutout(portrait, strength, edge="faded"):
    """Mask of a portrait: faded into its ground, or a rectangle with a soft
    or a sharp edge."""
    if edge == "faded":
        rim = np.clip((1.02 - oval(W / 2, H / 2, W / 2, H / 2, 3)) * 8, 0, 1)
    else:
        width = {"soft": 14.0, "sharp": 1.0}[edge]
        away = np.minimum(np.minimum(X, W - 1 - X), np.minimum(Y, H - 1 - Y))
        rim = np.clip((away + 1) / width, 0, 1)
    return Image.fromarray((rim * 255 * strength).astype(np.uint8))


def printed(face, look):
    """A portrait as the issuer's machine prints it: in colour, or engraved in
    grey, on its own ground."""
    if look["grey"]:
        face = Image.merge("RGB", [face.convert("L")] * 3)
    tint = Image.new("RGB", face.size, tuple(look["ground"]))
    return Image.blend(face, tint, look["veil"])
