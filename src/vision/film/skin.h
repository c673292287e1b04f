/*
 * How much light, and of which colour, comes from the skin of a face and from
 * what lies around it, in one picture.
 *
 * Brightness is made proportional to light again, as far as a usual camera's
 * curve is known: only so does a lamp's share stay the same whatever else
 * shines.
 */
#pragma once

#include "vision/film/faces.h"
#include "vision/still/raster.h"

enum { CHEEK_LEFT, CHEEK_RIGHT, CHEEKS }; /* of the picture */

struct skin {
	bool seen;
	float cheek[CHEEKS]; /* light, middle of each; 1: as bright as can be */
	float colour[3];     /* light of both, red, green, blue */
	float ground[3];     /* of what is beside the head; all 0: nothing */
};

/* Nothing is seen without points, or of cheeks of a few pixels. */
void skin_measure(const struct raster *colour, const struct face *face,
    struct skin *out);
