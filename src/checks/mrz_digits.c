/*
 * MRZ check digits.
 *
 * The machine-readable zone carries its own arithmetic (ICAO 9303 part 3).
 * A forger who edits a date and forgets a digit is caught here; one who
 * recomputes them is not, which is why this check can refuse a document but
 * never accept one. A zone that had to be mended is a doubt: mending turns
 * forged zones into valid ones as readily as misread ones. So is one whose
 * letters could as well be others of the same weight.
 */
#include "checks/check.h"
#include "ident/mrz_doubt.h"

static void
run(const struct dossier *d, struct result *out)
{
	char names[100];

	if (d->mrz.format == MRZ_NONE || d->mrz.digits == 0) {
		result_set(out, VERDICT_UNSURE, "no zone with digits was read");
		result_reason(out, "unreadable_zone");
		return;
	}
	const struct findings *f = d->mrz_side >= 0 ? d->sides[d->mrz_side]
						    : NULL;
	struct mrz_doubt doubt = mrz_doubt_of(f);
	out->side = d->mrz_side;
	result_reason(out, "unreadable_zone");
	if (d->mrz.bad_digits > 0) {
		mrz_bad_digits_list(&d->mrz, names, sizeof(names));
		result_set(out, VERDICT_FAIL, "%u of %u disagree: %s",
		    d->mrz.bad_digits, d->mrz.digits, names);
		result_measure(out, d->mrz.bad_digits, 0);
		return;
	}
	result_measure(out, doubt.value, doubt.threshold);
	if (doubt.text) {
		result_set(out, VERDICT_UNSURE, "they agree, but %s",
		    doubt.text);
		return;
	}
	result_set(out, VERDICT_PASS, "all %u check digits agree",
	    d->mrz.digits);
}

const struct check check_mrz_digits = {"mrz_digits", run};
