"""EXIF blocks as cameras and as editing programs write them: maker, software,
time, and the small picture inside. No real maker is named."""

import io
import struct

from splits import one

MAKERS = (("Paraph Test", "Phone 3"), ("Paraph Test", "Phone 7 Plus"),
          ("Specimen Cameras", "S-100"))
TOOLS = ("Adobe Photoshop 24.0 (Windows)", "GIMP 2.10.34",
         "Paint.NET 5.0.11", "PicsArt", "Affinity Photo 2.1",
         "Snapseed 2.0")
ASCII, SHORT, LONG = 2, 3, 4


def entry(tag, kind, value, at):
    """One directory entry, and the bytes that stand elsewhere at `at`."""
    if kind == ASCII:
        data = value.encode() + b"\0"
        if len(data) <= 4:
            return struct.pack("<HHI4s", tag, kind, len(data), data), b""
        return struct.pack("<HHII", tag, kind, len(data), at), data
    shape = "<HHIHxx" if kind == SHORT else "<HHII"
    return struct.pack(shape, tag, kind, 1, value), b""


def directory(rows, start, following=0):
    """A directory that stands at `start`, with its data after it."""
    at, head, tail = start + 6 + 12 * len(rows), b"", b""
    for tag, kind, value in sorted(rows):
        row, data = entry(tag, kind, value, at + len(tail))
        head, tail = head + row, tail + data + b"\0" * (len(data) % 2)
    end = at + len(tail)
    return (struct.pack("<H", len(rows)) + head +
            struct.pack("<I", end if following else 0) + tail), end


def block(rows, small=None):
    """The APP1 payload; small is the JPEG of a thumbnail."""
    first, end = directory(rows, 8, following=bool(small))
    out = b"Exif\0\0II*\0" + struct.pack("<I", 8) + first
    if small:
        facts = [(0x0103, SHORT, 6), (0x0201, LONG, 0),
                 (0x0202, LONG, len(small))]
        _, place = directory(facts, end)
        facts[1] = (0x0201, LONG, place)
        out += directory(facts, end)[0] + small
    return out


def thumbnail(image):
    small = image.copy()
    small.thumbnail((160, 160))
    file = io.BytesIO()
    small.save(file, "JPEG", quality=70)
    return file.getvalue()


def rows(rng, software=None):
    maker, name = one(rng, MAKERS)
    when = "2026:%02d:%02d %02d:%02d:%02d" % (
        *rng.integers(1, 10, 1), *rng.integers(1, 28, 1),
        *rng.integers(7, 22, 1), *rng.integers(0, 60, 2))
    made = [(0x010F, ASCII, maker), (0x0110, ASCII, name),
            (0x0112, SHORT, 1), (0x0132, ASCII, when)]
    return made + [(0x0131, ASCII, software)] if software else made


def camera(rng, image):
    """What a telephone writes: its name, and a true thumbnail."""
    return block(rows(rng), thumbnail(image) if rng.random() < 0.7 else None)


def tool(rng, before):
    """What an editing program leaves: its name, and often the thumbnail of
    the picture before it was edited."""
    return block(rows(rng, one(rng, TOOLS)),
                 thumbnail(before) if rng.random() < 0.6 else None)
