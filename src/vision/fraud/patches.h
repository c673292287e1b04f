/*
 * Pieces of print on the rectified document: those that were read as fields,
 * and others of a field's size, found by their letters without reading them.
 * A field that was changed is often one that could not be read as expected.
 */
#pragma once

#include "vision/page/plane.h"
#include "vision/sight.h"

#define PATCHES_MAX 24

struct patch {
	int x, y, width, height; /* pixels of the card */
	const struct printed_field *field; /* NULL: not read as one */
};

struct patches {
	size_t count; /* fields first, then from the upper left */
	struct patch at[PATCHES_MAX];
};

RESULT patches_find(const struct sight *s, const struct raster *card,
    struct patches *out);

/* Where a piece lies in the picture, and in what people see. */
void patch_corners(const struct plane *p, const struct patch *what,
    float out[8]);
struct box patch_box(const struct sight *s, const struct patch *what);
