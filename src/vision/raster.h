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
void raster_clear(struct raster *r);

/* Moves the pixels: from is empty afterwards. */
void raster_move(struct raster *from, struct raster *to);

RESULT raster_grey(const struct raster *colour, struct raster *out);

/* As EXIF counts: 1 upright, 3 upside down, 6 and 8 a quarter turn, 2, 4, 5
 * and 7 mirrored. */
RESULT raster_turn(struct raster *r, int orientation);

/* Each pixel the mean of a factor x factor square. */
RESULT raster_shrink(const struct raster *r, int factor, struct raster *out);

/* Cuts a box out; the box must lie inside. */
RESULT raster_cut(const struct raster *r, int x, int y, int width, int height,
    struct raster *out);

/* Interpolated grey level; outside the picture the nearest edge. */
float raster_at(const struct raster *grey, float x, float y);

static inline uint8_t *
raster_row(const struct raster *r, int y)
{
	return r->data + (size_t)y * (size_t)r->width * (size_t)r->channels;
}

DEFINE_AUTO_CLEAR(raster_clear, struct raster)
