/*
 * The portrait on the rectified document: where it lies.
 */
#pragma once

#include "vision/raster.h"

struct portrait {
	float x, y, width, height; /* millimetres of the document */
	float busy;   /* how much more happens in it than around */
};

#define PORTRAIT_TWINS 2

/* card: the document in colour, per_mm pixels to a millimetre.
 * twins: the smaller places in which most else happens, width 0 for none.
 * ERR_NOT_FOUND: nothing of a portrait's size and shape. */
RESULT portrait_find(const struct raster *card, float per_mm,
    struct portrait *out, struct portrait twins[PORTRAIT_TWINS]);
