/*
 * How much colour a document has of its own, whatever the colour of the light
 * it lies in, the tint of a toner, and the noise of the picture.
 */
#pragma once

#include "vision/still/raster.h"

struct chroma {
	double all;
	double rest; /* without the largest place of colour: a stamp's */
};

/*
 * How far the colours of a rectified document at 300 dpi are from the colour
 * of the light, as a ratio of channels: what a tenth of it has, or a third of
 * what three hundredths have; near 0 for a grey copy. ERR_NOT_FOUND: too
 * little of it is neither dark nor burnt.
 */
RESULT chroma_measure(const struct raster *colour, struct chroma *out);
