#!/usr/bin/env python3
"""Writes broken and malicious pictures into a folder: each must end as
unreadable, soon, in little memory, with no crash of anything. They are made of
nothing but this file; names say what is wrong.

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


def whole_jpeg(width, height, kind=0xc0, parts=1, depth=8):
    """Every block of it grey, in one bit each: a picture of any size, whole
    and valid, in a few bytes a row of blocks."""
    dc = b"\xff\xc4" + struct.pack(">H", 20) + b"\x00" + bytes(
        [1] + [0] * 15) + b"\x00"
    ac = b"\xff\xc4" + struct.pack(">H", 20) + b"\x10" + bytes(
        [1] + [0] * 15) + b"\x00"
    scan = b"\xff\xda" + struct.pack(">HB", 6 + 2 * parts, parts) + b"".join(
        bytes((i + 1, 0)) for i in range(parts)) + b"\x00\x3f\x00"
    blocks = -(-width // 8) * -(-height // 8) * parts
    head = jpeg_head(width, height, parts, kind)
    head = head.replace(b"\x00" + bytes([1] * 64), b"\x00" + bytes([1] * 64))
    if depth != 8:
        at = head.index(b"\xff" + bytes([kind]))
        head = head[:at + 4] + bytes([depth]) + head[at + 5:]
    return head + dc + ac + scan + b"\0" * (blocks * 2 // 8 + 1) + b"\xff\xd9"


def progressive_bomb(scans, side=6000):
    """A valid progressive picture, of 36 megapixels unless said, whose passes
    refine the same coefficients; each goes over all of it."""
    table = b"\xff\xc4" + struct.pack(">H", 20) + b"\0" + bytes(
        [1] + [0] * 15) + b"\0"
    blocks = (side // 8) ** 2
    first = b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, 1, 0, 0, 0, 0x0d)
    body = first + b"\0" * (blocks // 8 + 1)
    for low in range(13, 0, -1):
        body += b"\xff\xda" + struct.pack(
            ">HBBBBBB", 8, 1, 1, 0, 0, 0, (low << 4) | (low - 1)) + \
            b"\0" * (blocks // 8 + 1)
    again = b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, 1, 0, 0, 0, 0x10) + \
        b"\0" * (blocks // 8 + 1)
    return jpeg_head(side, side, 1, 0xc2) + table + body + again * (
        scans - 14) + b"\xff\xd9"


def empty_passes(scans):
    """36 megapixels in passes of a few bytes: runs of blocks that have ended,
    as long as they may be."""
    blocks = 750 * 750
    dc = b"\xff\xc4" + struct.pack(">H", 20) + b"\0" + bytes(
        [1] + [0] * 15) + b"\0"
    ac = b"\xff\xc4" + struct.pack(">H", 20) + b"\x10" + bytes(
        [1] + [0] * 15) + b"\xe0"
    first = b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, 1, 0, 0, 0, 0)
    runs = b"\0" * ((blocks // (1 << 14) + 1) * 15 // 8 + 1)
    passes = b"".join(b"\xff\xda" + struct.pack(
        ">HBBBBBB", 8, 1, 1, 0, 1 + i % 63, 1 + i % 63, 0) + runs
        for i in range(63))
    return (jpeg_head(6000, 6000, 1, 0xc2) + dc + first +
            b"\0" * (blocks // 8 + 1) + ac + passes * (scans // 63) +
            b"\xff\xd9")


def animated_png():
    """Frames of pixels that nobody may count; the first one is white."""
    control = chunk(b"acTL", struct.pack(">II", 2 ** 31 - 1, 0))
    frame = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 800, 600, 0, 0, 1, 10,
                                       0, 0))
    more = b"".join(chunk(b"fdAT", struct.pack(">I", i) + zlib.compress(
        b"\0" * 100000)) for i in range(1, 200))
    made = png(800, 600, row(800) * 600, extra=control + frame)
    return made[:-12] + more + made[-12:]


def pdf(objects, root=1, extra=""):
    """A PDF of numbered objects, with a table of where they are."""
    out, places = b"%PDF-1.7\n", []
    for number, body in objects:
        places.append((number, len(out)))
        body = body if isinstance(body, bytes) else body.encode()
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start, top = len(out), max(n for n, _ in places) + 1
    lines = {n: b"%010d 00000 n \n" % at for n, at in places}
    out += b"xref\n0 %d\n0000000000 65535 f \n" % top
    out += b"".join(lines.get(n, b"0000000000 65535 f \n")
                    for n in range(1, top))
    return out + (b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n"
                  b"%%%%EOF\n" % (top, root, extra.encode(), start))


def stream(content, head="", packed=True):
    data = zlib.compress(content, 9) if packed else content
    how = " /Filter /FlateDecode" if packed else ""
    return ("<< %s%s /Length %d >>\nstream\n" % (head, how, len(data))
            ).encode() + data + b"\nendstream"


def page(content=b"", box="0 0 595 842", resources="", more=(), catalog=""):
    return pdf([(1, "<< /Type /Catalog /Pages 2 0 R %s >>" % catalog),
                (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
                (3, "<< /Type /Page /Parent 2 0 R /MediaBox [%s] "
                    "/Resources << %s >> /Contents 4 0 R >>" % (
                        box, resources)),
                (4, stream(content))] + list(more))


def many_pages(count, said=None):
    kids = " ".join("%d 0 R" % (n + 3) for n in range(count))
    return pdf([(1, "<< /Type /Catalog /Pages 2 0 R >>"),
                (2, "<< /Type /Pages /Kids [%s] /Count %d >>" % (
                    kids, said or count))] +
               [(n + 3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800]"
                        " >>") for n in range(count)])


def nested_forms(depth, wide):
    """Each form paints the next one many times over."""
    more = []
    for n in range(depth):
        names = "/F %d 0 R" % (11 + n) if n + 1 < depth else ""
        more.append((10 + n, stream(
            b"/F Do " * wide if n + 1 < depth else b"0 0 9 9 re f " * 200,
            "/Type /XObject /Subtype /Form /BBox [0 0 600 800] "
            "/Group << /S /Transparency >> /Resources << /XObject << %s >> "
            ">>" % names)))
    return page(b"/F Do " * wide, resources="/XObject << /F 10 0 R >>",
                more=more)


def image_bomb(width, height):
    """An image whose pixels unpack from nearly nothing."""
    packed = zlib.compressobj(9)
    data = b"".join(packed.compress(b"\0" * (width * 3)) for _ in range(
        min(height, 3000))) + packed.flush()
    body = ("<< /Type /XObject /Subtype /Image /Width %d /Height %d "
            "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode "
            "/Length %d >>\nstream\n" % (width, height, len(data))
            ).encode() + data + b"\nendstream"
    return page(b"600 0 0 800 0 0 cm /I Do", resources="/XObject << /I 10 0 R "
                ">>", more=[(10, body)])


def font_bomb():
    """Glyphs that are programs, each drawing the others."""
    glyph = stream(b"1000 0 d0 BT /T 900 Tf (aaaaaaaaaa) Tj ET")
    return page(b"BT /T 40 Tf 20 400 Td (" + b"a" * 20000 + b") Tj ET",
                resources="/Font << /T 10 0 R >>", more=[
        (10, "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] "
             "/FontMatrix [.001 0 0 .001 0 0] /FirstChar 97 /LastChar 97 "
             "/Widths [1000] /Encoding << /Differences [97 /a] >> "
             "/CharProcs << /a 11 0 R >> /Resources << /Font << /T 10 0 R >> "
             ">> >>"), (11, glyph)])


def scripted():
    return page(b"0.9 g 0 0 595 842 re f", catalog="/OpenAction << /S "
                "/JavaScript /JS (while (true) app.alert(1);) >> /AA << /WC "
                "<< /S /JavaScript /JS (while (true);) >> >> /Names << "
                "/EmbeddedFiles << /Names [(x) << /Type /Filespec /F "
                "(file:///etc/passwd) >>] >> >>")


def foreign_file():
    """A stream that is said to lie in a file of the machine."""
    return page(b"600 0 0 800 0 0 cm /I Do", resources="/XObject << /I 10 0 R "
                ">>", more=[(10, "<< /Type /XObject /Subtype /Image /Width 9 "
                             "/Height 9 /ColorSpace /DeviceRGB "
                             "/BitsPerComponent 8 /F (/etc/passwd) /Length 0 "
                             ">>\nstream\n\nendstream")])


def shading_bomb():
    """A pattern of tiles a hundredth of a point wide."""
    tile = stream(b"0 0 .01 .01 re f", "/Type /Pattern /PatternType 1 "
                  "/PaintType 1 /TilingType 1 /BBox [0 0 .01 .01] /XStep .011 "
                  "/YStep .011 /Resources << >>")
    return page(b"/Pattern cs /P scn 0 0 595 842 re f " * 20,
                resources="/Pattern << /P 10 0 R >>", more=[(10, tile)])


def gif(width, height, packed=b"\x02\x02\x44\x01\x00"):
    """One that says to be large."""
    return (b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) +
            b"\0" * 6 + b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) +
            packed + b";")


def brand(name):
    """A container as phones make: HEIC, AVIF, with a box that says to go on
    for ever."""
    return (struct.pack(">I", 24) + b"ftyp" + name + b"\0\0\0\0" + b"mif1" +
            name + struct.pack(">I", 0xffffffff) + b"meta" + b"\0" * 64)


def tiff(order="<"):
    """A directory that names itself as the next one."""
    entry = struct.pack(order + "HHII", 0x100, 4, 1, 65535)
    return ((b"II*\0" if order == "<" else b"MM\0*") +
            struct.pack(order + "I", 8) + struct.pack(order + "H", 1) +
            entry + struct.pack(order + "I", 8))


def exif_loop():
    """Directories that point at each other, and a thumbnail within."""
    link = struct.pack("<HHII", 0x8769, 4, 1, 8)
    body = b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + link + \
        struct.pack("<I", 8)
    return b"\xff\xd8" + exif(body) + whole_jpeg(800, 600)[2:]


def many_markers(count):
    """Each a picture's Exif of 64 KiB, one after the other."""
    one = b"\xff\xe1\xff\xff" + b"Exif\0\0" + b"\0" * 65527
    return b"\xff\xd8" + one * count + whole_jpeg(800, 600)[2:]


