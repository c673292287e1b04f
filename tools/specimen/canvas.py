"""A page in millimetres: text, fields, pictures. Everything drawn as a field
is remembered, so that the truth beside a picture is what was really inked."""

import functools

from PIL import Image, ImageDraw, ImageFont

SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSansCondensed"
FACES = {
    "label": "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "field": "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
    "plain": SANS + ".ttf", "bold": SANS + "-Bold.ttf",
    "serif": "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf",
    "mono": "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
    "ocrb": "/usr/share/fonts/opentype/ocr-b/OCRB.otf",
}
OCRB_PITCH = 2.54
OCRB_ADVANCE = 0.723
INK = (28, 28, 38)


@functools.lru_cache(maxsize=None)
def font(face, pixels):
    return ImageFont.truetype(FACES[face], pixels)


class Canvas:
    """An RGB page of width x height mm at `scale` pixels a millimetre."""

    def __init__(self, width, height, scale):
        self.width, self.height, self.scale = width, height, scale
        self.image = Image.new("RGB", (self.px(width), self.px(height)))
        self.fields, self.lines = {}, []

    def px(self, mm):
        return int(round(mm * self.scale))

    def text(self, x, y, text, size, face="label", ink=INK):
        """Text with its baseline at y and a body of `size` mm."""
        draw = ImageDraw.Draw(self.image)
        draw.text((x * self.scale, y * self.scale), text, ink,
                  font(face, self.px(size)), anchor="ls")
        return font(face, self.px(size)).getlength(text) / self.scale

    def label(self, x, y, text, ink=(70, 85, 120)):
        self.text(x, y, text, 1.75, "label", ink)

    def field(self, name, x, y, text, size=3.2, face="field"):
        """A value that the truth must hold, with its box in mm."""
        width = self.text(x, y, text, size, face)
        box = [x, y - 0.75 * size, x + width, y + 0.25 * size]
        self.fields[name] = {"text": text, "box": [round(v, 2) for v in box]}

    def labelled(self, name, x, y, label, text, size=3.2, face="field"):
        self.label(x, y, label)
        self.field(name, x, y + size + 0.3, text, size, face)

    def paste(self, picture, x, y, width, mask=None):
        """A picture `width` mm wide with its top left corner at x, y."""
        w = self.px(width)
        size = (w, round(w * picture.height / picture.width))
        mask = mask and mask.resize(size, Image.LANCZOS)
        self.image.paste(picture.resize(size, Image.LANCZOS),
                         (self.px(x), self.px(y)), mask)

    def mrz(self, lines, x, centres):
        """OCR-B lines at 2.54 mm, each centred at its height."""
        size = OCRB_PITCH / OCRB_ADVANCE
        draw = ImageDraw.Draw(self.image)
        face = font("ocrb", self.px(size))
        for text, centre in zip(lines, centres):
            y = (centre + OCRB_PITCH / 2) * self.scale
            for i, char in enumerate(text):
                left = (x + i * OCRB_PITCH) * self.scale
                draw.text((left, y), char, (16, 16, 20), face, anchor="ls")
            self.lines.append({"text": text, "x0": x, "y": centre,
                               "x1": round(x + len(text) * OCRB_PITCH, 2)})
