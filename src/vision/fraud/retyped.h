/*
 * What a network of our own makes of print at the picture's own pixels: of each
 * piece beside the others of its picture, whether it was set later.
 */
#pragma once

#include "vision/fraud/fields.h"
#include "vision/net/net.h"
#include "vision/page/plane.h"
#include "vision/pixels/opencv.h"
#include "vision/still/still.h"

/* Fewer pieces cannot be compared. */
#define RETYPED_LEAST 4

/*
 * What speaks for each piece's having been set later, above 0 more than not;
 * NAN for those that were not looked at. page: in pixels of the still.
 * ERR_NOT_FOUND: too few.
 */
RESULT retyped_scores(struct net *net, const struct still *still,
    const struct plane *page, const struct field_looks *f,
    double scores[PATCHES_MAX]);
