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

/*
 * The dark pixels of a page, told once, of which spots are taken as they lie
 * when the page is turned, as often as wanted. Clear it, after errors too.
 */
struct ink {
	int width, height; /* of the page */
	int count;
	struct run *runs;
};

RESULT ink_of(const struct raster *grey, int side, int darker,
    struct ink *out);
void ink_clear(struct ink *ink);
DEFINE_AUTO_CLEAR(ink_clear, struct ink)

/*
 * Spots in the square that has room for the page turned about its middle by so
 * many degrees, lines that go down to the right becoming level. Limits as of
 * ink_spots, of the turned spots.
 */
RESULT ink_turned(const struct ink *ink, int degrees, int least, int most,
    struct spots *out);

/* The side of that square, pixels. */
int ink_side(const struct raster *grey);