def profiles():
    """A colour profile in 255 parts, of which each says to be the first."""
    one = b"\xff\xe2" + struct.pack(">H", 60016) + b"ICC_PROFILE\0\x01\xff" + \
        b"\0" * 60000
    return b"\xff\xd8" + one * 255 + whole_jpeg(800, 600)[2:]


def cut_at_markers(name, data):
    """A file cut off behind each of its markers, or parts."""
    cuts = [i for i in range(2, len(data) - 1) if data[i] == 0xff and
            data[i + 1] not in (0, 0xff)] if data[:1] == b"\xff" else [
                i - 4 for i in range(8, len(data)) if data[i:i + 4] in (
                    b"IHDR", b"IDAT", b"IEND")]
    stem, ending = name.rsplit(".", 1)
    return {"%s_cut_%d.%s" % (stem, i, ending): data[:at + more]
            for i, (at, more) in enumerate(
                (at, more) for at in cuts for more in (0, 2, 3, 9))}


def form_stream(kind, data):
    """A page whose image is in another format."""
    body = ("<< /Type /XObject /Subtype /Image /Width 20000 /Height 20000 "
            "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /%s "
            "/Length %d >>\nstream\n" % (kind, len(data))).encode() + \
        data + b"\nendstream"
    return page(b"600 0 0 800 0 0 cm /I Do", resources="/XObject << /I 10 0 R "
                ">>", more=[(10, body)])


