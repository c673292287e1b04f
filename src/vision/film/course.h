/*
 * What a face does, moment by moment, against how it is at rest.
 */
#pragma once

#include "vision/film/signals.h"

enum signal { SIGNAL_yaw, SIGNAL_up, SIGNAL_mouth, SIGNAL_closer };

/* All that was seen, and how the face is at rest. */
struct course {
	const struct moment *moments;
	size_t count;
	const struct signals *rest;
	float box; /* how wide the detector's box is in the middle; pixels */
};

/* How far from rest, in the signal's own unit; of a moment with signals. */
float course_value(const struct course *c, size_t at, enum signal which);

/* Whether the head is turned, or was a moment ago. */
bool course_is_turned(const struct course *c, size_t at);
