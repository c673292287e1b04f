/*
 * Whether the ghost portrait shows the face of the portrait. Not every
 * document has a ghost, and a weak one may not be found: then nothing is
 * said.
 */
#include "checks/flag.h"

/*
 * Tuning pictures of tools/specimen, L1 to L3, portrait and ghost found: 13
 * of one face .925 and more, 6 of 8 of two faces .886 and less. A ghost in
 * light or at the edge of a skew outline is compared with the wrong place:
 * of those in four such pictures the busiest had 4.2.
 */
#define BUSY_LEAST 4.3
#define ALIKE_LEAST 0.90

static void
run(const struct dossier *d, struct result *out)
{
	static const struct flag flag = {FINDING_ghost_likeness, FLAG_BELOW,
	    ALIKE_LEAST, "the ghost shows another face than the portrait"};
	bool found = false;

	for (int side = 0; side < SIDES_MAX; side++)
		found |= findings_number(d->sides[side], FINDING_ghost_busy,
		    0) >= BUSY_LEAST;
	if (!found) {
		result_set(out, VERDICT_UNSURE, "no ghost portrait was found");
		result_reason(out, "not_verified");
		return;
	}
	flags_judge(d, &flag, 1, "the ghost shows the same face", out);
}

const struct check check_portrait_ghost = {"portrait_ghost", run};
