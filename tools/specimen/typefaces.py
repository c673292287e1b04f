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

# split, labels, values, plain values, headings. Each covers Latin; which of
# them a country may have is seen by their glyphs.
STYLES = (
    ("all", LIBERATION + "Sans-Regular.ttf",
     LIBERATION + "Sans-Bold.ttf", LIBERATION + "Sans-Regular.ttf",
     LIBERATION + "Serif-Bold.ttf"),
    ("all", DEJAVU + "SansCondensed.ttf",
     DEJAVU + "SansCondensed-Bold.ttf", DEJAVU + "SansCondensed.ttf",
     DEJAVU + "SerifCondensed-Bold.ttf"),
    ("all", LIBERATION + "SansNarrow-Regular.ttf",
     LIBERATION + "SansNarrow-Bold.ttf", LIBERATION + "Sans-Regular.ttf",
     LIBERATION + "Sans-Bold.ttf"),
    ("all", ROBOTO + "TTF/Roboto-Regular.ttf",
     ROBOTO + "TTF/Roboto-Medium.ttf", ROBOTO + "TTF/Roboto-Regular.ttf",
     ROBOTO + "TTF/Roboto-Bold.ttf"),
    ("all", ROBOTO + "Condensed-Regular.ttf",
     ROBOTO + "Condensed-Bold.ttf", ROBOTO + "Condensed-Regular.ttf",
     LIBERATION + "Serif-Bold.ttf"),
    ("all", DEJAVU + "Sans.ttf", LIBERATION + "Mono-Bold.ttf",
     LIBERATION + "Mono-Regular.ttf", DEJAVU + "Sans-Bold.ttf"),
    ("all", LIBERATION + "Sans-Regular.ttf", DEJAVU + "SansMono.ttf",
     DEJAVU + "SansMono.ttf", LIBERATION + "Serif-Bold.ttf"),
    ("all", LIBERATION + "Serif-Regular.ttf",
     LIBERATION + "Serif-Bold.ttf", LIBERATION + "Serif-Regular.ttf",
     LIBERATION + "Serif-Bold.ttf"),
    ("all", LIBERATION + "Sans-Regular.ttf", COURIER + " Bold.otf",
     COURIER + ".otf", LIBERATION + "Serif-Bold.ttf"),
    ("held", OPEN + "Regular.ttf", OPEN + "Semibold.ttf",
     OPEN + "Regular.ttf", OPEN + "Bold.ttf"),
    ("held", CARLITO + "Regular.ttf", CARLITO + "Bold.ttf",
     CARLITO + "Regular.ttf", FREE + "SerifBold.ttf"),
    ("held", FREE + "Sans.ttf", FREE + "SansBold.ttf",
     FREE + "Sans.ttf", FREE + "SansBold.ttf"),
    ("held", FREE + "Sans.ttf", FREE + "MonoBold.ttf",
     FREE + "Mono.ttf", FREE + "SerifBold.ttf"),
)
USES = ("label", "value", "plain", "heading")


def files(split):
    """Every type face that this split may draw."""
    return {path for row in allowed(STYLES, split) for path in row[1:]}


def choose(rng, split, text=""):
    """Type faces of one specimen, by use, of those that can write `text`."""
    rows = [row for row in allowed(STYLES, split) if writes(row, text)]
    if not rows:
        raise ValueError("no type face of `%s` has all letters of a country: "
                         "STYLES in typefaces.py wants one more" % split)
    return dict(zip(USES, one(rng, rows)[1:]))


@functools.lru_cache(maxsize=None)
def writes(row, text):
    """Whether all faces of a row have all letters of a text."""
    return all(has(path, char) for path in set(row[1:])
               for char in set(filter(str.isalpha, text)))


@functools.lru_cache(maxsize=None)
def has(path, char):
    """Whether a face has a glyph: one that differs from its empty box."""
    face = ImageFont.truetype(path, 40)
    return bytes(face.getmask(char)) != bytes(face.getmask("\uffff"))
