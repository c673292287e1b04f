/*
 * What covers a face: whether nose, lips, mouth and eyes look like parts of
 * the skin around them, or like something else.
 */
#pragma once

#include "vision/film/faces.h"
#include "vision/still/raster.h"

/*
 * All are differences of colour, in logarithms of its channels, so that more
 * or less light changes nothing: 0 is the same, 0.7 twice as much of a colour.
 */
struct face_parts {
	float nose;  /* lower nose and cheeks beside it against the skin
	                between and below the eyes */
	float lips;  /* lips against what is above and below them */
	float eyes;  /* lids and what is just below the eyes against the nose */
	float sight; /* the darkest of the eyes against their brightest */
	float mouth; /* between the inner lips against the lips */
	float chin;  /* how much darker than that skin what lies around the
	                mouth is: a beard, a shade */
};

/* colour: what the face's points are in. ERR_NOT_FOUND: too near the edge, or
 * too small. */
RESULT cover_measure(const struct raster *colour, const struct face *face,
    struct face_parts *out);
