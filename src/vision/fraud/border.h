/*
 * Straight lines around the portrait, and whether they are turned against the
 * document: a printed frame never is, a photograph stuck on by hand mostly.
 */
#pragma once

#include "vision/fraud/portrait.h"

/*
 * Degrees by which three sides that agree are turned, whichever way; 0 when
 * no three agree. ERR_NOT_FOUND: the portrait is cut off, or too small.
 */
RESULT border_turned(const struct raster *card, float per_mm,
    const struct portrait *p, double *out);
