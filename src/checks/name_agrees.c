/*
 * Whether the person is who they said: the declared name is the document's.
 *
 * The zone decides, because it is read best; the print, where it was read,
 * confirms. A declared name that leaves out given names is not another
 * person's, but which of them a certificate carries is an operator's choice.
 */
#include "checks/printed.h"
#include "ident/person.h"

#include <stdio.h>

/* Both printed parts, in either order, against the declared name. */
static enum agreement
agrees_with_print(const struct dossier *d)
{
	const struct finding *s = printed_find(d, FINDING_printed_surname,
	    NULL);
	const struct finding *g = printed_find(d, FINDING_printed_given_names,
	    NULL);
	char one[2 * FINDING_TEXT_MAX + 2], two[2 * FINDING_TEXT_MAX + 2];

	if (!s || !g)
		return UNREADABLE;
	snprintf(one, sizeof(one), "%s %s", g->text, s->text);
	snprintf(two, sizeof(two), "%s %s", s->text, g->text);
	if (person_names_equal(d->declared_name, one) ||
	    person_names_equal(d->declared_name, two))
		return AGREES;
	return s->confidence >= PRINTED_SURE && g->confidence >= PRINTED_SURE
	    ? CONTRADICTS
	    : UNREADABLE;
}

/* "Marie Martin" on the card of Marie Dupont, which says MARTIN below. */
static bool
is_usage_name(const struct dossier *d)
{
	const struct finding *f = printed_find(d, FINDING_printed_usage_name,
	    NULL);

	return f && person_uses_name(d->declared_name, f->text,
	    d->mrz.given_names);
}

static void
judge_same(struct result *out, enum agreement print, bool truncated)
{
	const char *cut = truncated ? " (which may be cut)" : "";

	switch (print) {
	case AGREES:
		result_set(out, VERDICT_PASS,
		    "equals the print and folds to the zone%s", cut);
		return;
	case UNREADABLE:
	case APART:
		result_set(out, VERDICT_PASS,
		    "folds to the zone%s; the print was not read well", cut);
		return;
	case CONTRADICTS:
		result_set(out, VERDICT_UNSURE,
		    "folds to the zone%s, but the print reads otherwise", cut);
		return;
	}
}

static void
run(const struct dossier *d, struct result *out)
{
	const struct mrz *m = &d->mrz;

	out->side = d->mrz_side;
	result_reason(out, "name_differs");
	if (m->format == MRZ_NONE || m->surname[0] == '\0') {
		result_set(out, VERDICT_UNSURE, "no name was read in a zone");
		result_reason(out, "unreadable_zone");
		return;
	}
	if (!d->declared_name || d->declared_name[0] == '\0') {
		result_set(out, VERDICT_UNSURE, "no name was declared");
		return;
	}
	enum agreement print = agrees_with_print(d);
	switch (person_match_mrz(d->declared_name, m->surname, m->given_names,
	    m->truncated)) {
	case PERSON_SAME:
		judge_same(out, print, m->truncated);
		return;
	case PERSON_PARTIAL:
		result_set(out, VERDICT_UNSURE,
		    "a part of the document's names, or another beside them");
		return;
	case PERSON_DIFFERS:
		break;
	}
	if (print == AGREES)
		result_set(out, VERDICT_UNSURE,
		    "equals the print, but the zone reads otherwise");
	else if (is_usage_name(d))
		result_set(out, VERDICT_UNSURE,
		    "the usage name on the document was declared");
	else
		result_set(out, VERDICT_FAIL, "not the name of the document");
}

const struct check check_name_agrees = {"name_agrees", run};
