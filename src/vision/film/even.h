/*
 * A face lit from one side, as if its light were even.
 */
#pragma once

#include "vision/film/faces.h"

/* How much brighter one half of a face is than the other, in logarithms of
 * grey: 0 in even light. */
float light_aside(const struct raster *grey, const struct face *f);

/* By how much of it light that stands aside so far is to be evened: 0 to 1. */
float light_to_even(float aside);

/* Brings what is around each pixel of a grey picture to one level, by share, 0
 * to 1; width: of the face in it, in pixels. */
RESULT light_even(struct raster *grey, float width, float share);
