/*
 * Whether the picture has colours: black-and-white copies are not accepted.
 *
 * What is measured does not depend on the colour of the light, nor on a
 * toner's (vision/fraud/chroma.c). A scan that somebody made in grey fails as
 * well: that is policy, not physics. The back of a card may be pale by nature, so
 * that it can only raise a doubt, also where it was given as the front: that it
 * is none is for others to say. Figures: docs/checks.md.
 */
#include "checks/check.h"

/*
 * Tuning pictures of tools/specimen, levels L1 to L4 and scans: 47 of 50 grey
 * copies and scans lie below GREY and one between the lines; of 184 genuine
 * fronts in colour one below (a scan), eight between. Of 119 pages of another
 * drawer one below (.033), the next has .087; of 50 grey copies made of these
 * all below. Of its 60 pale backs the least has .0117.
 */
/*
 * Without the largest place of colour: 38 grey copies of pages of another
 * drawer with a stamp or a word across have at most .018, but for one that is
 * grey as a whole; of 38 genuine ones none less than .030.
 */
#define GREY_BESIDE 0.022
#define GREY 0.036
#define COLOURED 0.045
#define GREY_BACK 0.011

static bool
is_front(const struct dossier *d, int side)
{
	return side == 0 && !findings_find(d->sides[side],
	    FINDING_card_back);
}

/* Coloured in one place alone: a stamp, or a word laid across. */
static bool
marked(const struct findings *f, struct result *out)
{
	const struct finding *rest = findings_find(f, FINDING_colour_rest);

	if (!rest || rest->value >= GREY_BESIDE)
		return false;
	out->box = rest->box;
	result_measure(out, rest->value, GREY_BESIDE);
	result_set(out, VERDICT_UNSURE, "coloured in one place alone");
	result_reason(out, "grey");
	return true;
}

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
		bool front = is_front(d, side);
		double least = front ? COLOURED : GREY_BACK;
		measured++;
		out->side = side;
		out->box = f->box;
		result_measure(out, f->value, least);
		if (f->value >= least) {
			if (front && marked(d->sides[side], out))
				return;
			continue;
		}
		result_set(out, front && f->value < GREY ? VERDICT_FAIL :
		    VERDICT_UNSURE, "almost without colour");
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
