/*
 * The segments of a JPEG file, one after the other, up to the first scan.
 *
 * Written by hand rather than asked of libjpeg: it reads nothing but lengths
 * and copies nothing but tables, so that a stranger's file can do nothing
 * here but end early.
 */
#include "vision/file/jpeg_file.h"

#include <string.h>

#include "base/enum.h"

#define SEGMENTS_MAX 400
#define XMP_BEGINS "http://ns.adobe.com/xap/1.0/"

enum marker {
	SOF0 = 0xc0, SOF1 = 0xc1, SOF2 = 0xc2, SOS = 0xda, DQT = 0xdb,
	APP0 = 0xe0, APP1 = 0xe1, APP12 = 0xec, APP13 = 0xed, APP14 = 0xee,
	COM = 0xfe
};

static const uint8_t zigzag[64] = {0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25,
    18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
    35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52,
    45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};

/* ITU-T T.81, table K.1. */
static const uint16_t standard[64] = {16, 11, 10, 16, 24, 40, 51, 61, 12, 12,
    14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
    87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};

/* The one that N. Robidoux proposed to ImageMagick; mozjpeg's default. */
static const uint16_t even[64] = {16, 16, 16, 18, 25, 37, 56, 85, 16, 17, 20,
    27, 34, 40, 53, 75, 16, 20, 24, 31, 43, 62, 91, 135, 18, 27, 31, 40, 53,
    74, 106, 156, 25, 34, 43, 53, 69, 94, 131, 189, 37, 40, 62, 74, 94, 124,
    169, 238, 56, 53, 91, 106, 131, 169, 226, 311, 85, 75, 135, 156, 189, 238,
    311, 418};

static int
word(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

static bool
begins(struct span body, const char *with)
{
	size_t size = strlen(with);
	return body.size >= size && memcmp(body.data, with, size) == 0;
}

static void
read_tables(struct span body, struct jpeg_file *out)
{
	while (body.size >= 65) {
		int kind = body.data[0];
		size_t wide = kind >> 4 ? 2 : 1, size = 1 + 64 * wide;
		if (body.size < size)
			return;
		for (size_t i = 0; (kind & 15) == 0 && i < 64; i++)
			out->table[i] = (uint16_t)(wide == 2 ?
			    word(body.data + 1 + 2 * i) : body.data[1 + i]);
		out->has_table |= (kind & 15) == 0;
		body = SPAN(body.data + size, body.size - size);
	}
}

/* Samples of brightness to one of colour. */
static int
samples(int luma, int colour)
{
	return colour > 0 && luma > colour ? luma / colour : 1;
}

static void
read_frame(struct span file, struct span body, int marker,
    struct jpeg_file *out)
{
	if (body.size < 6 || out->height_at)
		return;
	out->progressive = marker == SOF2;
	out->height_at = (size_t)(body.data + 1 - file.data);
	out->height = word(body.data + 1);
	out->width = word(body.data + 3);
	out->components = body.data[5];
	out->across = out->down = 1;
	if (out->components == 3 && body.size >= 15) {
		int luma = body.data[7], colour = body.data[10];
		out->across = samples(luma >> 4, colour >> 4);
		out->down = samples(luma & 15, colour & 15);
	}
}

static void
read_comment(struct span body, struct jpeg_file *out)
{
	size_t size = body.size < JPEG_TEXT_MAX - 1 ? body.size :
	    JPEG_TEXT_MAX - 1;
	for (size_t i = 0; i < size; i++)
		out->comment[i] = body.data[i] >= ' ' && body.data[i] < 127 ?
		    (char)body.data[i] : ' ';
	out->comment[size] = '\0';
}

static void
read_segment(struct span file, int marker, struct span body,
    struct jpeg_file *out)
{
	if (marker == DQT)
		read_tables(body, out);
	else if (marker == SOF0 || marker == SOF1 || marker == SOF2)
		read_frame(file, body, marker, out);
	else if (marker == APP0)
		out->jfif |= begins(body, "JFIF");
	else if (marker == APP1 && begins(body, "Exif") && body.size > 6 &&
	    out->exif.size == 0)
		out->exif = SPAN(body.data + 6, body.size - 6);
	else if (marker == APP1 && begins(body, XMP_BEGINS) &&
	    out->xmp.size == 0)
		out->xmp = body;
	else if (marker == APP12)
		out->save_for_web |= begins(body, "Ducky");
	else if (marker == APP13)
		out->photoshop |= begins(body, "Photoshop");
	else if (marker == APP14)
		out->adobe |= begins(body, "Adobe");
	else if (marker == COM)
		read_comment(body, out);
}

RESULT
jpeg_file_parse(struct span file, struct jpeg_file *out)
{
	size_t at = 2;
	*out = (struct jpeg_file){0};
	if (!begins(file, "\xff\xd8\xff"))
		return FAIL(ERR_UNREADABLE, "no JPEG file");
	for (int i = 0; i < SEGMENTS_MAX && file.size - at >= 4; i++) {
		const uint8_t *p = file.data + at;
		if (p[0] != 0xff)
			break;
		if (p[1] == 0xff) { /* fill */
			at++;
			continue;
		}
		size_t size = (size_t)word(p + 2);
		if (p[1] == SOS && out->height_at)
			return OK;
		if (size < 2 || size > file.size - at - 2)
			break;
		read_segment(file, p[1], SPAN(p + 4, size - 2), out);
		at += 2 + size;
	}
	return FAIL(ERR_UNREADABLE, "no scan in the JPEG file");
}

/* As libjpeg scales a table by a quality from 1 to 100. */
static bool
is_scaled(const uint16_t table[64], const uint16_t from[64], int quality)
{
	int scale = quality < 50 ? 5000 / quality : 200 - quality * 2;
	for (int i = 0; i < 64; i++) {
		int step = (from[zigzag[i]] * scale + 50) / 100;
		step = step < 1 ? 1 : step > 255 ? 255 : step;
		if (table[i] != step)
			return false;
	}
	return true;
}

const char *
jpeg_file_family(const struct jpeg_file *f, int *quality)
{
	static const struct {
		const char *name;
		const uint16_t *table;
	} families[] = {{"standard", standard}, {"even", even}};
	*quality = 0;
	if (!f->has_table)
		return "";
	for (size_t k = 0; k < COUNT_OF(families); k++)
		for (int q = 100; q > 0; q--)
			if (is_scaled(f->table, families[k].table, q)) {
				*quality = q;
				return families[k].name;
			}
	return "own";
}
