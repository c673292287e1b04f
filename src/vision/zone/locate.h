/*
 * Where lines of a machine-readable zone may be: chains of letter-sized
 * things at one pitch, at any angle; and, where blur has run letters
 * together, long narrow areas full of strokes.
 */
#pragma once

#include "vision/pixels/opencv.h"
#include "base/enum.h"
#include "vision/pixels/strip.h"

#define LOCATE_LINES_MAX 24

/* Longest first, in pixels of grey. None is no error. specks: things as large
 * as letters that were seen in the picture. */
RESULT locate_chains(const struct raster *grey, double darker,
    struct line *out, size_t *count, size_t *specks);

/* Each bar as a few lines it could hold. near: pixels that run together:
 * many join a faint zone, few part it from the print above. */
RESULT locate_bars(const struct raster *grey, int near, struct line *out,
    size_t *count);
