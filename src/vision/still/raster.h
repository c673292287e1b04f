/*
 * Pixels in memory: eight bits a channel, rows without gaps, one channel
 * (grey) or three (red, green, blue).
 */
#pragma once

#include "base/auto.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct raster {
	int width, height, channels;
	uint8_t *data; /* NULL: no picture */
};

/* Zeroed pixels. ERR_TOO_LARGE for sides that nobody should ask for. */
RESULT raster_make(int width, int height, int channels, struct raster *out);
/* The same for who writes every pixel: not zeroed, which takes as long as to
 * write it. */
RESULT raster_room(int width, int height, int channels, struct raster *out);
void raster_clear(struct raster *r);

/* Moves the pixels: from is empty afterwards. */
void raster_move(struct raster *from, struct raster *to);

RESULT raster_grey(const struct raster *colour, struct raster *out);

/* Of each pixel the brightest channel, in which coloured ink is palest, and the
 * darkest one. */
RESULT raster_brightest(const struct raster *colour, struct raster *out);
RESULT raster_darkest(const struct raster *colour, struct raster *out);

/* As EXIF counts: 1 upright, 3 upside down, 6 and 8 a quarter turn, 2, 4, 5
 * and 7 mirrored. */
RESULT raster_turn(struct raster *r, int orientation);

/* Each pixel the mean of a factor x factor square. */
RESULT raster_shrink(const struct raster *r, int factor, struct raster *out);

/* Cuts a box out; the box must lie inside. */
RESULT raster_cut(const struct raster *r, int x, int y, int width, int height,
    struct raster *out);

static inline uint8_t *
raster_row(const struct raster *r, int y)
{
	return r->data + (size_t)y * (size_t)r->width * (size_t)r->channels;
}

static inline float
raster_inside(float value, float top)
{
	return value > 0 ? value < top ? value : top : 0;
}

/* Interpolated grey level; outside the picture the nearest edge. Here, because
 * it is asked for millions of times. */
static inline float
raster_at(const struct raster *grey, float x, float y)
{
	x = raster_inside(x, (float)(grey->width - 1));
	y = raster_inside(y, (float)(grey->height - 1));
	int left = (int)x, top = (int)y;
	int right = left + 1 < grey->width ? 1 : 0;
	const uint8_t *upper = raster_row(grey, top) + left;
	const uint8_t *lower = top + 1 < grey->height ?
	    upper + grey->width : upper;
	float dx = x - (float)left, dy = y - (float)top;
	float above = (float)upper[0] + dx * (float)(upper[right] - upper[0]);
	float below = (float)lower[0] + dx * (float)(lower[right] - lower[0]);
	return above + dy * (below - above);
}

DEFINE_AUTO_CLEAR(raster_clear, struct raster)
