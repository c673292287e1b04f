/*
 * Opening an earlier request beside the case that is being reviewed: the same
 * document, person or picture, as far as it has not been destroyed.
 *
 * To look at and nothing else. It is found through the case alone, so that
 * nobody reads requests at will, and one's own or one's workspaces' stay
 * closed here as well. Each look is in the journal of both.
 */
#include "flow/review_act.h"

#include "flow/seen.h"

RESULT
earlier_is_beside(struct flow *f, struct arena *a, const char *id,
    const char *other, bool *out)
{
	struct earlier *rows;
	size_t count;

	*out = false;
	TRY(seen_list(f, a, id, &rows, &count));
	for (size_t i = 0; i < count; i++)
		*out = *out || strcmp(rows[i].registration, other) == 0;
	return OK;
}

RESULT
earlier_is_own(struct flow *f, struct arena *a, const struct prover *by,
    const char *other, bool *out)
{
	struct registration r;
	struct member m;

	TRY(member_load(f->store, a, by->who.id, &m));
	TRY(registration_load(f->store, a, other, &r));
	return reviewer_is_own(f, &m, &r, out);
}

static RESULT
note(struct act *t, const char *other, const char *what)
{
	TRY(act_note(t, "review.earlier_looked",
	    arena_format(t->a, "%s %s", other, what), ""));
	TRY(audit_write(t->f, &t->who, "review.looked_beside", other,
	    arena_format(t->a, "%s %s", t->r.id, what), ""));
	return store_commit(t->f->store);
}

RESULT
review_look_earlier(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, const char *other, const char *what,
    struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	struct review_lock lock;
	struct registration r;
	bool beside, own;

	TRY(review_begin(f, a, by, id, &t, &lock));
	TRY(earlier_is_beside(f, a, id, other, &beside));
	if (!beside)
		return FAIL(ERR_NOT_FOUND, "not beside this case");
	TRY(earlier_is_own(f, a, by, other, &own));
	if (own)
		return FAIL(ERR_DENIED, "not of one's own");
	TRY(registration_load(f->store, a, other, &r));
	TRY(note(&t, other, what));
	*out = r;
	return OK;
}