def jpeg_2000(width, height):
    """Headers alone: one component of that size in tiles of one pixel."""
    size = struct.pack(">HIIIIIIIIHBBB", 0, width, height, 0, 0, 1, 1, 0, 0,
                       1, 7, 1, 1)
    return (b"\xff\x4f\xff\x51" + struct.pack(">H", 2 + len(size)) + size +
            b"\xff\x52\0\x0c\0\0\0\x01\0\x05\x04\x04\0\x01" +
            b"\xff\x5c\0\x13\x40" + b"\x40" * 16 + b"\xff\x90\0\x0a\0\0"
            b"\0\0\0\0\0\x01\xff\x93" + b"\0" * 1000 + b"\xff\xd9")


def jbig_2(width, height):
    """One page that says to be large, and a region that fills it."""
    info = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", width, height, 0, 0, 0) + b"\0\x03\xff" \
        b"\xfd\xff\x02\xfe\xfe\xfe" + b"\0" * 100
    return (struct.pack(">IBBBI", 0, 48, 0, 1, len(info)) + info +
            struct.pack(">IBBBI", 1, 38, 0, 1, len(region)) + region)


def xref_loop():
    """Tables of which each says that the other came before it."""
    out = b"%PDF-1.7\n"
    first = len(out)
    table = "xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Prev %d " \
        "/Root 1 0 R >>\n"
    second = first + len(table % 99)
    out += (table % second).encode() + (table % (10 + 0)).encode()
    return out + b"startxref\n%d\n%%%%EOF\n" % first


