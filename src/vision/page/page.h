/*
 * Where the document lies: its four corners by its contour, by its
 * machine-readable zone, or by both.
 */
#pragma once

#include "vision/zone/mrz_read.h"

struct page {
	float corners[8];  /* x, y clockwise from the upper left of the text */
	float width, height; /* millimetres */
	bool by_contour;
	float seen;          /* of its contour, 0 to 1 */
	bool has_other;      /* another document is seen beside it: */
	float other[8];      /* its corners */
	bool other_beside;   /* found in what this one leaves: by no contour
			      * that would be trusted alone, but whole */
	bool has_third;      /* and one more beside both */
	bool zone_apart;     /* the zone that was read is on that other one */
	bool upright;        /* corner 0 is known to be the upper left one */
};

/* zone is NULL when none was read. ERR_NOT_FOUND: no document is seen. */
RESULT page_find(const struct raster *colour, const struct raster *grey,
    const struct mrz_found *zone, struct page *out);

/* By the direction and the extent of its print; not upright. */
RESULT page_by_print(const struct raster *grey, struct page *out);

/* The other side of a card whose zone was read on this one, when the picture
 * has room for it and no other document was found. */
RESULT page_find_beside(const struct raster *colour,
    const struct raster *grey, struct page *p);

/* Whether what was found beside a passport's page belongs to a booklet: the
 * page beyond the fold, or a closed cover. */
bool page_is_leaf(const struct raster *grey, const float page[8],
    const float other[8]);

/* The whole picture where it is the document and no more: of a card's or a
 * page's shape, and what was found within, p, fits it and says which end is
 * up. ERR_NOT_FOUND: the document may be a part of it. */
RESULT page_fills(const struct raster *grey, const struct page *p,
    struct page *out);

/* The other document instead; false when there is none. */
bool page_take_other(struct page *p, const struct raster *grey);

/* The same page turned by half. */
void page_turn(struct page *p);

/* Its pixels, so many to a millimetre. */
RESULT page_cut(const struct raster *grey, const struct page *p,
    float per_mm, struct raster *out);

/* A place in the cut page back in the picture. */
void page_point(const struct page *p, float x_mm, float y_mm, float *x,
    float *y);
