/*
 * Signs that the document was photographed from a display.
 *
 * Never a failure alone: real displays leave far less than simulated ones,
 * and a doubt is enough for an operator to look. Thresholds and what they
 * cost are in docs/checks.md: of 660 genuine tuning pictures one lay above
 * the first line, two above the second, none above the third and the last,
 * and ten, nine of level L4, above the network's. What lies all over was
 * looked at later: of 77 genuine pictures of other drawers none has more than
 * 5.3 along the sides, of 50 of cards with straight lines one card 29 to 39 at
 * a slant.
 */
#include "checks/check.h"
#include "checks/recapture.h"

static const struct sign signs[] = {
    {FINDING_pattern_fringe, 5.5, "colours turn as on a display's stripes"},
    {FINDING_pattern_beyond, 6.7, "a pattern goes on beyond the document"},
    {FINDING_pattern_grid, 6.0, "a grid along the document's sides"},
    {FINDING_pattern_everywhere, 12, "one pattern lies all over the picture"},
    {FINDING_network_screen, 0.6, "the network takes it for a display"},
    {FINDING_frame_sides, 1.5, "a straight frame lies around the document"},
};

/* Lines of ink may go over a whole page, portrait and all; just along the
 * picture's sides, as what a display or a program draws, they hardly do. */
#define ALONG_MOST 3.0
#define CORNER_LEAST 44.0 /* where rows and columns meet, a peak as well */
#define SLANTING_MOST 50

static bool
lies_along(const struct findings *f)
{
	double turn = findings_number(f, FINDING_pattern_everywhere_turn, 20);
	return turn <= ALONG_MOST || turn >= CORNER_LEAST ||
	    findings_number(f, FINDING_pattern_everywhere, 0) > SLANTING_MOST;
}

/* A display's grid lies as the document on it; a printer's is turned. */
static bool
counts(const struct findings *f, const struct sign *s)
{
	if (s->finding == FINDING_pattern_everywhere)
		return lies_along(f);
	return s->finding != FINDING_pattern_grid ||
	    findings_number(f, FINDING_pattern_grid_turn, 45) <=
		GRID_TURN_MOST;
}

static void
run(const struct dossier *d, struct result *out)
{
	recapture_judge(d, signs, COUNT_OF(signs), counts, VERDICT_UNSURE,
	    out);
	if (out->verdict == VERDICT_PASS)
		result_set(out, VERDICT_PASS, "no pattern as of a screen");
}

const struct check check_not_screen = {"not_screen", run};
