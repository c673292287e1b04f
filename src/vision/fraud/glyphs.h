/*
 * OCR-B's drawings of a zone's letters, and the pieces of a picture that they
 * are laid over.
 */
#pragma once

#include "vision/still/raster.h"

#define GLYPH_WIDE 16 /* pixels to the pitch */
#define GLYPH_HIGH 24
#define GLYPH_BLURS 3

struct glyph {
	/* sharp, blurred and more so; mean 0, length 1 */
	float level[GLYPH_BLURS][GLYPH_HIGH * GLYPH_WIDE];
};

/* Where a letter sits in a picture, and which way it stands. */
struct seat {
	float x, y;   /* its middle */
	float sx, sy; /* one pitch along */
	float dx, dy; /* one pitch down */
};

/* False: OCR-B draws no such letter of a zone. */
bool glyph_draw(char character, struct glyph *out);

/* The picture around a seat, dark as positive: a drawing with a margin on each
 * side, in its pixels. out:
 * (GLYPH_WIDE + 2 * aside) * (GLYPH_HIGH + 2 * above) values. */
void glyph_cut(const struct raster *grey, const struct seat *at, int aside,
    int above, float *out);

/* Correlation of a drawing with a cell `wide` pixels wide, x from its left and
 * y from its top; at most 1. */
float glyph_correlate(const float *cell, int wide, int x, int y,
    const float *drawing);
