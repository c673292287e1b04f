/*
 * Whether what moves like a head has depth: tests on stretches of a
 * recording.
 */
#pragma once

#include "vision/film/tracks.h"
#include "vision/film/watch.h"

struct depth {
	/* Over turns of the head that were done; the deepest of them: a
	 * photograph has none. */
	size_t turns;           /* that could be measured */
	double flat, follows;   /* see tracks.h; follows -1: no ground */
	uint32_t from_ms, to_ms;
	/* Over any stretch in which the face changes its form as a tilted
	 * plane does: what a plane in perspective leaves of what a plane
	 * that only turns does. 1: none. */
	double tilted;
	uint32_t tilted_from_ms, tilted_to_ms;
	/* The fitted turn of the head less the one by the jaw, in degrees;
	 * what is exceeded for a third of a second. */
	double gap;
	uint32_t gap_from_ms, gap_to_ms;
};

void depth_measure(const struct watch *w, const struct event *events,
    size_t count, const struct signals *rest, struct depth *out);
