/*
 * MRZ check digits.
 *
 * The machine-readable zone carries its own arithmetic (ICAO 9303 part 3).
 * A forger who edits a date and forgets a digit is caught here; one who
 * recomputes them is not, which is why this check can refuse a document but
 * never accept one. A zone that had to be mended is a doubt: mending turns
 * forged zones into valid ones as readily as misread ones. So is one whose
 * letters could as well be others of the same weight.
 *
 * The number of a Belgian card is no proof of forgery either: two rules for its
 * digit are known, and genuine cards have been seen that follow neither
 * (reference D.4 and Z.9). An operator decides.
 */
#include "checks/check.h"
#include "ident/mrz_doubt.h"

#include <string.h>

static bool
is_belgian_number(const struct mrz *m)
{
	return m->long_number && m->bad_digits == 1 &&
	    m->bad[MRZ_DIGIT_number] && strcmp(m->issuer, "BEL") == 0;
}

static void
disagree(const struct mrz *m, bool sure, struct result *out)
{
	char names[100];

	result_measure(out, m->bad_digits, 0);
	if (sure && is_belgian_number(m)) {
		result_set(out, VERDICT_UNSURE, "that of the number follows "
		    "neither rule known of Belgian cards");
		return;
	}
	mrz_bad_digits_list(m, names, sizeof(names));
	result_set(out, VERDICT_FAIL, "%u of %u disagree: %s", m->bad_digits,
	    m->digits, names);
}

static void
run(const struct dossier *d, struct result *out)
{
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
		disagree(&d->mrz, !doubt.text, out);
		return;
	}
	result_measure(out, doubt.value, doubt.threshold);
	if (doubt.text) {
		result_set(out, VERDICT_UNSURE, "they agree, but %s",
		    doubt.text);
		return;
	}
	result_set(out, VERDICT_PASS, "all %u check digits agree%s",
	    d->mrz.digits, d->mrz.number_over_filler
		? ", the number's counts its filler"
		: "");
}

const struct check check_mrz_digits = {"mrz_digits", run};
