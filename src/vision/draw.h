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

#define PLATES_MAX 128

/* Where no label may lie: where others do, and what is to be read. */
struct plates {
	struct box of[PLATES_MAX];
	size_t count;
};

/* No label from now on lies there; nothing happens where the table is full. */
void plates_keep(struct plates *plates, struct box box);

/* Letters of ASCII on a plate of their own, where nothing lies yet: beside the
 * box, over it, under it, else further along (where there is no room at all,
 * over its corner). Wholly in the picture; height in pixels. */
RESULT draw_label(struct raster *colour, struct plates *plates,
    struct box beside, const char *text, struct ink ink, int height);

/* The same picture so many times as wide and high; out is the caller's. */
RESULT draw_larger(
    const struct raster *colour, int times, struct raster *out);

/* Writes a PNG; the file stays the caller's. ERR_UNAVAILABLE: it cannot. */
RESULT draw_save(const struct raster *colour, FILE *file);