def packed_objects():
    """Objects in a stream that unpacks from nearly nothing."""
    return pdf([(1, "<< /Type /Catalog /Pages 2 0 R >>"),
                (2, stream(b"2 0 " * 10_000_000, "/Type /ObjStm /N 10000000 "
                           "/First 4"))])


# What is no picture of ours at all, or two kinds of file in one.
FOREIGN = {
    "65535.gif": gif(65535, 65535),
    "gif_as.jpg": gif(800, 600),
    "photo.heic": brand(b"heic"),
    "photo.avif": brand(b"avif"),
    "directory_of_itself.tif": tiff(),
    "directory_of_itself_big.tif": tiff(">"),
    "huge.webp": b"RIFF\xff\xff\xff\xffWEBPVP8X\x0a\0\0\0\x10\0\0\0" +
    b"\xff" * 6,
    "huge.bmp": b"BM" + struct.pack("<IHHIIiiHHIIiiII", 0xffffffff, 0, 0, 54,
                                    40, 65535, -65535, 1, 24, 0, 0, 0, 0, 0,
                                    0),
    "entities.svg": b"<?xml version='1.0'?><!DOCTYPE s [<!ENTITY a 'aaaa'>" +
    b"".join(b"<!ENTITY %c '%s'>" % (c, b"&%c;" % (c - 1) * 10)
             for c in range(98, 110)) + b"]><svg>&m;</svg>",
    "page.html.jpg": b"<html><script>alert(1)</script></html>",
    "program.png": b"\x7fELF" + b"\0" * 1000,
    "archive.zip.png": png(800, 600, row(800) * 600) + b"PK\x03\x04" +
    b"\0" * 5000,
    "jpeg_then_pdf.jpg": whole_jpeg(800, 600) + page(b"0 g 0 0 9 9 re f"),
    "pdf_within_jpeg.jpg": b"\xff\xd8\xff\xfe\x01\x00" + page()[:254] +
    whole_jpeg(800, 600)[2:],
    "pdf_after_a_kilobyte.pdf": b"\xff\xd8\xff" + b"A" * 1000 + page(),
    "png_within_pdf.pdf": form_stream("FlateDecode", png(9, 9, row(9) * 9)),
    "arithmetic_whole.jpg": whole_jpeg(800, 600, 0xc9),
    "lossless.jpg": whole_jpeg(800, 600, 0xc3),
    "exif_loop.jpg": exif_loop(),
    "exif_many.jpg": many_markers(200),
    "profiles.jpg": profiles(),
    "profile_bomb.png": png(800, 600, row(800) * 600, extra=chunk(
        b"iCCP", b"icc\0\0" + zlib.compress(b"\0" * 50_000_000, 9))),
    "text_bombs.png": png(800, 600, row(800) * 600, extra=chunk(
        b"iTXt", b"k\0\x01\0\0\0" + zlib.compress(b"\0" * 20_000_000, 9)) *
        20),
    "many_chunks.png": png(800, 600, row(800) * 600, extra=chunk(
        b"tEXt", b"k\0v") * 100_000),
    "16_bit_alpha.png": png(3000, 2000, (b"\0" + b"\x80" * 24000) * 2000,
                            depth=16, colour=6),
    "one_bit.png": png(7000, 7000, (b"\0" + b"\xaa" * 875) * 7000, depth=1,
                       colour=0),
    "jpeg_2000.pdf": form_stream("JPXDecode", jpeg_2000(20000, 20000)),
    "jpeg_2000_tiles.pdf": form_stream("JPXDecode", jpeg_2000(
        2 ** 31 - 1, 2 ** 31 - 1)),
    "jbig_2.pdf": form_stream("JBIG2Decode", jbig_2(20000, 20000)),
    "jbig_2_huge.pdf": form_stream("JBIG2Decode", jbig_2(2 ** 32 - 1,
                                                         2 ** 32 - 1)),
    "fax.pdf": form_stream("CCITTFaxDecode", b"\0" * 5000),
    "filters_on_filters.pdf": page(b"", resources="", more=[(
        10, "<< /Length 9 /Filter [%s] >>\nstream\nAAAAAAAA\nendstream" % (
            "/ASCIIHexDecode " * 50000))]),
    "xref_loop.pdf": xref_loop(),
    "packed_objects.pdf": packed_objects(),
    "long_number.pdf": page(b"9" * 1_000_000 + b" 0 0 1 0 0 cm"),
    "saved_states.pdf": page(b"q " * 2_000_000),
    "clips.pdf": page(b"0 0 500 500 re W n " * 300_000),
}
FOREIGN.update(cut_at_markers("whole.jpg", whole_jpeg(640, 480)))
FOREIGN.update(cut_at_markers("passes.jpg", progressive_bomb(16)[:200_000]))
FOREIGN.update(cut_at_markers("white.png", png(640, 480, row(640) * 480)))

