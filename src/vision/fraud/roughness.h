/*
 * How rough a part of the picture is, at the camera's own pixels and at half
 * of them, laid flat: what an editor fills, blurs or sets again lacks the
 * grain that sensor and first file left, or has another.
 */
#pragma once

#include "vision/page/plane.h"
#include "vision/still/still.h"

#define ROUGH_STEPS 24 /* a doubling of what bends between pixels */

/* A rectangle of the page, in millimetres. */
struct roughness_part {
	float x, y, width, height;
};

/*
 * Of columns x rows places spread evenly over the part: fine at the pixels,
 * coarse at half of them; ROUGH_STEPS a doubling, 255 at most. page: in
 * pixels of the still. ERR_NOT_FOUND: it does not lie in the picture.
 */
RESULT roughness_put(const struct still *s, const struct plane *page,
    struct roughness_part part, int columns, int rows, uint8_t *fine,
    uint8_t *coarse);
