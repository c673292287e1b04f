/*
 * What a network of our own makes of printed fields: of each beside the
 * others of its picture, whether it was typed later.
 */
#pragma once

#include "vision/fields.h"
#include "vision/net.h"
#include "vision/opencv.h"

/* Fewer fields cannot be compared. */
#define RETYPED_LEAST 4

/*
 * What speaks for each field's having been typed later, above 0 more than not;
 * NAN for those that were not looked at. ERR_NOT_FOUND: too few.
 */
RESULT retyped_scores(struct net *net, const struct raster *card,
    const struct field_looks *f, double scores[PATCHES_MAX]);
