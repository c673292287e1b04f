/*
 * Whether a machine-readable zone was read whole, and holds what such a zone
 * may hold: dates that exist, states that exist, letters where letters go.
 * Forged zones with right digits have been seen with a nationality of "132".
 */
#include "checks/check.h"
#include "ident/document.h"

static const char *
why_none(const struct dossier *d)
{
	bool two = document_sides(d->country, d->kind) == 2;

	if (two && d->sides[0] && !d->sides[1])
		return "back_missing";
	for (int side = 0; side < SIDES_MAX; side++)
		if (findings_number(d->sides[side], FINDING_document_found, 0) >
		    0)
			return "unreadable_zone";
	return "no_document";
}

/* What is wrong with the lines of the first side that has any; 0: none has. */
static unsigned
misfit(const struct dossier *d, int *side)
{
	static const enum finding_name names[] = {FINDING_mrz_line_1,
	    FINDING_mrz_line_2, FINDING_mrz_line_3};
	const char *lines[MRZ_LINES_MAX];

	for (*side = 0; *side < SIDES_MAX; (*side)++) {
		size_t count = 0;
		for (; d->sides[*side] && count < MRZ_LINES_MAX; count++) {
			lines[count] = findings_text(d->sides[*side],
			    names[count]);
			if (lines[count][0] == '\0')
				break;
		}
		unsigned flaws = mrz_misfit(lines, count);
		if (flaws)
			return flaws;
	}
	return 0;
}

static void
run(const struct dossier *d, struct result *out)
{
	char flaws[sizeof(out->explanation)];
	int side;
	unsigned unfit = d->mrz.format == MRZ_NONE ? misfit(d, &side) : 0;

	if (unfit) {
		mrz_flaws_list(unfit, flaws, sizeof(flaws));
		out->side = side;
		result_set(out, VERDICT_FAIL, "%s", flaws);
		result_reason(out, "unreadable_zone");
		return;
	}
	if (d->mrz.format == MRZ_NONE) {
		result_set(out, VERDICT_FAIL, "no zone was read");
		result_reason(out, why_none(d));
		return;
	}
	out->side = d->mrz_side;
	if (d->mrz.flaws) {
		mrz_flaws_list(d->mrz.flaws, flaws, sizeof(flaws));
		result_set(out, VERDICT_FAIL, "%s", flaws);
		result_reason(out, "unreadable_zone");
		return;
	}
	result_set(out, VERDICT_PASS, "a whole zone of format %s",
	    mrz_format_text(d->mrz.format));
}

const struct check check_mrz_structure = {"mrz_structure", run};
