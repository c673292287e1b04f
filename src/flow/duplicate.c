/*
 * Whether a matching certificate exists: in force, of the level or a higher
 * one, for the same e-mail, and with the name and phone that were required.
 */
#include "flow/duplicate.h"

#include "ident/person.h"

#define ARENA_MAX ((size_t)32 << 20)

static bool
matches(const struct certificate *c, const struct duplicate_question *q)
{
	if (q->except && strcmp(c->id, q->except) == 0)
		return false;
	if (*q->name_folded &&
	    !person_names_equal(c->name_folded, q->name_folded))
		return false;
	return !*q->phone || strcmp(c->phone, q->phone) == 0;
}

RESULT
duplicate_find(struct flow *f, const struct duplicate_question *q, bool *out)
{
	AUTO(arena_clear) struct arena a;
	struct certificate *found;
	size_t count;
	bool exists = false;

	arena_init(&a, ARENA_MAX);
	TRY(certificate_matches(f->store, &a,
	    q->whole_instance ? "" : q->workspace, q->email_folded, q->rank,
	    q->not_after_min, &found, &count));
	for (size_t i = 0; i < count; i++)
		exists = exists || matches(&found[i], q);
	*out = exists;
	return OK;
}
