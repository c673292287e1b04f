/*
 * Signs that the document is a print of a picture: a printer's dots lie on
 * grids that are turned against the document's sides.
 *
 * A flag for operators. Some states print portraits with dots, and a good
 * colour copy seen from afar has none that a camera could show.
 */
#include "checks/check.h"
#include "checks/recapture.h"

static const struct sign signs[] = {
    {FINDING_pattern_grid, 12.0, "dots on a grid turned as a printer's"},
    {FINDING_network_print, 0.6, "the network takes it for a print"},
};

static bool
counts(const struct findings *f, const struct sign *s)
{
	return s->finding != FINDING_pattern_grid ||
	    findings_number(f, FINDING_pattern_grid_turn, 0) >
		GRID_TURN_MOST;
}

static void
run(const struct dossier *d, struct result *out)
{
	recapture_judge(d, signs, COUNT_OF(signs), counts, VERDICT_WARN, out);
	if (out->verdict == VERDICT_PASS)
		result_set(out, VERDICT_PASS, "no dots as of a printer");
}

const struct check check_not_printed_copy = {"not_printed_copy", run};
