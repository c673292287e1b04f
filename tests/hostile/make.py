#!/usr/bin/env python3
"""Writes broken pictures into a folder: each must end as unreadable, with no
crash of anything. They are made of nothing but this file; names say what is
wrong.

usage: make.py FOLDER
"""
import os
import struct
import sys
import zlib


def chunk(kind, body):
    return (struct.pack(">I", len(body)) + kind + body +
            struct.pack(">I", zlib.crc32(kind + body)))


def png(width, height, rows, depth=8, colour=2, interlace=0, extra=b""):
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0,
                       interlace)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra +
            chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def jpeg_head(width, height, parts=3, kind=0xc0):
    frame = struct.pack(">BHHB", 8, height, width, parts) + b"".join(
        bytes((i + 1, 0x11, 0)) for i in range(parts))
    table = b"\x00" + bytes([1] * 64)
    return (b"\xff\xd8\xff\xdb" + struct.pack(">H", 2 + len(table)) + table +
            b"\xff" + bytes([kind]) + struct.pack(">H", 2 + len(frame)) +
            frame)


def exif(body):
    block = b"Exif\0\0" + body
    return b"\xff\xe1" + struct.pack(">H", 2 + len(block)) + block


def row(width, level=255):
    return b"\0" + bytes([level]) * (3 * width)


def endless_scans():
    """A progressive file that says the same scan over and over."""
    table = b"\xff\xc4" + struct.pack(">H", 20) + b"\0" + bytes(
        [1] + [0] * 15) + b"\0"
    scan = b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, 1, 0, 0, 0, 0)
    return jpeg_head(4000, 4000, 1, 0xc2) + table + (scan + b"\0" * 8) * 900


FILES = {
    "empty.jpg": b"",
    "one_byte.png": b"\x89",
    "magic_only.jpg": b"\xff\xd8\xff",
    "magic_only.png": b"\x89PNG\r\n\x1a\n",
    "document.pdf": b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n",
    "webp.webp": b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0",
    "heads_without_a_body.jpg": jpeg_head(800, 600),
    "120_megapixels.jpg": jpeg_head(12000, 10000),
    "four_components.jpg": jpeg_head(800, 600, 4),
    "no_components.jpg": jpeg_head(800, 600, 0),
    "arithmetic.jpg": jpeg_head(800, 600, 3, 0xc9),
    "endless_scans.jpg": endless_scans(),
    "exif_points_outside.jpg": b"\xff\xd8" + exif(
        b"II*\0\xff\xff\xff\x7f") + jpeg_head(800, 600)[2:],
    "exif_says_a_million_entries.jpg": b"\xff\xd8" + exif(
        b"MM\0*\0\0\0\x08\xff\xff") + jpeg_head(800, 600)[2:],
    "marker_without_end.jpg": b"\xff\xd8\xff\xe0\xff\xff" + b"A" * 50,
    "4_gigapixels.png": png(65535, 65535, b"\0" * 1000),
    "no_width.png": png(0, 600, b"\0" * 1000),
    "bomb_of_a_row.png": png(800, 600, b"\0" * 50_000_000),
    "rows_end_early.png": png(800, 600, row(800) * 300),
    "not_compressed.png": (b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">IIBBBBB", 800, 600, 8, 2, 0, 0, 0)) +
        chunk(b"IDAT", b"not zlib at all")),
    "bad_checksum.png": png(800, 600, row(800) * 600)[:40] + b"XXXX" +
    png(800, 600, row(800) * 600)[44:],
    "huge_text.png": png(800, 600, b"", extra=chunk(
        b"zTXt", b"key\0\0" + zlib.compress(b"A" * 30_000_000, 9))),
    "interlaced_and_large.png": png(6000, 6000, b"\0" * 1000, interlace=1),
    "palette_without_colours.png": png(800, 600, (b"\0" + b"\xff" * 800) *
                                       600, colour=3),
    "white.png": png(800, 600, row(800) * 600),
    "black.png": png(800, 600, row(800, 0) * 600),
    "a_line.png": png(40000, 100, row(40000) * 100),
}


def main():
    os.makedirs(sys.argv[1], exist_ok=True)
    for name, content in FILES.items():
        with open(os.path.join(sys.argv[1], name), "wb") as file:
            file.write(content)


if __name__ == "__main__":
    main()
