/*
 * Bars of one level along a picture's sides, as screenshots and scans have
 * them: nothing a camera saw.
 */
#pragma once

#include "vision/still/raster.h"

struct bars {
	int left, top, right, bottom; /* pixels of each */
};

/* A picture that is one level all over has none. */
void bars_of(const struct raster *grey, struct bars *out);
