/*
 * For the weak checks: a number that a look reported, and from where on a
 * person should look. They warn; they never decide.
 */
#pragma once

#include "checks/check.h"

struct flag {
	enum finding_name finding;
	enum { FLAG_ABOVE, FLAG_BELOW } side; /* of the threshold is a doubt */
	double threshold;
	const char *doubt; /* for operators */
};

/*
 * The first flag that stands on any side, in the order given, is the result:
 * a warning with its value, threshold and region. Else a pass with the value
 * of the first that was measured; unsure when none was.
 */
void flags_judge(const struct dossier *d, const struct flag *flags,
    size_t count, const char *fine, struct result *out);
