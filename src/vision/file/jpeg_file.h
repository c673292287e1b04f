/*
 * What a JPEG file says before its pixels: which program wrote it, as far as
 * its tables and its notes tell.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>

#define JPEG_TEXT_MAX 64

struct jpeg_file {
	int width, height;
	size_t height_at;      /* where in the file its height stands */
	int components;
	int across, down;      /* pixels of brightness to one of colour */
	bool progressive;
	bool has_table;
	uint16_t table[64];    /* of brightness, in zigzag order */
	bool jfif, adobe, photoshop, save_for_web;
	char comment[JPEG_TEXT_MAX];
	struct span exif;      /* in the file; empty when there is none */
	struct span xmp;
};

/* ERR_UNREADABLE: no JPEG, or its segments do not add up. */
RESULT jpeg_file_parse(struct span file, struct jpeg_file *out);

/*
 * The family of its table: "standard" for the one of the standard, scaled,
 * with the quality that scales it; "even" for the one that ImageMagick and
 * mozjpeg offer; "own" for any other, as cameras and Photoshop have. "" when
 * it has none.
 */
const char *jpeg_file_family(const struct jpeg_file *f, int *quality);
