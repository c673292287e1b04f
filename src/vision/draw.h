/*
 * Lines and words onto a picture, and the picture into a PNG file: for people
 * who want to see what a reading saw. It draws on pixels of our own; nothing
 * here parses anything.
 */
#pragma once

#include "ident/finding.h"
#include "vision/still/raster.h"

#include <stdio.h>

struct ink {
	uint8_t red, green, blue;
};

/* Corners as x, y pairs; they may lie outside the picture. */
RESULT draw_polygon(struct raster *colour, const int *points, size_t count,
    struct ink ink, int width);

#define PLATES_MAX 64

/* Where labels lie already, so that none is laid over another. */
struct plates {
	struct box of[PLATES_MAX];
	size_t count;
};

/* Letters of ASCII on a plate of their own, its lower left at x, y (moved so
 * that it is wholly seen, and behind or under plates that lie there; where
 * there is no room it lies on them); height in pixels. */
RESULT draw_label(struct raster *colour, struct plates *plates, int x, int y,
    const char *text, struct ink ink, int height);

/* The same picture so many times as wide and high; out is the caller's. */
RESULT draw_larger(
    const struct raster *colour, int times, struct raster *out);

/* Writes a PNG; the file stays the caller's. ERR_UNAVAILABLE: it cannot. */
RESULT draw_save(const struct raster *colour, FILE *file);
