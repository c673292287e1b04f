/*
 * Dark things on lighter ground: letters, among much else.
 */
#pragma once

#include "vision/still/raster.h"

struct glyph {
	float x, y;    /* middle of its box */
	float w, h;
	float area;
};

#define GLYPHS_MAX 12000

struct glyph_search {
	int block;          /* neighbourhood of the threshold, odd */
	double darker;      /* grey levels below the neighbourhood's mean */
	int least, most;    /* longer side of a letter's box */
};

/* From above; of two beside each other the left one first. out has room for
 * GLYPHS_MAX, and more than these are not told. */
RESULT specks_find(const struct raster *grey, const struct glyph_search *how,
    struct glyph *out, size_t *count);
