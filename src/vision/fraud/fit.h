/*
 * How alike two pictures of one thing are when the one lies a little aside,
 * wider or taller than was reckoned: no outline of a document is exact, and a
 * few tenths of a millimetre decide how alike two eyes are.
 */
#pragma once

#include "vision/still/raster.h"

/* Where a picture fits: its middle in the other, and how much wider and taller
 * it is there, as shares. */
struct fitted {
	float middle[2];
	float wider, taller;
};

/*
 * The correlation of one picture with a part of another, -1 to 1, where it fits
 * best: near at, the part's upper left corner, up to a twelfth of its size
 * aside and a twentieth wider or narrower, each way by itself. Both grey.
 * 0 where the one is all of one level. out: where that is.
 */
double fit_best(const struct raster *part_of, const struct raster *one,
    const float at[2], struct fitted *out);

/* The same of other pictures of the same two things, where the ones fitted. */
double fit_there(const struct raster *part_of, const struct raster *one,
    const struct fitted *at);
