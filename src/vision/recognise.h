/*
 * Lines of print into letters, by the network.
 */
#pragma once

#include "vision/ctc.h"
#include "vision/opencv.h"
#include "vision/strip.h"

/* Strips read for one picture: past this something is looping on noise. */
#define STRIPS_MAX 100

struct reader {
	struct net *net;
	const struct raster *grey;
	struct raster soft; /* grey, blurred for letters of one size */
	float soft_pitch;
	unsigned strips;
	struct ctc_votes votes;
};

void reader_init(struct reader *r, struct net *net,
    const struct raster *grey);
void reader_clear(struct reader *r);

/*
 * What stands along the line from letter `first` over `columns` letters.
 * The column of each letter is counted in letters of the line. May be empty.
 */
RESULT recognise(struct reader *r, const struct line *l, float first,
    int columns, struct ctc_text *out);

/*
 * The line has exactly `count` letters from its first on: which? Aside: with
 * the strip cut a little differently, for a second opinion.
 */
RESULT recognise_exact(struct reader *r, const struct line *l, int count,
    bool aside, struct ctc_cells *out);

/* The picture as fine as strips of this pitch want it. Borrowed. */
RESULT reader_grey(struct reader *r, float pitch, const struct raster **out);

DEFINE_AUTO_CLEAR(reader_clear, struct reader)
