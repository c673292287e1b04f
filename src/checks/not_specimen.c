/*
 * Specimens are made to be shown around and prove nobody's identity; only
 * test workspaces take them. They are known by their holders' names, and by
 * the word in large letters across them, of which vision/print/across.def has
 * what it may be.
 */
#include "checks/check.h"

#include <string.h>

static bool
is_specimen_name(const char *name)
{
	return strstr(name, "SPECIMEN") || strstr(name, "MUSTERMANN") ||
	    strstr(name, "Specimen");
}

static bool
is_specimen(const struct dossier *d)
{
	for (int side = 0; side < SIDES_MAX; side++)
		if (is_specimen_name(findings_text(d->sides[side],
		    FINDING_printed_surname)) ||
		    findings_text(d->sides[side], FINDING_page_word)[0])
			return true;
	return strcmp(d->mrz.issuer, "UTO") == 0 ||
	    strcmp(d->mrz.nationality, "UTO") == 0 ||
	    is_specimen_name(d->mrz.surname) ||
	    is_specimen_name(d->mrz.given_names);
}

static void
run(const struct dossier *d, struct result *out)
{
	bool specimen = is_specimen(d);

	out->side = d->mrz_side;
	if (specimen && !d->test) {
		result_set(out, VERDICT_FAIL, "a specimen");
		result_reason(out, "not_verified");
		return;
	}
	if (!specimen && d->mrz.format == MRZ_NONE) {
		result_set(out, VERDICT_UNSURE, "nothing to tell it by");
		result_reason(out, "unreadable_zone");
		return;
	}
	result_set(out, VERDICT_PASS, specimen
	    ? "a specimen, in a test workspace"
	    : "no sign of a specimen");
}

const struct check check_not_specimen = {"not_specimen", run};
