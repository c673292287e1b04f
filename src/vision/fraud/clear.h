/*
 * Whether a place of the document shows clearly enough what lies on it to call
 * it another face: a ghost under a lamp's reflection, one fainter than the
 * lines of its ground, or one that a date is printed over is like nothing.
 */
#pragma once

#include "vision/still/raster.h"

/* A part of a picture; it must lie inside. Pixels. */
struct clear_part {
	int x, y, width, height;
};

/* By how many levels a part of a grey picture deviates. */
double clear_strength(const struct raster *grey, struct clear_part part);

/* Whether a reflection burnt out some of it: white on paper that is not. */
bool clear_of_glare(const struct raster *page, struct clear_part part);

/*
 * Whether no letters are printed over it: strokes twice as dark as the paper on
 * both their sides, which a ghost is too pale for. grey: some 6 pixels to a
 * millimetre.
 */
bool clear_of_print(const struct raster *grey, float per_mm,
    struct clear_part part);
