/*
 * Four-cornered outlines in a picture, best first.
 */
#pragma once

#include "vision/page/edges.h"

#define OUTLINES_MAX 24

struct outline {
	float corners[8]; /* clockwise as seen, in pixels of edges */
	float score;      /* 0 to 1: how much of it is seen */
	float aspect;     /* longer by shorter side, perspective undone */
	int unseen;       /* sides that are the picture's own, or guessed */
};

struct outlines {
	size_t count;
	struct outline at[OUTLINES_MAX];
};

/*
 * What a caller knows of the right one: a factor for its score, 0 to 1. May
 * turn the corners round so that the first one is the text's upper left.
 */
struct outline_hint {
	float (*factor)(const void *user, float corners[8]);
	const void *user;
};

/* colour: what edges were found in. hint may be NULL; so may apart: corners
 * that must not be overlapped. */
RESULT outlines_find(const struct edges *e, const struct raster *colour,
    const struct outline_hint *hint, const float *apart,
    struct outlines *out);

/* Moves corners, in pixels of grey, onto the steps nearby: parts of a pixel.
 * reach: pixels to look to each side. */
void outline_refine(const struct raster *grey, float corners[8],
    float reach);

/* Share of two quadrilaterals that they have in common. */
float outline_overlap(const float a[8], const float b[8]);

/* Longer by shorter side of a rectangle that looks like this, seen by an
 * ordinary lens in the middle of a picture of that size. */
float outline_aspect(const float corners[8], float width, float height);
