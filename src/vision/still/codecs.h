/*
 * What the readers of the three kinds have in common with still.c, and nobody
 * else needs.
 */
#pragma once

#include "vision/still/still.h"

/* ERR_TOO_LARGE or ERR_UNREADABLE for sides that are not accepted. */
RESULT still_sides(uint64_t width, uint64_t height);

/* Sides, reduction and the rasters to be filled; sides not yet turned. */
RESULT still_make(uint64_t width, uint64_t height, struct still *out);

/*
 * Rows of red, green, blue, from the first to the last, into what
 * still_make() made.
 */
struct rows {
	struct still *to;
	uint16_t *sums; /* of the rows that become one */
	int next;
};

RESULT rows_begin(struct still *to, struct rows *out);
void rows_add(struct rows *r, const uint8_t *rgb);
void rows_clear(struct rows *r);

/* A row of colour from reduced planes: Y, Cb and Cr of equal length. */
void planes_row(const uint8_t *luma, const uint8_t *blue, const uint8_t *red,
    int width, uint8_t *rgb);

/* Fill in what still_make() made; pixels not yet turned upright. */
RESULT jpeg_decode(struct span file, struct still *out);
RESULT png_decode(struct span file, struct still *out);
RESULT pdf_decode(struct span file, bool second, struct still *out);

/* The orientation in an EXIF block (after "Exif\0\0"); 1 when it has none. */
int exif_orientation(struct span tiff);

DEFINE_AUTO_CLEAR(rows_clear, struct rows)
