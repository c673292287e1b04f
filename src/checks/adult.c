/*
 * Whether the holder is of age. A zone has two digits for the year: who would
 * be a child may be over a hundred, which the print tells.
 */
#include "checks/printed.h"

#include <string.h>

/* The print agrees with the zone but for the century. */
static bool
is_centenarian(const struct dossier *d)
{
	const struct finding *f = printed_find(d, FINDING_printed_birth_date,
	    NULL);

	return f && strlen(f->text) == 10 && strncmp(f->text, "19", 2) == 0 &&
	    strncmp(d->mrz.birth_date, "20", 2) == 0 &&
	    strcmp(f->text + 2, d->mrz.birth_date + 2) == 0;
}

/* No digit covers it: it is told, and decides nothing. */
static void
by_print(const struct dossier *d, struct result *out)
{
	const struct finding *f = printed_find(d, FINDING_printed_birth_date,
	    &out->side);
	int age = f ? mrz_age(f->text, d->now) : -1;

	if (age < 0) {
		result_set(out, VERDICT_UNSURE, "no birth date was read");
		return;
	}
	out->box = f->box;
	result_measure(out, age, d->minimum_age);
	result_set(out, VERDICT_UNSURE, "%s by the print alone",
	    age >= d->minimum_age ? "of age" : "below the age required");
}

static void
run(const struct dossier *d, struct result *out)
{
	int age = mrz_age(d->mrz.birth_date, d->now);

	out->side = d->mrz_side;
	result_reason(out, "too_young");
	if (d->mrz.format == MRZ_NONE || age < 0) {
		by_print(d, out);
		return;
	}
	result_measure(out, age, d->minimum_age);
	if (d->mrz.bad[MRZ_DIGIT_birth_date]) {
		result_set(out, VERDICT_UNSURE,
		    "the birth date's digit disagrees");
		return;
	}
	if (age >= d->minimum_age)
		result_set(out, VERDICT_PASS, "of age");
	else if (is_centenarian(d))
		result_set(out, VERDICT_UNSURE, "a child or over a hundred");
	else
		result_set(out, VERDICT_FAIL, "below the age required");
}

const struct check check_adult = {"adult", run};
