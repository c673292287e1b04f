/*
 * The machine-readable zone of a picture, at any angle.
 *
 * Nothing is forced on the reading to make it valid but what mrz_decide
 * allows, and how much that was is told. A zone is looked for in passes, each
 * for what the last could not see; the first reading that agrees with itself
 * ends the search.
 */
#pragma once

#include "ident/finding.h"
#include "ident/mrz.h"
#include "vision/zone/recognise.h"

/* Below this mean probability a reading is no reading. */
#define MRZ_SURE_LEAST 0.80f

struct mrz_found {
	struct mrz_reading reading;
	struct mrz_seen seen; /* from two looks at each line */
	struct line lines[MRZ_LINES_MAX]; /* in pixels of grey */
	int columns;
	bool held;             /* read with each letter in its place */
	enum reader_look look; /* how it was read; weak letters in others too */
};

/*
 * ERR_UNREADABLE: there is none, or none that can be read. Lines that fit no
 * layout are returned as they stand, with the format MRZ_NONE.
 */
RESULT mrz_read(struct net *net, const struct raster *grey, int64_t now,
    struct mrz_found *out);

/* Where mrz_read() saw none: the same of what lies in the shade. */
RESULT mrz_read_dim(struct net *net, const struct raster *grey, int64_t now,
    struct mrz_found *out);

/* As findings. boxes: of the whole zone, then of each line. */
RESULT mrz_report(const struct mrz_found *m,
    const struct box boxes[MRZ_LINES_MAX + 1], struct findings *out);
