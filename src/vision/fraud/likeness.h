/*
 * How alike the portrait and a part of the page are, at a share of its size.
 */
#pragma once

#include "vision/fraud/portrait.h"

/* Grey and shrunk, and the portrait with some of what lies around it. */
struct likeness {
	struct raster page, face;
	float per_mm;
	int box[4];    /* the portrait on the page */
	int all[4];    /* and what belongs to it: no ghost is sought there */
	int margin[2]; /* left of it and above it, in face */
};

void likeness_clear(struct likeness *f);
DEFINE_AUTO_CLEAR(likeness_clear, struct likeness)

/* grey: the document, per_mm pixels to a millimetre, and shrunk so many times.
 * p: its portrait, in millimetres. out: the caller's to clear.
 * ERR_NOT_FOUND: the portrait is cut off. */
RESULT likeness_cut(const struct raster *grey, float per_mm, int shrink,
    const struct portrait *p, struct likeness *out);

/* Where on the whole page the portrait is likest, but itself: sets out's place
 * and found, and the share of its size. ERR_NOT_FOUND: nowhere at all. */
RESULT likeness_rough(
    const struct likeness *f, float *share, struct ghost *out);

/* Once more near that place, on the finer pixels of f: sets out's place,
 * alike, inner and unclear. ERR_NOT_FOUND: it fits at no size, or is cut
 * off. */
RESULT likeness_fine(const struct likeness *f, float share, struct ghost *out);

/* The same over out's place and a little off, where something busy or a face
 * is; found becomes alike. */
RESULT likeness_beside(const struct likeness *f, struct ghost *out);
