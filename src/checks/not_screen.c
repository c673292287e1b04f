/*
 * Signs that the document was photographed from a screen: peaks in the
 * spectrum where two grids meet.
 *
 * Never a failure alone: of 52 synthetic genuine pictures none exceeded 65,
 * of 12 shown on a display 8 exceeded 70; real replays were as low as 25, so
 * that the threshold finds about a third of them. An operator looks.
 */
#include "checks/check.h"

#define MOIRE_MOST 70

static void
run(const struct dossier *d, struct result *out)
{
	int measured = 0, given = 0;

	for (int side = 0; side < SIDES_MAX; side++) {
		const struct finding *f = findings_find(d->sides[side],
		    FINDING_quality_moire);
		given += d->sides[side] != NULL;
		if (!f)
			continue;
		measured++;
		out->side = side;
		out->box = f->box;
		result_measure(out, f->value, MOIRE_MOST);
		if (f->value <= MOIRE_MOST)
			continue;
		result_set(out, VERDICT_UNSURE, "a pattern as of a screen");
		result_reason(out, "not_verified");
		return;
	}
	if (measured < given || given == 0) {
		result_set(out, VERDICT_UNSURE, "the pattern was not measured");
		result_reason(out, "not_verified");
		return;
	}
	result_set(out, VERDICT_PASS, "no pattern as of a screen");
}

const struct check check_not_screen = {"not_screen", run};
