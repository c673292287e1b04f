"""Type faces by use. A style names one family for each use; final-test seeds
draw only the styles held out from all others."""

import functools

from PIL import ImageFont

from splits import allowed, one

T = "/usr/share/fonts/truetype/"
DEJAVU, LIBERATION = T + "dejavu/DejaVu", T + "liberation/Liberation"
ROBOTO, OPEN = T + "roboto/unhinted/Roboto", T + "open-sans/OpenSans-"
CARLITO, FREE = T + "crosextra/Carlito-", T + "freefont/Free"
COURIER = "/usr/share/fonts/opentype/courier-prime/Courier Prime"

# use, labels, values, plain values, headings. Each covers Latin; those marked
# `wide` also Greek and Cyrillic.
STYLES = (
    ("all", "wide", LIBERATION + "Sans-Regular.ttf",
     LIBERATION + "Sans-Bold.ttf", LIBERATION + "Sans-Regular.ttf",
     LIBERATION + "Serif-Bold.ttf"),
    ("all", "wide", DEJAVU + "SansCondensed.ttf",
     DEJAVU + "SansCondensed-Bold.ttf", DEJAVU + "SansCondensed.ttf",
     DEJAVU + "SerifCondensed-Bold.ttf"),
    ("all", "wide", LIBERATION + "SansNarrow-Regular.ttf",
     LIBERATION + "SansNarrow-Bold.ttf", LIBERATION + "Sans-Regular.ttf",
     LIBERATION + "Sans-Bold.ttf"),
    ("all", "wide", ROBOTO + "TTF/Roboto-Regular.ttf",
     ROBOTO + "TTF/Roboto-Medium.ttf", ROBOTO + "TTF/Roboto-Regular.ttf",
     ROBOTO + "TTF/Roboto-Bold.ttf"),
    ("all", "wide", ROBOTO + "Condensed-Regular.ttf",
     ROBOTO + "Condensed-Bold.ttf", ROBOTO + "Condensed-Regular.ttf",
     LIBERATION + "Serif-Bold.ttf"),
    ("all", "wide", DEJAVU + "Sans.ttf", LIBERATION + "Mono-Bold.ttf",
     LIBERATION + "Mono-Regular.ttf", DEJAVU + "Sans-Bold.ttf"),
    ("all", "wide", LIBERATION + "Sans-Regular.ttf", DEJAVU + "SansMono.ttf",
     DEJAVU + "SansMono.ttf", LIBERATION + "Serif-Bold.ttf"),
    ("all", "wide", LIBERATION + "Serif-Regular.ttf",
     LIBERATION + "Serif-Bold.ttf", LIBERATION + "Serif-Regular.ttf",
     LIBERATION + "Serif-Bold.ttf"),
    ("all", "latin", LIBERATION + "Sans-Regular.ttf", COURIER + " Bold.otf",
     COURIER + ".otf", LIBERATION + "Serif-Bold.ttf"),
    ("held", "wide", OPEN + "Regular.ttf", OPEN + "Semibold.ttf",
     OPEN + "Regular.ttf", OPEN + "Bold.ttf"),
    ("held", "wide", CARLITO + "Regular.ttf", CARLITO + "Bold.ttf",
     CARLITO + "Regular.ttf", FREE + "SerifBold.ttf"),
    ("held", "wide", FREE + "Sans.ttf", FREE + "SansBold.ttf",
     FREE + "Sans.ttf", FREE + "SansBold.ttf"),
    ("held", "wide", FREE + "Sans.ttf", FREE + "MonoBold.ttf",
     FREE + "Mono.ttf", FREE + "SerifBold.ttf"),
)
USES = ("label", "value", "plain", "heading")


def files(split):
    """Every type face that this split may draw."""
    return {path for row in allowed(STYLES, split) for path in row[2:]}


def choose(rng, split, script="latin"):
    """Type faces of one specimen, by use."""
    rows = [row for row in allowed(STYLES, split)
            if script == "latin" or row[1] == "wide"]
    return dict(zip(USES, one(rng, rows)[2:]))


@functools.lru_cache(maxsize=None)
def has(path, char):
    """Whether a face has a glyph: one that differs from its empty box."""
    face = ImageFont.truetype(path, 40)
    return bytes(face.getmask(char)) != bytes(face.getmask("\uffff"))
