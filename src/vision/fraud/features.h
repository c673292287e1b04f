/*
 * What faces are compared by: neither their light nor their finest grain.
 */
#pragma once

#include "vision/still/raster.h"

/* What lies between two sizes, both of them pixels of deviation. */
struct feature_band {
	double fine, coarse;
};

/* All that a ghost still shows of a face so many pixels wide. */
struct feature_band features_all(double wide);

/* Its larger parts alone: hair, brows and mouth. Neither the lines of a ground
 * nor noise are as large. */
struct feature_band features_large(double wide);

/* Of a grey picture, 128 where there is none. */
RESULT features_of(const struct raster *grey, struct feature_band band,
    struct raster *out);

/* From black to white, but for the darkest and the brightest. */
void features_stretch(struct raster *grey);
