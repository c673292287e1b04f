/*
 * From one line that may belong to a machine-readable zone to all its lines:
 * which way up it is, where exactly its letters stand, and what lies above
 * and below.
 */
#pragma once

#include "vision/zone/recognise.h"

#define ZONE_LINES_MAX 8

struct zone_line {
	struct line line;     /* its letter 0 is the first one read */
	struct ctc_text text; /* columns counted in its letters */
	float down;           /* pitches below the line it began with */
	float start, end;     /* first and last letter, in that line's letters */
	float sure;
};

struct zone {
	size_t count; /* from top to bottom */
	struct zone_line lines[ZONE_LINES_MAX];
	float sure; /* of the line it began with */
};

/* ERR_UNREADABLE: the line is no such print. */
RESULT zone_around(struct reader *r, const struct line *seed,
    struct zone *out);
