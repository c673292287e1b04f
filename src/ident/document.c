/*
 * Looking up accepted documents.
 */
#include "ident/document.h"
#include "base/enum.h"
#include "ident/country.h"

#include <string.h>

static const struct document documents[] = {
#define DOCUMENT(country, kind, model, zone, sides, levels, from, layout,      \
    source)                                                                    \
	{#country, #kind, model, MRZ_##zone, sides, levels, from, layout,      \
	    source},
#include "ident/documents.def"
#undef DOCUMENT
};

static const char *const kinds[][3] = {
#define KIND(name, english, french) {#name, english, french},
#include "ident/kinds.def"
#undef KIND
};

const struct document *
document_at(size_t index)
{
	return index < COUNT_OF(documents) ? &documents[index] : NULL;
}

static bool
is_of(const struct document *d, const char *country, const char *kind)
{
	return country && kind && strcmp(d->country, country) == 0 &&
	    strcmp(d->kind, kind) == 0;
}

const struct document *
document_find(const char *country, const char *kind)
{
	for (size_t i = 0; i < COUNT_OF(documents); i++)
		if (is_of(&documents[i], country, kind))
			return &documents[i];
	return NULL;
}

const struct document *
document_of_format(const char *country, const char *kind,
    enum mrz_format format)
{
	for (size_t i = 0; i < COUNT_OF(documents); i++)
		if (is_of(&documents[i], country, kind) &&
		    documents[i].format == format)
			return &documents[i];
	return NULL;
}

bool
document_row_accepts(const struct document *d, char level, bool test)
{
	if (!test && strcmp(d->country, "UTO") == 0)
		return false;
	return level && strchr(d->levels, level);
}

bool
document_accepts(const char *country, const char *kind, char level, bool test)
{
	for (size_t i = 0; i < COUNT_OF(documents); i++)
		if (is_of(&documents[i], country, kind) &&
		    document_row_accepts(&documents[i], level, test))
			return true;
	return false;
}

int
document_sides(const char *country, const char *kind)
{
	const struct document *d = document_find(country, kind);

	return d ? d->sides : 0;
}

const char *
document_kind_text(const char *kind, const char *language)
{
	bool french = language && strcmp(language, "fr") == 0;

	for (size_t i = 0; kind && i < COUNT_OF(kinds); i++)
		if (strcmp(kinds[i][0], kind) == 0)
			return kinds[i][french ? 2 : 1];
	return "";
}

static bool
is_card_code(const struct mrz *m)
{
	if (strcmp(m->code, "IP") == 0)
		return strcmp(m->issuer, "IRL") == 0;
	return strcmp(m->code, "AC") && strcmp(m->code, "AI");
}

bool
document_code_fits(const struct mrz *m, const char *kind)
{
	bool permit = m->code[1] == 'R';

	if (!mrz_format_is_evidence(m->format) || !kind)
		return false;
	if (strcmp(kind, "passport") == 0)
		return m->format == MRZ_TD3;
	if (m->format == MRZ_TD3 || !is_card_code(m))
		return false;
	if (strcmp(kind, "identity_card") == 0)
		return !permit;
	/* states write IR, AR, CR or one letter: the nationality tells */
	return strcmp(kind, "residence_permit") == 0 &&
	    (permit || !country_same(m->issuer, m->nationality));
}
