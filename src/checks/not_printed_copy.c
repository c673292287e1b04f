/*
 * Signs that the document is a print of a picture: a printer's dots lie on
 * grids that are turned against the document's sides.
 *
 * A flag for operators. Some states print portraits with dots, and a good
 * colour copy seen from afar has none that a camera could show. To the
 * network a camera's noise and hard compression look like drops of ink: what
 * it says counts only where it says clearly less of what lies around the
 * document, which the same camera saw. Where nothing lies around, as in a
 * scan, nobody can tell.
 */
#include "checks/check.h"
#include "checks/recapture.h"

#define PRINT_MOST 0.6
#define OVER_AROUND 0.3

/*
 * Crossing lines of a ground make a weak grid of their own: 8.1 to 10.6 on 8 of
 * 60 genuine tuning pictures, on which the network is sure that they are none
 * (.02 at most). Dots had more than that, or .3 and more of the network (28
 * tuning prints).
 */
#define GRID_STRONG 14
#define NETWORK_LEAST 0.1

static const struct sign signs[] = {
    {FINDING_pattern_grid, 8.0, "dots on a grid turned as a printer's"},
    {FINDING_network_print, PRINT_MOST, "the network takes it for a print"},
    {FINDING_frame_sides, 1.5, "it lies in the middle of a straight sheet"},
};

static bool
is_of_dots(const struct findings *f)
{
	return findings_number(f, FINDING_pattern_grid_turn, 0) >
	    GRID_TURN_MOST &&
	    (findings_number(f, FINDING_pattern_grid, 0) > GRID_STRONG ||
	    findings_number(f, FINDING_network_print, 0) > NETWORK_LEAST);
}

static bool
counts(const struct findings *f, const struct sign *s)
{
	if (s->finding == FINDING_pattern_grid)
		return is_of_dots(f);
	if (s->finding != FINDING_network_print)
		return true;
	return findings_number(f, FINDING_network_print, 0) -
	    findings_number(f, FINDING_network_around, 1) > OVER_AROUND;
}

/* The network's opinion without anything to hold it against. */
static bool
stands_alone(const struct findings *f)
{
	return findings_number(f, FINDING_network_print, 0) > PRINT_MOST &&
	    !findings_find(f, FINDING_network_around);
}

static void
run(const struct dossier *d, struct result *out)
{
	recapture_judge(d, signs, COUNT_OF(signs), counts, VERDICT_WARN, out);
	if (out->verdict != VERDICT_PASS)
		return;
	result_set(out, VERDICT_PASS, "no dots as of a printer");
	for (int side = 0; side < SIDES_MAX; side++) {
		if (!stands_alone(d->sides[side]))
			continue;
		out->side = side;
		result_measure(out, findings_number(d->sides[side],
		    FINDING_network_print, 0), PRINT_MOST);
		result_set(out, VERDICT_UNSURE,
		    "drops of a printer or noise of a camera");
		result_reason(out, "not_verified");
	}
}

const struct check check_not_printed_copy = {"not_printed_copy", run};
