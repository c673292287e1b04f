/*
 * Two pictures of one printed portrait, or of two people's: half by its tones,
 * half by what makes a face this face, its features, without what all
 * portraits share, a head before a light ground.
 */
#pragma once

#include "vision/still/raster.h"

/*
 * Greys of one size that lie on each other but for a few pixels. box: x, y,
 * width and height of the portrait in both. out: mean of both correlations,
 * -1 to 1. ERR_NOT_FOUND: too small.
 */
RESULT same_print(const struct raster *one, const struct raster *other,
    const int box[4], double *out);
