/*
 * Whether the letters of a zone are beyond doubt. Right check digits do not
 * say so: they are blind to names, and to letters that weigh the same.
 */
#pragma once

#include "ident/finding.h"

struct mrz_doubt {
	const char *text;        /* for operators; NULL: there is no doubt */
	double value, threshold; /* of what was measured */
};

/* Findings without measurements are a doubt. */
struct mrz_doubt mrz_doubt_of(const struct findings *f);
