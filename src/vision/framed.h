/*
 * Straight edges on all four sides of a printed field: of a strip of paper, or
 * of a patch whose ground is not the page's.
 */
#pragma once

#include "vision/fields.h"
#include "vision/plane.h"
#include "vision/still.h"

/* How plain such edges are around each field; NAN for what is no field, or too
 * small. page: in pixels of the still's grey, from which the card was cut. */
RESULT framed_measure(const struct still *still, const struct plane *page,
    const struct field_looks *f, double out[PATCHES_MAX]);

/* How far a field's edges stand above the middle one's of the picture; NAN
 * with fewer than FRAMED_LEAST. */
#define FRAMED_LEAST 3
double framed_apart(const double values[PATCHES_MAX], size_t count,
    size_t which);
