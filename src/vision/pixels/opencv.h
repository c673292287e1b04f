/*
 * OpenCV behind a C header: pixels in, numbers out.
 *
 * No exception leaves it. It never sees a file: it is given rasters. Threads are
 * off, because the cage of a reader ends whoever starts one.
 */
#pragma once

#include "base/buf.h"
#include "vision/still/raster.h"

/* Once, before anything else. */
void opencv_start(void);

/* What finds faces that look ahead, of a file that comes with OpenCV. */
struct cascade;
RESULT cascade_load(struct span xml, struct cascade **out);
void cascade_free(struct cascade *c);

/* Whether a face fills most of a small grey picture; least: its width. */
RESULT cascade_sees(struct cascade *c, const struct raster *grey, int least,
    bool *out);

/* Long narrow areas full of strokes no further apart than twice near, in any
 * direction; largest first. */
struct bar {
	float x, y;           /* middle */
	float along_x, along_y; /* half the length, as a vector */
	float half_width;
};

#define BARS_MAX 12

RESULT opencv_bars(const struct raster *grey, int stroke, int near,
    struct bar *out, size_t *count);

/* Scaled to a size; by area when it gets smaller. */
RESULT opencv_resize(const struct raster *in, int width, int height,
    struct raster *out);

/* in / blurred median of in: even light, for reading print. */
RESULT opencv_flatten(const struct raster *grey, int radius,
    struct raster *out);

/* in / what is left of it without dark things narrower than across: whatever is
 * wider counts as ground, whose shade is gone. */
RESULT opencv_even(const struct raster *grey, int across,
    struct raster *out);

/* Contrast raised part by part, a little: shade and pale print become even,
 * noise does not become a picture. */
RESULT opencv_raise(const struct raster *grey, struct raster *out);

/* Magnitudes of the spectrum of a square plane, or of two as one complex one;
 * side is a power of two, frequency 0 comes first. */
RESULT opencv_spectrum_of(const float *real, const float *imaginary,
    int side, float *out);

/* Cuts four corners out into a rectangle. */
RESULT opencv_unwarp(const struct raster *in, const float corners[8],
    int width, int height, struct raster *out);

/* Thin dark things taken away: what is left of a page when its print is. */
RESULT opencv_without_print(const struct raster *in, int radius,
    struct raster *out);

/* Where a small grey picture lies best in a large one: the place of its upper
 * left corner and the correlation there, -1 to 1. Places whose middle lies in
 * the box (x, y, width, height) are left out. A picture of one level is like
 * nothing: 0. */
RESULT opencv_match(const struct raster *large, const struct raster *small,
    const int not_in[4], int place[2], double *likeness);

DEFINE_AUTO(cascade_free, struct cascade *)
