/*
 * How much colour a document has of its own, whatever the colour of the light
 * it lies in.
 */
#pragma once

#include "vision/raster.h"

/*
 * The ninetieth percentile of how far the colours of a rectified document are
 * from the colour of the light, as a ratio of channels: 0 for a grey copy in
 * any one light. ERR_NOT_FOUND: too little of it is neither dark nor burnt.
 */
RESULT chroma_measure(const struct raster *colour, double *out);
