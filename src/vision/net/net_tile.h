/*
 * The inner loop of a convolution: a tile of output, a few channels of two
 * times eight columns, kept in registers over all that is summed up.
 */
#pragma once

#include <stddef.h>

#define TILE_COLUMNS 8
#define TILE_LARGE 6 /* channels: twelve sums, two of input, one weight */
#define TILE_SMALL 4

/* Where the two times eight columns begin. */
struct tile {
	const float *from[2]; /* of the input, at the kernel's first place */
	const int *at;        /* of each place of the kernel, from there */
	size_t count;         /* of places: channels x kernel */
	const float *weights; /* count x channels of the tile */
	const float *bias;    /* one for each channel of the tile */
	float *to[2];         /* eight columns of the tile's first channel */
	size_t next;          /* from one channel's output to the next */
	float floor;          /* nothing below is given */
};

/* The right one for this processor, of so many channels. */
typedef void tile_run(const struct tile *t);
tile_run *tile_for(int channels);
