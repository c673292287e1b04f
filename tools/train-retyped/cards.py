"""Lines of print as opacities: what a page is printed with (at twice the
picture's size), and what an image library sets over it (at the picture's own
pixels)."""

import glob
import os
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

# what prepare.py wrote
DATA = os.environ.get("RETYPED_DATA",
                      os.path.dirname(os.path.abspath(__file__)))
FONTS = sorted(glob.glob(os.path.join(DATA, "fonts/*.?tf")))
TUNE_FONTS, TRAIN_FONTS = FONTS[-14:], FONTS[:-14]
HIGH, WIDE = 96, 192
LINES = 8       # of a card; the last one is empty ground
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NAMES = ("Anna Maria Jan Peter Nowak Schmidt Garcia Rossi Dubois Ivanova "
         "Kowalska Silva Jensen Virtanen Horvat Popescu Tamm Kask Berzins "
         "Murphy Smith Andersson Nagy Novotna Katharina Aleksander").split()


class Cache:
    def __init__(self):
        self.at = {}

    def get(self, path, size):
        key = path, size
        if key not in self.at:
            if len(self.at) > 400:
                self.at.clear()
            self.at[key] = ImageFont.truetype(path, size)
        return self.at[key]


def words(rnd):
    kind = rnd.random()
    if kind < .35:
        a = [rnd.randint(1, 28), rnd.randint(1, 12), rnd.randint(1930, 2035)]
        sign = rnd.choice((".", ".", " ", "/", "-"))
        if rnd.random() < .3:
            return "%02d %s %04d" % (a[0], rnd.choice(
                ("JAN", "FEB", "MAR", "APR", "MAI", "JUN", "OCT")), a[2])
        return "%02d%s%02d%s%04d" % (a[0], sign, a[1], sign, a[2])
    if kind < .6:
        return "".join(rnd.choice(LETTERS if rnd.random() < .3 else
                                  "0123456789") for _ in range(
                                      rnd.randint(6, 11)))
    text = " ".join(rnd.choice(NAMES) for _ in range(rnd.randint(1, 2)))
    return text.upper() if rnd.random() < .7 else text


def drawn(font, text, x, y, shape):
    im = Image.new("L", (shape[1], shape[0]), 0)
    ImageDraw.Draw(im).text((x, y), text, 255, font, anchor="ls")
    return np.asarray(im)


def card(rnd, fonts, cache):
    cap = float(np.exp(rnd.uniform(np.log(8.5), np.log(34))))
    face, other = rnd.choice(fonts), rnd.choice(fonts)
    page = np.zeros((LINES, 2 * HIGH, 2 * WIDE), np.uint8)
    typed = np.zeros((LINES, HIGH, WIDE), np.uint8)
    boxes = np.zeros((LINES, 4), np.int16)
    digit = np.zeros(LINES, np.uint8)
    odd = np.zeros(LINES, np.uint8)
    few = rnd.random() < .3
    for i in range(LINES):
        size, path = cap, face
        if rnd.random() < (.1 if few else .3):
            size *= rnd.uniform(.75, 1.35)
            odd[i] = 1
            path = other if rnd.random() < .6 else face
        text = words(rnd)
        big = cache.get(path, max(8, int(round(2 * size / .71))))
        long = big.getlength(text) / 2
        x = WIDE / 2 - long / 2 + rnd.uniform(-12, 12)
        if long > 110 and rnd.random() < .6:
            x = WIDE / 2 - rnd.uniform(0, 1) * long
        y = HIGH / 2 + size / 2 + rnd.uniform(-5, 5)
        if i < LINES - 1:
            page[i] = drawn(big, text, 2 * x, 2 * y, page.shape[1:])
        new, path2 = words(rnd), path
        if rnd.random() < .6:
            path2 = rnd.choice(fonts)
        if rnd.random() < .5:
            new = text
        k = cache.get(path2, max(5, int(round(
            size * rnd.choice((1, 1, rnd.uniform(.9, 1.1))) / .71))))
        a = size * .3
        if rnd.random() < .25:     # a letter or two
            at = rnd.randint(0, len(text) - 1)
            for _ in range(12):
                left = x + big.getlength(text[:at]) / 2
                if WIDE * .3 < left < WIDE * .65 and text[at] != " ":
                    break
                at = rnd.randint(0, len(text) - 1)
            digit[i] = 1
            sign = rnd.choice("0123456789" if text[at].isdigit() else LETTERS)
            right = x + big.getlength(text[:at + 1]) / 2
            typed[i] = drawn(k, sign, left, y, typed.shape[1:])
            box = left - 1, y - size - a * .6, right + 1, y + a * .6
        else:
            moved = x + rnd.uniform(-2, 2)
            sub = rnd.random() < .3
            typed[i] = drawn(k, new, moved if sub else int(moved),
                             int(round(y + rnd.uniform(-1, 1))),
                             typed.shape[1:])
            right = max(x + long, moved + k.getlength(new))
            box = (x - a - rnd.uniform(0, 4), y - size - a - rnd.uniform(0, 4),
                   right + a + rnd.uniform(0, 4), y + a + rnd.uniform(0, 4))
        boxes[i] = np.clip(np.round(box), -400, 600)
    return dict(page=page, typed=typed, boxes=boxes, digit=digit, odd=odd,
                cap=np.float32(cap))


def work(seed, fonts, out, most):
    rnd, cache = random.Random(seed), Cache()
    for _ in range(most):
        out.put([card(rnd, fonts, cache) for _ in range(16)])
