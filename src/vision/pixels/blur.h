/*
 * A picture made softer.
 */
#pragma once

#include "vision/still/raster.h"

/* By a bell curve of that many pixels' deviation, above 0; beyond its edges
 * the picture goes on as in a mirror. */
RESULT blur_by(const struct raster *in, double sigma, struct raster *out);
