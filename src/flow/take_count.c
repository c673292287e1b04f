/*
 * How many takes there were, by their rows and by the journal: whoever removes
 * rows, to be asked until it is what a film shows, is not asked more often for
 * it. Nobody shortens the journal unnoticed.
 */
#include "flow/take_act.h"

/* The greater counts: journals of before know nothing of what was told. */
static RESULT
at_least(struct flow *f, struct arena *a, const char *registration,
    const char *act, enum part part, int rows, int *out)
{
	int64_t noted;

	TRY(audit_count(f->store, registration, act,
	    arena_format(a, "%s %%", part_text(part)), &noted));
	*out = noted > rows ? (int)noted : rows;
	return OK;
}

RESULT
take_count(struct flow *f, struct arena *a, const char *registration,
    enum part part, struct take_counts *out)
{
	struct take *takes;
	size_t count;
	int begun = 0, told = 0;

	TRY(take_list(f->store, a, registration, &takes, &count));
	for (size_t i = 0; i < count; i++) {
		bool counts = part_of_text(takes[i].part) == part;
		begun += counts;
		told += counts && strchr(takes[i].asked, ' ') != NULL;
	}
	TRY(at_least(f, a, registration, TAKE_BEGUN, part, begun,
	    &out->begun));
	return at_least(f, a, registration, TAKE_TOLD, part, told,
	    &out->told);
}

RESULT
take_note(struct flow *f, struct arena *a, const struct take *t,
    const char *act)
{
	const struct actor who = {ACTOR_participant, t->registration, ""};

	return audit_write(f, &who, act, t->registration,
	    arena_format(a, "%s %s", t->part, t->id), "");
}
