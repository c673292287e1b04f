/*
 * The fields of a document from every place that tells them: zone, print,
 * barcode. A field that somebody adds to findings.def as printed_x or
 * barcode_x appears here by itself.
 */
#include "cli/inspect.h"

#include <stdio.h>
#include <string.h>

#include "base/enum.h"
#include "ident/person.h"

static const char printed[] = "printed_", barcode[] = "barcode_";

/* In the order of a report; the rest follows in that of findings.def. */
static const char *const first[] = {"surname", "given_names", "number",
    "birth_date", "sex", "nationality", "expiry"};

/* What a barcode is, not what it says of the holder. */
static const char *const apart[] = {"kind", "text"};

static const char *
zone_value(const struct mrz *m, const char *name)
{
	static char sex[2];
	const struct {
		const char *name, *value;
	} values[] = {{"surname", m->surname},
	    {"given_names", m->given_names}, {"number", m->number},
	    {"birth_date", m->birth_date}, {"sex", sex},
	    {"nationality", m->nationality}, {"expiry", m->expiry}};
	sex[0] = m->sex;
	for (size_t i = 0; m->format != MRZ_NONE && i < COUNT_OF(values); i++)
		if (strcmp(values[i].name, name) == 0)
			return values[i].value;
	return "";
}

static enum agreement
names_agree(const struct finding *f, const char *zone, bool truncated)
{
	if (person_name_folds_to_mrz(f->text, zone, "", truncated))
		return AGREES;
	return f->confidence >= PRINTED_SURE ? CONTRADICTS : UNREADABLE;
}

/* printed_surname and barcode_surname: surname. */
static const char *
field_of(enum finding_name name)
{
	const char *text = finding_name_text(name);
	return strncmp(text, printed, sizeof(printed) - 1) == 0 ?
	    text + sizeof(printed) - 1 :
	    strncmp(text, barcode, sizeof(barcode) - 1) == 0 ?
	    text + sizeof(barcode) - 1 : "";
}

enum agreement
card_agreement(const struct finding *f, const struct mrz *m)
{
	const char *name = field_of(f->name);
	if (m->format == MRZ_NONE)
		return APART;
	if (strcmp(name, "surname") == 0)
		return names_agree(f, m->surname, m->truncated);
	if (strcmp(name, "given_names") == 0)
		return names_agree(f, m->given_names, m->truncated);
	if (strcmp(name, "number") == 0)
		return printed_number_agrees(f, m);
	if (strcmp(name, "birth_date") == 0)
		return printed_birth_agrees(f, m);
	return strcmp(name, "expiry") == 0 ? printed_expiry_agrees(f, m) :
	    APART;
}

static const struct finding *
find(const struct card *c, const char *prefix, const char *name)
{
	char full[64];
	snprintf(full, sizeof(full), "%s%s", prefix, name);
	enum finding_name wanted = finding_of_text(full);
	return wanted == FINDING_COUNT ? NULL :
	    printed_find(&c->dossier, wanted, NULL);
}

static size_t
add(const struct card *c, const char *name, struct card_field *out)
{
	const struct mrz *m = &c->dossier.mrz;
	*out = (struct card_field){.name = name, .agrees = APART,
	    .zone = zone_value(m, name), .print = find(c, printed, name),
	    .code = find(c, barcode, name)};
	if (out->print)
		out->agrees = card_agreement(out->print, m);
	return out->zone[0] || out->print || out->code ? 1 : 0;
}

static bool
is_known(const struct card_field *fields, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(fields[i].name, name) == 0)
			return true;
	return enum_find(apart, COUNT_OF(apart), name) < COUNT_OF(apart);
}

size_t
card_fields(const struct card *c, struct card_field out[CARD_FIELDS_MAX])
{
	size_t count = 0;
	for (size_t i = 0; i < COUNT_OF(first); i++)
		count += add(c, first[i], &out[count]);
	for (int i = 0; i < FINDING_COUNT && count < CARD_FIELDS_MAX; i++) {
		const char *name = field_of((enum finding_name)i);
		if (name[0] && !is_known(out, count, name))
			count += add(c, name, &out[count]);
	}
	return count;
}
