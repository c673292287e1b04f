/*
 * Straight edges of a picture, and how much of a line lies on one.
 *
 * An edge here is a step of brightness or of colour, however faint, across
 * which the direction agrees with the line's: a pale card on a pale table has
 * nothing else to show. Print, hair and wood have steps too, but in all
 * directions.
 */
#pragma once

#include "vision/still/raster.h"

#define EDGE_LINES_MAX 56

struct edge_line {
	float nx, ny, rho;  /* points: nx x + ny y = rho; (nx, ny) is unit */
	float from, to;     /* of its parameter, inside the picture */
	float given;        /* share taken for granted; 0: to be seen */
	/* sums, from one parameter to the next, of steps up and down */
	uint16_t *up, *down;
};

struct edges {
	int width, height;
	int8_t *gx, *gy; /* step at each pixel, halved; 0, 0: none */
	struct edge_line lines[EDGE_LINES_MAX];
	size_t count;
};

RESULT edges_find(const struct raster *colour, struct edges *out);
void edges_clear(struct edges *e);

/* Adds the best line near one that is expected: within so many degrees and
 * pixels at its middle. False if there is none. */
bool edges_add_near(struct edges *e, const float a[2], const float b[2],
    float degrees, float pixels);

/* Adds a line where a side ought to be though nothing is seen of it. */
RESULT edges_add_guess(struct edges *e, const float a[2], const float b[2]);

/* Share, 0 to 1, of the line between two parameters that lies on steps; all
 * of one direction count in full, the others half. */
float edge_share(const struct edge_line *l, float from, float to);

/* The parameter of the point of a line that is nearest. */
float edge_place(const struct edge_line *l, float x, float y);

/* False: they do not meet. */
bool edge_meet(const struct edge_line *a, const struct edge_line *b,
    float out[2]);

DEFINE_AUTO_CLEAR(edges_clear, struct edges)
