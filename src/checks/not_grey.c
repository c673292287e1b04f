/*
 * Whether the picture has colours: black-and-white copies are not accepted.
 *
 * What is measured does not depend on the colour of the light (vision/chroma.c).
 * A scan that somebody made in grey fails as well: that is policy, not
 * physics. The back of a card may be pale by nature, so that it can only raise
 * a doubt. Figures: docs/checks.md.
 */
#include "checks/check.h"

#define CHROMA_LEAST 0.055

static void
run(const struct dossier *d, struct result *out)
{
	int measured = 0, given = 0;

	for (int side = 0; side < SIDES_MAX; side++) {
		const struct finding *f = findings_find(d->sides[side],
		    FINDING_colour_chroma);
		given += d->sides[side] != NULL;
		if (!f)
			continue;
		measured++;
		out->side = side;
		out->box = f->box;
		result_measure(out, f->value, CHROMA_LEAST);
		if (f->value >= CHROMA_LEAST)
			continue;
		result_set(out, side == 0 ? VERDICT_FAIL : VERDICT_UNSURE,
		    "almost without colour");
		result_reason(out, "grey");
		return;
	}
	if (measured < given || given == 0) {
		result_set(out, VERDICT_UNSURE, "colour was not measured");
		result_reason(out, "grey");
		return;
	}
	result_set(out, VERDICT_PASS, "in colour");
}

const struct check check_not_grey = {"not_grey", run};
