/*
 * What lies over the edge of a document: fingers that hold it.
 */
#pragma once

#include "vision/page/page.h"

struct fingers {
	double share; /* of the document under the largest, less its rim */
	float x, y, width, height; /* where, in millimetres */
};

RESULT fingers_find(const struct raster *colour, const struct page *page,
    struct fingers *out);
