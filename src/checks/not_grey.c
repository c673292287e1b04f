/*
 * Whether the picture has colours: black-and-white copies are not accepted.
 *
 * Measured on synthetic pages of our own, rectified: 50 genuine 3.2 and more,
 * 18 photocopies 2.9 and less; other artwork gave 9.2 (tenth percentile) and
 * 4.4 (ninetieth), so that a pale copy may pass. The back of a card may be pale by
 * nature, so that it can only raise a doubt.
 */
#include "checks/check.h"

#define CHROMA_LEAST 3.0

static void
run(const struct dossier *d, struct result *out)
{
	int measured = 0, given = 0;

	for (int side = 0; side < SIDES_MAX; side++) {
		const struct finding *f = findings_find(d->sides[side],
		    FINDING_quality_colour);
		given += d->sides[side] != NULL;
		if (!f)
			continue;
		measured++;
		out->side = side;
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
