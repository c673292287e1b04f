/*
 * What the camera's own pixels tell of printed fields: how rough the rims of
 * their letters are.
 *
 * Lens, sensor, sharpening and the first file leave the same along every
 * letter of a picture. What an editor sets lacks it, or has more of it, in
 * whatever face and however the file was saved after.
 */
#pragma once

#include "vision/fraud/fields.h"
#include "vision/page/plane.h"
#include "vision/still/still.h"

enum { RIMS_FINE, RIMS_COARSE, RIMS_VALUES };

/* Doublings of roughness, at the picture's pixels and at half of them, less
 * the doublings of contrast. NAN: not measured. */
struct rims {
	double of[RIMS_VALUES];
};

/* Of each field. page: in pixels of the still, from which the card was
 * cut. */
RESULT rims_measure(const struct still *still, const struct plane *page,
    const struct raster *card, const struct field_looks *f,
    struct rims out[PATCHES_MAX]);

/* How far the field stands from the others, in usual deviations; NAN for what
 * is no field, with fewer than RIMS_LEAST of them, and where nothing was
 * measured. */
#define RIMS_LEAST 4
double rims_apart(const struct field_looks *f,
    const struct rims rims[PATCHES_MAX], size_t which);
