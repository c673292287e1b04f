#!/usr/bin/env python3
"""Draws the pictures of a film for the mock: python3 film.py face|document|compared

Writes to standard output, for each picture, a line "mark time_ms width height
size" and its JPEG bytes. Made from the invented holder of the specimen card:
moved about, it is no test of anything but the pages.
"""
import io
import math
import os
import sys

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

SPECIMENS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tests/specimens")
FRAME, PORTRAIT, FRONT, BACK, STILL_FRONT, STILL_BACK, FACE = range(7)
PORTRAIT_BOX = (172, 415, 572, 925)
GHOST_BOX = (1300, 680, 1460, 900)
CARD_BOX = (112, 212, 1536, 1112)


def load(name):
    return Image.open(os.path.join(SPECIMENS, name)).convert("RGB")


def put(mark, ms, picture):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=72)
    head = "%d %d %d %d %d\n" % (mark, ms, picture.width, picture.height, out.tell())
    sys.stdout.buffer.write(head.encode() + out.getvalue())


def bump(t, at, wide=0.9):
    return math.exp(-((t - at) / wide) ** 4)


def room():
    picture = Image.new("RGB", (640, 480), (196, 190, 180))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 330, 640, 480), fill=(150, 128, 104))
    draw.rectangle((430, 40, 600, 250), fill=(222, 232, 240), outline=(240, 240, 236), width=9)
    draw.rectangle((30, 70, 170, 330), fill=(120, 92, 70))
    return picture.filter(ImageFilter.GaussianBlur(5))


def head():
    face = load("demo_card_front.jpg").crop(PORTRAIT_BOX).resize((280, 357))
    mask = Image.new("L", face.size, 0)
    draw = ImageDraw.Draw(mask)
    draw.rounded_rectangle((42, 40, 240, 300), 90, fill=255)
    draw.ellipse((20, 250, 262, 420), fill=255)
    return face, mask.filter(ImageFilter.GaussianBlur(3))


def pose(t):
    """Turn, nod, mouth and nearness at a time, as the prompts below ask."""
    return (bump(t, 4) * -1 + bump(t, 8.2) * 1 + 0.05 * math.sin(t * 2), bump(t, 6.1), 1 + 0.3 * bump(t, 10.3))


def face_frame(t, ground, face, mask):
    turn, nod, near = pose(t)
    wide = int(280 * near * (1 - 0.2 * abs(turn)))
    high = int(357 * near)
    lean = turn * 0.12
    shape = (1, lean, -lean * 150, 0, 1, nod * 14)
    one = face.transform(face.size, Image.AFFINE, shape, Image.BILINEAR).resize((wide, high))
    soft = mask.transform(mask.size, Image.AFFINE, shape, Image.BILINEAR).resize((wide, high))
    frame = ground.copy()
    left = int(320 - wide / 2 + turn * 30 + 4 * math.sin(t * 1.3))
    frame.paste(one, (left, int(70 - nod * 22 - (near - 1) * 110 + 3 * math.cos(t))), soft)
    return ImageEnhance.Brightness(frame).enhance(0.95 + 0.03 * math.sin(t * 0.7))


def film_face():
    ground = room()
    face, mask = head()
    frames = [face_frame(i / 10, ground, face, mask) for i in range(122)]
    for i, frame in enumerate(frames):
        put(FRAME, i * 100, frame)
    for ms in (1200, 4000, 10300):
        put(PORTRAIT, ms, frames[ms // 100].crop((160, 40, 480, 440)))


def quad(width, height, sideways, lengthwise):
    """The card's corners on the frame, seen tilted."""
    across = width / 2 * (1 - 0.3 * abs(sideways))
    along = height / 2 * (1 - 0.3 * abs(lengthwise))
    a = 0.14 * sideways
    b = 0.14 * lengthwise
    return [(320 - across * (1 + b), 240 - along * (1 + a)), (320 + across * (1 + b), 240 - along * (1 - a)),
            (320 + across * (1 - b), 240 + along * (1 - a)), (320 - across * (1 - b), 240 + along * (1 + a))]


def warp(card, corners, size):
    """The perspective that lays a card onto corners of a frame."""
    import numpy
    rows, values = [], []
    ends = [(0, 0), (card.width, 0), (card.width, card.height), (0, card.height)]
    for (x, y), (u, v) in zip(corners, ends):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    shape = numpy.linalg.solve(numpy.array(rows, float), numpy.array(values, float))
    return card.transform(size, Image.PERSPECTIVE, tuple(shape), Image.BILINEAR)


def shiny(card, angle):
    """A star that runs through the colours: what a tilt is for."""
    one = card.copy()
    draw = ImageDraw.Draw(one, "RGBA")
    hue = int((angle + 1) * 127) % 255
    colour = Image.new("HSV", (1, 1), (hue, 150, 240)).convert("RGB").getpixel((0, 0))
    points = []
    for i in range(10):
        far = 62 if i % 2 else 26
        points.append((500 + far * math.cos(i * math.pi / 5), 120 + far * math.sin(i * math.pi / 5)))
    draw.polygon(points, fill=colour + (150,))
    return one


def film_document():
    front = load("demo_card_front.jpg").crop(CARD_BOX).resize((640, 404))
    back = load("demo_card_back.jpg").crop(CARD_BOX).resize((640, 404))
    solid = Image.new("L", front.size, 255)
    ground = room()
    for i in range(128):
        t = i / 10
        sideways = math.sin((t - 2.8) * 2.1) if 2.8 < t < 5.8 else 0
        lengthwise = math.sin((t - 6) * 2.1) if 6 < t < 9 else 0
        side = back if t > 9.6 else shiny(front, sideways + lengthwise)
        corners = quad(470, 297, sideways, lengthwise)
        frame = ground.copy()
        frame.paste(warp(side, corners, frame.size), (0, 0), warp(solid, corners, frame.size))
        put(FRAME, i * 100, frame)
    put(FRONT, 1500, front)
    put(BACK, 11000, back)


def film_compared():
    card = load("demo_card_front.jpg")
    ground = room()
    face, mask = head()
    put(FACE, 0, card.crop(PORTRAIT_BOX).crop((40, 60, 360, 380)).resize((224, 224)))
    put(FACE, 0, card.crop(GHOST_BOX).crop((10, 10, 150, 150)).resize((224, 224)))
    for ms in (1200, 10300):
        frame = face_frame(ms / 1000, ground, face, mask)
        put(FACE, ms, frame.crop((205, 90, 435, 320)).resize((224, 224)))


{"face": film_face, "document": film_document, "compared": film_compared}[sys.argv[1]]()
