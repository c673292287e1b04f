"""Packaged typefaces: those to train with, and those kept for the test."""

import functools
import glob
import os

from PIL import ImageFont

import content
from alphabet import GLYPHS

ROOT = os.environ.get("FONTS", "/usr/share/fonts/")
TRAIN = """
opentype/urw-base35/Nimbus*.otf opentype/urw-base35/C059-[BR]*.otf
opentype/urw-base35/P052-[BR]*.otf opentype/urw-base35/URWGothic-*.otf
opentype/freefont/Free*.otf truetype/open-sans/OpenSans-*.ttf
truetype/roboto/unhinted/RobotoCondensed-*.ttf
truetype/roboto/unhinted/RobotoTTF/Roboto-[BRLM]*.ttf
truetype/lato/Lato-[BRMSL]*.ttf truetype/crosextra/C*.ttf
opentype/cantarell/Cantarell-[BRL]*.otf opentype/inter/Inter-[BRMS]*.otf
opentype/linux-libertine/LinBiolinum_R*.otf
opentype/linux-libertine/LinLibertine_R*.otf
truetype/noto/NotoSans-*.ttf truetype/noto/NotoSerif-*.ttf
truetype/noto/NotoSansDisplay-*.ttf truetype/noto/NotoSansMono-*.ttf
truetype/noto/NotoMono-Regular.ttf truetype/hack/Hack-*.ttf
opentype/courier-prime/Courier*.otf
truetype/gnutypewriter/GNUTypewriter.ttf truetype/oxygen/Oxygen*.ttf
opentype/b612/B612*.otf opentype/play/Play-*.otf truetype/play/Play*.ttf
opentype/dosis/Dosis-[BMS]*.otf
truetype/jetbrains-mono/JetBrainsMono-[BRM]*.ttf
opentype/ocr-b/OCRB*.otf truetype/ocr-a/OCRA.ttf
truetype/adf/UniversalisADFStd-*.otf truetype/adf/SwitzeraADF-*.otf
truetype/adf/GilliusADF-*.otf truetype/adf/Verana*.otf
truetype/opendin/OSP-DIN.ttf truetype/clear-sans/ClearSans-[BRM]*.ttf
truetype/tiresias/*.ttf opentype/roboto/slab/RobotoSlab-[BRL]*.otf
fonts-go/Go-[BRM]*.ttf truetype/inconsolata/Inconsolata.otf
truetype/anonymous-pro/Anonymous*.ttf truetype/manrope/Manrope-*.ttf
truetype/gentiumplus/GentiumPlus-*.ttf truetype/vollkorn/Vollkorn-[RB]*.otf
truetype/vollkorn/Vollkorn-[RB]*.ttf
opentype/mplus/Mplus1-[RBML]*.otf truetype/firacode/FiraCode-*.ttf
opentype/bebas-neue/BebasNeue-*.otf
opentype/yanone-kaffeesatz/YanoneKaffeesatz-[RBL]*.otf
opentype/stix-word/STIX-*.otf
""".split()
TEST = """
truetype/liberation/Liberation*.ttf truetype/dejavu/DejaVuS*[BCdFiso].ttf
truetype/paratype/PT[SFC]*.ttf opentype/cabin/Cabin-[BRM]*.otf
""".split()
ITALIC = ("Italic", "Oblique", "Ital", "-I.", "_RI", "_RBI", "56F", "76F")
CAPITAL = 30        # pixels, as rendered
# drawn now and then for a class that looks the same (content.drawn)
VARIANTS = "şţŞŢ’‘–·º[]|"
OTHERS = "".join(content.FOREIGN)


def files(patterns, root=ROOT):
    """Upright faces twice more, so that slanted ones are the fewer; each
    also with old-style figures where subset.py made that."""
    found = [path for pattern in patterns
             for path in sorted(glob.glob(root + pattern))]
    upright = [p for p in found if not any(
        mark in os.path.basename(p) for mark in ITALIC)]
    return found + 2 * upright


@functools.lru_cache(maxsize=None)
def sized(path, size):
    return ImageFont.truetype(path, size)


@functools.lru_cache(maxsize=None)
def glyphs_of(path):
    """How high a capital is at size 200, and the glyphs of a face."""
    probe = sized(path, 200)
    font = sized(path, 40)
    none = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    held = {" "}
    for glyph in GLYPHS[:-1] + VARIANTS + OTHERS:
        mask = font.getmask(glyph)
        if mask.getbbox() and (mask.getbbox(), bytes(mask)) != none:
            held.add(glyph)
    return -probe.getbbox("H", anchor="ls")[1], frozenset(held)


def face(path, share=1):
    """A face whose capitals are that share of CAPITAL pixels high, and its
    glyphs."""
    high, held = glyphs_of(path)
    return sized(path, max(6, round(200 * CAPITAL * share / high))), held


def choose(rng, paths, text):
    """A face that has every letter of the text; None after many tries."""
    for _ in range(20):
        path = paths[int(rng.integers(0, len(paths)))]
        if set(text) <= glyphs_of(path)[1]:
            return path
    return None


SMALL_PRINT = files(TRAIN[:1])
