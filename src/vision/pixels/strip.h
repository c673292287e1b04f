/*
 * A line of print in a picture, and the strip cut along it.
 *
 * Letters of a machine-readable zone stand at one pitch, so a line is where
 * its first letter is and the step to the next; a curved term takes up the
 * perspective. A strip shows it upright at 16 pixels a pitch, as the network
 * was taught.
 */
#pragma once

#include "vision/still/raster.h"

#define STRIP_PITCH 16
#define STRIP_HEIGHT 32
#define STRIP_COLUMNS_MAX 128

struct line {
	float x, y;   /* middle of the first letter */
	float sx, sy; /* from a letter to the next */
	float qx, qy; /* times the square of the letter's number */
	float dx, dy; /* one pitch down */
	int letters;  /* how many were seen */
};

/* A place in the picture: letters along, pitches down. */
void line_at(const struct line *l, float along, float down, float *x,
    float *y);

/* The down vector at a right angle to the step, times stretch. */
void line_square(struct line *l, float stretch);

/* Read from the other end: upside down. */
struct line line_reversed(const struct line *l);
/* Starting some letters later (or earlier, negative). */
struct line line_shifted(const struct line *l, float along);
/* Another line of print, parallel. */
struct line line_below(const struct line *l, float down);
/* The same line in a picture so many times as large. */
void line_enlarge(struct line *l, float scale);

float line_pitch(const struct line *l);

/*
 * Levels from letter `first` (half a pitch before its middle) on, over
 * `columns` letters, `rows` pixels high, centred on the line. out has
 * columns * STRIP_PITCH * rows values.
 */
void strip_cut(const struct raster *grey, const struct line *l, float first,
    int columns, int rows, float *out);

/* To mean 0 and deviation 1, in place. */
void strip_normalise(float *strip, size_t count);

/* Takes uneven light out of a strip, in place: each level becomes how much
 * darker it is than the paper there, by how dark the letters beside it are. */
RESULT strip_flatten(float *strip, int columns, int rows);

/* The same letter by letter and part by part: each level by the darkest one
 * beside it. Brings out what a reflection or a bleached word all but hid, and
 * the noise of empty paper as well. */
RESULT strip_even(float *strip, int columns, int rows);
