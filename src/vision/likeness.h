/*
 * Where a face stands once more on a page, at another size.
 *
 * Features are compared: what is neither finer than a small picture shows nor
 * coarser than a part of a face. A weight that falls away from the middle
 * leaves hair, shoulders and ground out of it, in which two people are alike
 * and two prints of one picture are not.
 */
#pragma once

#include "vision/raster.h"

struct likeness_how {
	int wide;                 /* pixels of the face that are compared */
	float least, most, step;  /* shares of its size; step: a factor */
	float not_in[4];          /* x, y, width, height in page pixels */
};

struct likeness_place {
	float x, y;   /* its middle, in page pixels */
	float share;  /* of the face's size */
	double alike; /* correlation, -1 to 1 */
};

#define LIKENESS_PLACES 5

/*
 * The likest places, none over another, the best first; how many. Both
 * pictures are grey and of one scale.
 */
RESULT likeness_seek(const struct raster *page, const struct raster *face,
    const struct likeness_how *how, struct likeness_place out[LIKENESS_PLACES],
    size_t *count);

/* Light and contrast made even all over, as a cascade wants a face. */
RESULT likeness_even(const struct raster *grey, struct raster *out);
