/*
 * Whether a barcode tells what zone and print tell. Anybody can print a
 * barcode, so that agreeing is worth little; a forger who changed the print
 * and left the barcode is caught. A document without one is no worse.
 */
#include "checks/printed.h"
#include "ident/person.h"

#include <math.h>
#include <string.h>

static const struct {
	enum finding_name code, print;
	const char *text;
} fields[] = {
    {FINDING_barcode_number, FINDING_printed_number, "number"},
    {FINDING_barcode_birth_date, FINDING_printed_birth_date, "birth date"},
    {FINDING_barcode_expiry, FINDING_printed_expiry, "expiry"},
    {FINDING_barcode_surname, FINDING_printed_surname, "surname"},
    {FINDING_barcode_given_names, FINDING_printed_given_names,
	"given names"},
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

/* One given name of several is no contradiction. */
static enum agreement
name_with_zone(const struct finding *code, const char *zone, bool truncated)
{
	switch (person_match_mrz(code->text, zone, "", truncated)) {
	case PERSON_SAME:
		return AGREES;
	case PERSON_PARTIAL:
		return UNREADABLE;
	case PERSON_DIFFERS:
		break;
	}
	return truncated ? UNREADABLE : CONTRADICTS;
}

static enum agreement
with_zone(const struct finding *code, const struct mrz *m)
{
	switch ((int)code->name) {
	case FINDING_barcode_number:
		return printed_number_agrees(code, m);
	case FINDING_barcode_birth_date:
		return printed_birth_agrees(code, m);
	case FINDING_barcode_expiry:
		return printed_expiry_agrees(code, m);
	case FINDING_barcode_surname:
		return name_with_zone(code, m->surname, m->truncated);
	default:
		return name_with_zone(code, m->given_names, m->truncated);
	}
}

/* A printed name is read too badly to contradict. */
static enum agreement
with_print(size_t i, const struct finding *code, const struct finding *print)
{
	bool name = fields[i].code == FINDING_barcode_surname ||
	    fields[i].code == FINDING_barcode_given_names;
	if (!print)
		return UNREADABLE;
	if (strcmp(code->text, print->text) == 0 ||
	    (name && person_names_equal(code->text, print->text)))
		return AGREES;
	return !name && print->confidence >= PRINTED_SURE ? CONTRADICTS :
	    UNREADABLE;
}

static enum agreement
judge(const struct dossier *d, size_t i, const struct finding *code)
{
	if (d->mrz.format != MRZ_NONE)
		return with_zone(code, &d->mrz);
	return with_print(i, code, printed_find(d, fields[i].print, NULL));
}

static void
run(const struct dossier *d, struct result *out)
{
	int compared = 0, side = -1;
	const struct finding *kind = printed_find(d, FINDING_barcode_kind,
	    &side);

	if (!d->sides[0] && !d->sides[1]) {
		result_set(out, VERDICT_UNSURE, "there is no picture");
		result_reason(out, "no_document");
		return;
	}
	if (!kind) {
		result_set(out, VERDICT_PASS, "no barcode was read");
		return;
	}
	out->side = side;
	out->box = kind->box;
	for (size_t i = 0; i < FIELDS; i++) {
		const struct finding *code = printed_find(d, fields[i].code,
		    NULL);
		enum agreement found = code ? judge(d, i, code) : APART;
		compared += found == AGREES;
		if (found != CONTRADICTS)
			continue;
		result_set(out, VERDICT_FAIL,
		    "the barcode tells another %s", fields[i].text);
		result_reason(out, "not_verified");
		return;
	}
	result_measure(out, compared, NAN);
	result_set(out, VERDICT_PASS, compared ? "the barcode agrees" :
	    "the barcode tells nothing that could be compared");
}

const struct check check_barcode_agrees = {"barcode_agrees", run};
