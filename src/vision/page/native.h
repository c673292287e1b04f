/*
 * Squares of the picture at the camera's own pixels: where the dots of print
 * and the grid of a display are, if anywhere. Colour comes at half their
 * size or less, as nearly every camera's file holds it and as it was reduced.
 */
#pragma once

#include "vision/page/page.h"
#include "vision/still/still.h"

#define NATIVE_SIDE 128 /* the largest square */

struct native {
	int side;
	float luma[NATIVE_SIDE * NATIVE_SIDE];
	float blue[NATIVE_SIDE * NATIVE_SIDE / 4]; /* less luma */
	float red[NATIVE_SIDE * NATIVE_SIDE / 4];
};

struct square {
	int x, y; /* upper left, upright, in pixels before any reduction */
};

/* Whether it lies in the picture. */
bool native_has(const struct still *s, struct square at, int side);

/* side: even, NATIVE_SIDE at most. ERR_NOT_FOUND: outside the picture. */
RESULT native_square(const struct still *s, struct square at, int side,
    struct native *out);

/* A part of the picture of that many samples, each the mean of so many pixels
 * across and down. Sides even, together no more than a square has. */
struct native_size {
	int wide, high, pixels;
};
RESULT native_part(const struct still *s, struct square at,
    struct native_size size, struct native *out);

/*
 * As networks see it: four neighbours in brightness as four planes of half the
 * size, then blue and red; each less its mean, in steps of 32 and 16
 * levels. Six planes of wide / 2 times high / 2.
 */
#define NATIVE_PLANES 6
void native_fold(struct native *n, struct native_size size, float *out);

enum native_where { NATIVE_INSIDE, NATIVE_OUTSIDE };

/*
 * Squares spread over the document, or over what lies around it but for bars of
 * one level; page NULL: over the picture, and nothing is outside. Returns how
 * many, most at most.
 */
size_t native_spread(const struct still *s, const struct page *page,
    enum native_where where, int side, size_t most, struct square *out);
