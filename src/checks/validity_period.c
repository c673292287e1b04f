/*
 * Whether the dates can belong together: issued after birth and not in the
 * future, and not valid for longer than its kind is made (validity.def).
 */
#include "checks/printed.h"

#include "base/clock.h"
#include "ident/country.h"
#include "ident/validity.h"

#include <stdio.h>
#include <string.h>

static void
say(const struct dossier *d, const char *issue, struct result *out)
{
	char today[16];
	int days, longest, year, month, day;
	const char *country = country_alpha3(d->mrz.issuer);

	clock_date(d->now, &year, &month, &day);
	snprintf(today, sizeof(today), "%04d-%02d-%02d", year, month, day);
	enum validity_doubt doubt = validity_judge(
	    validity_find(country, d->kind), &d->mrz, issue, today, &days,
	    &longest);
	if (days > 0 && longest > 0)
		result_measure(out, days, longest);
	switch (doubt) {
	case VALIDITY_FINE:
		result_set(out, VERDICT_PASS, "dates that go together");
		return;
	case VALIDITY_UNKNOWN:
		result_set(out, VERDICT_UNSURE, "no period is known");
		break;
	case VALIDITY_TOO_LONG:
		result_set(out, VERDICT_WARN, "valid for longer than its kind");
		break;
	case VALIDITY_BACKWARDS:
		result_set(out, VERDICT_WARN, "issued before birth, or later "
		    "than today or expiry");
		break;
	}
	result_reason(out, "not_verified");
}

/* A date that was read surely. One that is the zone's birth date was read
 * beside another label. */
static const char *
issue_of(const struct dossier *d)
{
	const struct finding *issue = printed_find(d,
	    FINDING_printed_issue_date, NULL);
	bool known = issue && issue->confidence >= PRINTED_SURE &&
	    strcmp(issue->text, d->mrz.birth_date) != 0;
	return known ? issue->text : "";
}

static void
run(const struct dossier *d, struct result *out)
{
	out->side = d->mrz_side;
	if (d->mrz.format == MRZ_NONE || d->mrz.bad[MRZ_DIGIT_expiry] ||
	    d->mrz.bad[MRZ_DIGIT_birth_date]) {
		result_set(out, VERDICT_UNSURE, "the dates were not read");
		result_reason(out, "not_verified");
		return;
	}
	say(d, issue_of(d), out);
}

const struct check check_validity_period = {"validity_period", run};
