/*
 * Whether a recording is one piece, as a camera gives it: from all its frames
 * at a glance. Numbers with the time at which each stands; what they mean is
 * for the checks to say.
 */
#pragma once

#include "vision/film/watch.h"

struct seam {
	double value;
	uint32_t from_ms, to_ms;
};

struct seams {
	struct seam cut;    /* the largest change from frame to frame, in
	                       changes that are usual there */
	struct seam loop;   /* two stretches that are alike: their difference
	                       by how far frames of one differ; small: the
	                       same again. 9 where nothing moves */
	struct seam freeze; /* seconds of the longest run of frames alike */
	struct seam gap;    /* seconds of the longest time without a frame */
	double twins;       /* share of frames like the one before */
	double unevenness;  /* of the time between frames, in milliseconds */
};

void seams_find(const struct tick *ticks, size_t count, struct seams *out);
