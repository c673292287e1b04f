/*
 * What the JPEG and the PNG reader have in common with still.c, and nobody
 * else needs.
 */
#pragma once

#include "vision/still.h"

/* ERR_TOO_LARGE or ERR_UNREADABLE for sides that are not accepted. */
RESULT still_sides(uint64_t width, uint64_t height);

/* How much a picture is reduced: a power of two. */
int still_reduction(int width, int height);

/* Fill in everything but grey; pixels not yet turned upright. */
RESULT jpeg_decode(struct span file, struct still *out, int *orientation);
RESULT png_decode(struct span file, struct still *out, int *orientation);

/* The orientation in an EXIF block (after "Exif\0\0"); 1 when it has none. */
int exif_orientation(struct span tiff);
