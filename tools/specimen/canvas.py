"""A page in millimetres: text, fields, pictures. Everything drawn as a field
is remembered, so that the truth beside a picture is what was really inked."""

import dataclasses
import functools

from PIL import Image, ImageDraw, ImageFilter, ImageFont

import zone

INK = (28, 28, 38)


@functools.lru_cache(maxsize=256)
def font(path, pixels):
    return ImageFont.truetype(path, max(4, pixels))


@dataclasses.dataclass
class Field:
    """A printed value: how it was set, and its box in millimetres."""
    text: str
    x: float
    y: float        # of the baseline
    size: float     # of the body
    face: str       # file of the type face
    ink: tuple
    width: float

    @property
    def box(self):
        return (self.x, self.y - 0.75 * self.size, self.x + self.width,
                self.y + 0.25 * self.size)


@dataclasses.dataclass
class Line:
    """A line of the machine-readable zone, centred at y."""
    text: str
    x: float
    y: float
    pitch: float

    @property
    def box(self):
        return (self.x, self.y - 1.38, self.x + len(self.text) * self.pitch,
                self.y + 1.38)


class Page:
    """An RGB page of width x height mm at `scale` pixels a millimetre, and
    all that is known of it. Boxes are in millimetres."""

    def __init__(self, width, height, scale, faces):
        self.width, self.height, self.scale = width, height, scale
        self.image = Image.new("RGB", (self.px(width), self.px(height)))
        self.faces = faces          # use of a type face: its file
        self.ground = None          # the artwork below text and portrait
        self.fields, self.lines = {}, []
        self.ink, self.soft = INK, 0.0      # of what is printed on the artwork
        self.struck = Image.new("L", self.image.size, 0)
        self.portrait = self.ghost = None
        self.barcodes, self.forged, self.word = [], [], None
        self.sheet = None           # margins of the paper a copy lies on
        self.radius = 3.1           # of its corners

    def px(self, mm):
        return int(round(mm * self.scale))

    def pixels(self, box):
        return tuple(self.px(v) for v in box)

    def measure(self, text, size, face):
        return font(face, self.px(size)).getlength(text) / self.scale

    def text(self, x, y, text, size, use="label", ink=INK, image=None):
        """Text with its baseline at y and a body of `size` mm; its width."""
        face = self.faces.get(use, use)
        draw = ImageDraw.Draw(image or self.image)
        draw.text((x * self.scale, y * self.scale), text, ink,
                  font(face, self.px(size)), anchor="ls")
        return self.measure(text, size, face)

    def fitted(self, text, size, use, room):
        """The largest size up to `size` at which text fits its room."""
        wide = self.measure(text, size, self.faces.get(use, use))
        return size if wide <= room else max(0.62 * size, size * room / wide)

    def field(self, name, x, y, text, size=3.2, use="value"):
        """A value that the truth must hold; inked by `strike`."""
        width = self.text(x, y, text, size, use, 255, self.struck)
        self.fields[name] = Field(text, x, y, size, self.faces.get(use, use),
                                  self.ink, width)

    def strike(self, cover=1.0):
        """Print all fields, as soft as this issuer's printer is."""
        mask = self.struck
        if self.soft > 0.05:
            mask = mask.filter(ImageFilter.GaussianBlur(self.soft))
        self.image.paste(self.ink, (0, 0), mask.point(
            [int(v * cover) for v in range(256)]))

    def paste(self, picture, x, y, width, mask=None):
        """A picture `width` mm wide with its top left corner at x, y."""
        w = self.px(width)
        size = (w, round(w * picture.height / picture.width))
        mask = mask and mask.resize(size, Image.BILINEAR)
        self.image.paste(picture.resize(size, Image.HAMMING),
                         (self.px(x), self.px(y)), mask)

    def zone(self, lines, x, centres, style):
        """The machine-readable zone, each line centred at its height."""
        for text, y in zip(lines, centres):
            line = Line(text, x, y, style["pitch"])
            zone.ink(self.image, self.scale, line, style)
            self.lines.append(line)

    def freeze(self):
        """Remember the artwork as it is now, before it is printed on."""
        self.ground = self.image.copy()
