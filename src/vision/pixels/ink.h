/*
 * Dark spots on an evenly lit page: letters, parts of them, and much else.
 */
#pragma once

#include "vision/still/raster.h"

#define SPOTS_MAX 6000

/* right and bottom are the first column and row beyond. */
struct spot {
	int left, top, right, bottom;
	int area;
	int dark; /* levels below its neighbourhood, the mean of its pixels */
};

struct spots {
	size_t count;
	struct spot at[SPOTS_MAX];
};

/*
 * Spots darker than the mean of their neighbourhood (a square of that side)
 * by so many levels. Those smaller than least in both directions or taller
 * than most are left out; so is what comes after SPOTS_MAX.
 */
RESULT ink_spots(const struct raster *grey, int side, int darker, int least,
    int most, struct spots *out);

/* The same where each pixel has its own number of levels, 255 at most. */
RESULT ink_spots_above(const struct raster *grey, int side,
    const struct raster *darker, int least, int most, struct spots *out);
