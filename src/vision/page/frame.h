/*
 * A straight frame around the document that is not its own outline: the bezel
 * of a display, or the sheet that a copy was printed on.
 */
#pragma once

#include "vision/page/page.h"

/*
 * On how many of the document's four sides something ends in a straight line
 * that runs beside it, some way off. ERR_NOT_FOUND: nothing can be seen
 * around the document.
 */
RESULT frame_sides(const struct raster *grey, const struct page *page,
    int *out);