FILES = {
    "120_megapixels_whole.jpg": whole_jpeg(12000, 10000),
    "1_by_40000.jpg": whole_jpeg(1, 40000),
    "40000_by_1.png": png(40000, 1, row(40000)),
    "1_by_40000.png": png(1, 40000, row(1) * 40000),
    "12_bits.jpg": whole_jpeg(800, 600, 0xc1, 1, 12),
    "four_inks_whole.jpg": whole_jpeg(800, 600, 0xc0, 4),
    "grey_of_49_megapixels.jpg": whole_jpeg(7000, 7000),
    "many_scans.jpg": progressive_bomb(130),
    "thousand_scans.jpg": progressive_bomb(1000, 800),
    "hundred_thousand_scans.jpg": empty_passes(100_000),
    "animated.png": animated_png(),
    "16_bits.png": png(800, 600, (b"\0" + b"\xff" * 4800) * 600, depth=16),
    "49_megapixels.png": png(7000, 7000, row(7000, 128) * 7000),
    "wrong_orientation.jpg": b"\xff\xd8" + exif(
        b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x63\0\0\0"
    ) + whole_jpeg(800, 600)[2:],
    "magic_only.pdf": b"%PDF-1.7\n",
    "no_pages.pdf": pdf([(1, "<< /Type /Catalog /Pages 2 0 R >>"),
                         (2, "<< /Type /Pages /Kids [] /Count 0 >>")]),
    "three_pages.pdf": many_pages(3),
    "10000_pages.pdf": many_pages(10000),
    "10000_pages_that_say_two.pdf": many_pages(10000, 2),
    "page_is_its_own_parent.pdf": pdf(
        [(1, "<< /Type /Catalog /Pages 2 0 R >>"),
         (2, "<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>")]),
    "object_is_itself.pdf": pdf(
        [(1, "<< /Type /Catalog /Pages 2 0 R >>"), (2, "2 0 R")]),
    "arrays_within_arrays.pdf": pdf(
        [(1, "<< /Type /Catalog /Pages 2 0 R /X %s >>" % ("[" * 100000)),
         (2, "<< /Type /Pages /Kids [] /Count 1 >>")]),
    "empty_page.pdf": page(),
    "scripts.pdf": scripted(),
    "foreign_file.pdf": foreign_file(),
    "huge_box.pdf": page(b"0 g 0 0 9 9 re f", "0 0 1000000000 1000000000"),
    "box_without_size.pdf": page(b"", "0 0 0 0"),
    "box_of_no_numbers.pdf": page(b"", "/a /b /c /d"),
    "narrow_box.pdf": page(b"", "0 0 2 14400"),
    "forms_within_forms.pdf": nested_forms(9, 30),
    "image_of_a_gigapixel.pdf": image_bomb(32000, 32000),
    "image_of_48_megapixels.pdf": image_bomb(16000, 3000),
    "glyphs_within_glyphs.pdf": font_bomb(),
    "tiny_tiles.pdf": shading_bomb(),
    "content_bomb.pdf": page(b"0 0 9 9 re f\n" * 4_000_000),
    "encrypted.pdf": pdf([(1, "<< /Type /Catalog /Pages 2 0 R >>"),
                          (2, "<< /Type /Pages /Kids [] /Count 1 >>")],
                         extra="/Encrypt << /Filter /Standard /V 2 /R 3 "
                         "/Length 128 /P -1 /O <%s> /U <%s> >> /ID [<00> <00>]"
                         % ("41" * 32, "42" * 32)),
    "truncated.pdf": page(b"0.5 g 0 0 595 842 re f")[:300],
    "xref_points_to_itself.pdf": b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \n"
    b"trailer\n<< /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF\n",
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
    for name, content in {**FOREIGN, **FILES}.items():
        with open(os.path.join(sys.argv[1], name), "wb") as file:
            file.write(content)


if __name__ == "__main__":
    main()
