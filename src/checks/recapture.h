/*
 * What the checks for copies share: signs measured on each side, any of which
 * is enough to flag.
 */
#pragma once

#include "base/enum.h"
#include "checks/check.h"

/* Degrees from the document's sides: a display's grid below, a printer's
 * above, whose inks are turned by 15, 45 and 75. */
#define GRID_TURN_MOST 8.5

struct sign {
	enum finding_name finding;
	double most;
	const char *text;
};

/*
 * The first sign above its threshold that counts gives the verdict; none
 * gives VERDICT_PASS with the first one's value. A side without its first
 * sign was not measured: VERDICT_UNSURE.
 */
void recapture_judge(const struct dossier *d, const struct sign *signs,
    size_t count, bool (*counts)(const struct findings *f,
    const struct sign *s), enum verdict flagged, struct result *out);
