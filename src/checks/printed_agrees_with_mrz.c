/*
 * Whether print and zone tell the same: number, birth date, expiry. Forgers
 * edit one and forget the other, or cannot edit both alike. It passes only
 * when all three agree: a date made hard to read must not get through. Names
 * that differ are for a person to look at: documents print titles, names at
 * birth and abbreviations that their zones do not have.
 */
#include "checks/printed.h"

#include <stdio.h>
#include <string.h>

enum { NUMBER, BIRTH, EXPIRY, FIELDS };

static const char *const texts[FIELDS] = {"number", "birth date", "expiry"};
static const enum finding_name names[FIELDS] = {FINDING_printed_number,
    FINDING_printed_birth_date, FINDING_printed_expiry};

static void
compare(const struct dossier *d, enum agreement found[FIELDS],
    struct result *out)
{
	enum agreement (*const with[FIELDS])(const struct finding *,
	    const struct mrz *) = {printed_number_agrees, printed_birth_agrees,
	    printed_expiry_agrees};

	for (int i = 0; i < FIELDS; i++) {
		int side = -1;
		const struct finding *f = printed_find(d, names[i], &side);
		found[i] = with[i](f, &d->mrz);
		if (found[i] != CONTRADICTS || out->side >= 0)
			continue;
		out->side = side;
		out->box = f->box;
	}
}

/* Names of the fields with one outcome, for the explanation. */
static int
list(const enum agreement found[FIELDS], enum agreement which, char *out,
    size_t size)
{
	int count = 0;

	out[0] = '\0';
	for (int i = 0; i < FIELDS; i++) {
		size_t used = strlen(out);
		if (found[i] != which)
			continue;
		snprintf(out + used, size - used, "%s%s", used ? ", " : "",
		    texts[i]);
		count++;
	}
	return count;
}

static void
run(const struct dossier *d, struct result *out)
{
	enum agreement found[FIELDS];
	char text[64];

	result_reason(out, "not_verified");
	if (d->mrz.format == MRZ_NONE) {
		result_set(out, VERDICT_UNSURE, "no zone was read");
		result_reason(out, "unreadable_zone");
		return;
	}
	compare(d, found, out);
	if (list(found, CONTRADICTS, text, sizeof(text)) > 0) {
		result_set(out, VERDICT_FAIL, "they differ: %s", text);
		return;
	}
	int missing = list(found, UNREADABLE, text, sizeof(text));
	result_measure(out, FIELDS - missing, FIELDS);
	if (missing > 0) {
		result_set(out, VERDICT_UNSURE,
		    "the print was not read well enough: %s", text);
		return;
	}
	if (printed_names_agree(d, &out->side) == CONTRADICTS) {
		result_set(out, VERDICT_UNSURE,
		    "the printed name does not fold to the zone's");
		return;
	}
	list(found, AGREES, text, sizeof(text));
	result_set(out, VERDICT_PASS, "they agree: %s", text);
}

const struct check check_printed_agrees_with_mrz = {"printed_agrees_with_mrz",
    run};
