/*
 * Letters copied from one place of a picture to another: alike to the grain,
 * which no press and no camera repeats.
 */
#pragma once

#include "vision/fraud/patches.h"

struct copies {
	size_t pairs;       /* of one letter, compared */
	double closest;     /* difference of the two most alike, share of their
			       contrast */
	double usual;       /* the same of usual pairs: between the middle one
			       and the closest tenth, and not much more than
			       of the third closest */
	double contrast;    /* of these two letters, grey levels */
	float corners[8];   /* around the second of the two, in the picture */
};

/* ERR_NOT_FOUND: too few letters to compare. */
RESULT copies_find(const struct sight *s, const struct patches *prints,
    struct copies *out);
