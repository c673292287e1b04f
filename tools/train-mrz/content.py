"""What the training lines say.

Two thirds look like real zones, so that runs of `<`, dates and names are
common; the rest is noise, so that the network learns glyphs and not a
language: it must read a forged or foreign line as it stands.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../specimen"))
import mrz  # noqa: E402

LENGTHS = (44, 36, 30)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
ALIKE = ("0O", "0O", "0ODQ", "1I", "1I7LT", "2Z", "2Z7", "5S", "5S", "8B",
         "8B3", "6G", "6GC", "UV", "VY", "MWHN", "KX<", "PRF", "CGE<", "AR4")


def pick(rng, chars, count):
    return "".join(chars[i] for i in rng.integers(0, len(chars), count))


def word(rng):
    """A pronounceable word, or now and then any letters."""
    count = int(rng.integers(2, 12))
    if rng.random() < 0.3:
        return pick(rng, LETTERS, count)
    pairs = [pick(rng, "BCDFGHJKLMNPRSTVWZ", 1) + pick(rng, "AEIOUY", 1)
             for _ in range(count // 2 + 1)]
    return "".join(pairs)[:count]


def name(rng, width):
    words = [word(rng) for _ in range(int(rng.integers(2, 5)))]
    cut = int(rng.integers(1, len(words)))
    text = "<".join(words[:cut]) + "<<" + "<".join(words[cut:])
    return mrz.pad(text, width)


def date(rng):
    y, m, d = rng.integers((0, 1, 1), (100, 13, 32))
    return "%02d%02d%02d" % (y, m, d)


def number(rng):
    count = int(rng.integers(6, 10))
    return pick(rng, LETTERS * int(rng.integers(0, 2)) + DIGITS, count)


def optional(rng):
    count = int(rng.integers(1, 12))
    return pick(rng, LETTERS + DIGITS, count) if rng.random() < 0.4 else ""


def person(rng):
    state = pick(rng, LETTERS, 3) if rng.random() < 0.85 else "D<<"
    return {"code": pick(rng, "IAC", 1) + pick(rng, "<D" + LETTERS, 1),
            "subtype": pick(rng, "<<<" + LETTERS, 1),
            "issuer": state, "nationality": state, "number": number(rng),
            "birth": date(rng), "expiry": date(rng), "sex": pick(rng, "MF<", 1),
            "optional": optional(rng), "optional2": optional(rng),
            "surname": word(rng), "given": word(rng) + " " + word(rng),
            "office": pick(rng, DIGITS, 6)}


def zone_line(rng, width):
    """One line of an ordinary zone, names included."""
    if rng.random() < 0.2:
        return name(rng, width)
    d = person(rng)
    if width == 36 and rng.random() < 0.4:
        d["number"] = pick(rng, DIGITS, 12)
        return mrz.fra2(d)[int(rng.integers(0, 2))]
    kind = {44: "td3", 36: "td2", 30: "td1"}[width]
    lines = mrz.LINES[kind](d)
    return lines[int(rng.integers(0, len(lines)))]


def noise_line(rng, width):
    """Any characters, look-alikes side by side, runs of `<` anywhere."""
    text = ""
    while len(text) < width:
        kind = rng.random()
        count = int(rng.integers(1, 7))
        if kind < 0.35:
            text += pick(rng, mrz.ALPHABET, count)
        elif kind < 0.75:
            text += pick(rng, ALIKE[int(rng.integers(0, len(ALIKE)))], count)
        elif kind < 0.85:
            text += pick(rng, mrz.ALPHABET, 1) * count
        else:
            text += "<" * int(rng.integers(1, 16))
    return text[:width]


def line(rng, width):
    return zone_line(rng, width) if rng.random() < 0.65 else \
        noise_line(rng, width)
