/*
 * The inner loop of a convolution: a tile of output, a few channels of some
 * times eight columns, kept in registers over all that is summed up.
 */
#pragma once

#include <stddef.h>

#define TILE_COLUMNS 8
#define TILE_PARTS_MAX 4
#define TILE_SIZES_MAX 3

/* Where the parts, each of eight columns, begin. */
struct tile {
	const float *from[TILE_PARTS_MAX]; /* at the kernel's first place */
	const int *at;        /* of each place of the kernel, from there */
	size_t count;         /* of places: channels x kernel */
	const float *weights; /* count x channels of the tile */
	const float *bias;    /* one for each channel of the tile */
	float *to[TILE_PARTS_MAX]; /* of the tile's first channel */
	size_t next;          /* from one channel's output to the next */
	float floor;          /* nothing below is given */
};

struct tile_size {
	int channels;
	int least; /* channels left for which no smaller ones are better */
	void (*run)(const struct tile *t);
};

struct tiles {
	int parts; /* at once */
	int count;
	struct tile_size sizes[TILE_SIZES_MAX]; /* the largest first */
};

/* Those that this processor can run, the fastest last; NULL: no more. */
const struct tiles *tiles_made(int number);

/* The fastest; the same whenever it is asked. */
const struct tiles *tiles_here(void);

/* What so many channels, 1 or more, begin with. */
const struct tile_size *tiles_next(const struct tiles *all, int channels);
