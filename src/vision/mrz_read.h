/*
 * The machine-readable zone of a picture, at any angle.
 *
 * Nothing is forced on the reading to make it valid but what mrz_repair
 * allows, and how much that was is told. A zone is looked for in passes, each
 * for what the last could not see; the first reading that agrees with itself
 * ends the search.
 */
#pragma once

#include "ident/mrz.h"
#include "vision/recognise.h"

/* Below this mean probability a reading is no reading. */
#define MRZ_SURE_LEAST 0.80f

struct mrz_found {
	struct mrz_reading reading;
	float sure;  /* mean probability of its letters */
	float least; /* that of the worst letter */
	struct line lines[MRZ_LINES_MAX]; /* in pixels of grey */
	int columns;
};

/* ERR_UNREADABLE: there is none, or none that can be read. */
RESULT mrz_read(struct net *net, const struct raster *grey, int64_t now,
    struct mrz_found *out);
