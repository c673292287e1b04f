/*
 * Lines of print into letters, by the network.
 */
#pragma once

#include "vision/net/net.h"
#include "vision/pixels/opencv.h"
#include "vision/pixels/strip.h"
#include "vision/zone/ctc.h"

/* Strips read for one picture: past this something is looping on noise. */
#define STRIPS_MAX 100

/* How a strip is made ready: as it is, with uneven light taken out, or with
 * every part of a letter as dark as any other. */
enum reader_look { LOOK_PLAIN, LOOK_FLAT, LOOK_EVEN };

struct reader {
	struct net *net;
	const struct raster *grey;
	struct raster soft; /* grey, blurred for letters of one size */
	float soft_pitch;
	unsigned strips;
	enum reader_look look;
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
 * The line has exactly `count` letters from its first on: which? placed, or
 * NULL: the same with each letter held to its place.
 */
RESULT recognise_exact(struct reader *r, const struct line *l, int count,
    struct ctc_cells *out, struct ctc_cells *placed);
/* With the strip cut a little differently, for a second opinion; each letter
 * held to its place where placed. */
RESULT recognise_aside(struct reader *r, const struct line *l, int count,
    bool placed, struct ctc_cells *out);

/* A strip of a line, cut out of the picture made as soft as strips of such
 * print want it. out as for strip_cut(). */
RESULT reader_cut(struct reader *r, const struct line *l, float first,
    int columns, int rows, float *out);

DEFINE_AUTO_CLEAR(reader_clear, struct reader)
