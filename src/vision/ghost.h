/*
 * Whether the portrait's face stands once more on the document, small and
 * weak: its ghost.
 */
#pragma once

#include "vision/opencv.h"
#include "vision/portrait.h"

/* So like the portrait that nothing but its ghost is: no face is looked for. */
#define GHOST_CERTAIN 0.92

struct ghost {
	float x, y, width, height; /* millimetres: a face or the likest place */
	double alike;  /* likeness of that place to the portrait's face */
	bool is_face;  /* the place holds a face, whosever */
};

/*
 * The place that is likest to the portrait; where none is very like it, the
 * likest that holds a face. cascade NULL: nothing is known to be a face.
 * ERR_NOT_FOUND: no place at all.
 */
RESULT ghost_find(const struct raster *card, float per_mm,
    const struct portrait *p, const struct portrait twins[PORTRAIT_TWINS],
    struct cascade *cascade, struct ghost *out);
