/*
 * The case after this one: drawn while an operator decides, so that its
 * pictures are there when they ask for it.
 *
 * It is not locked, since whoever looks at one case may be going home before
 * the next. But it is drawn once: the operator's next case is this one, as long
 * as nobody else took it. Who could look ahead and draw again would choose
 * their cases. Pictures alone are shown ahead, only beside a case that one
 * holds, and each look is in the journal.
 */
#include "flow/review_act.h"

/* Among the cases this operator may take; NULL: no longer. */
static struct registration *
find(const struct review_open *open, const char *id)
{
	for (size_t i = 0; i < open->count; i++)
		if (strcmp(open->rows[i].id, id) == 0)
			return &open->rows[i];
	return NULL;
}

RESULT
review_ahead_find(struct flow *f, struct arena *a, const char *operator,
    const struct review_open *open, struct registration **out)
{
	struct review_ahead row;
	enum err found = review_ahead_load(f->store, a, operator, &row);

	*out = found == OK ? find(open, row.registration) : NULL;
	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	return OK;
}

static void
leave_out(struct review_open *open, const char *id)
{
	size_t kept = 0;

	for (size_t i = 0; i < open->count; i++)
		if (strcmp(open->rows[i].id, id) != 0)
			open->rows[kept++] = open->rows[i];
	open->count = kept;
}

/* In the caller's transaction. ERR_WRONG_STATE: no case is held. */
static RESULT
load_open(struct flow *f, struct arena *a, const struct prover *by,
    struct review_open *out)
{
	struct review_lock held;
	struct member m;

	TRY(reviewer_check(f, a, by, &m));
	enum err found = review_own_lock(f, a, by, &held);
	if (found == ERR_NOT_FOUND)
		return FAIL(ERR_WRONG_STATE, "nothing is being decided");
	TRY(found);
	TRY(review_open_load(f, a, &m, out));
	leave_out(out, held.registration);
	return OK;
}

static RESULT
draw(struct flow *f, struct arena *a, const struct prover *by,
    const struct review_open *open, struct registration **out)
{
	TRY(review_draw(f, a, by, open, out));
	const struct review_ahead row = {by->who.id, (*out)->id, clock_now()};
	TRY(review_ahead_save(f->store, &row));
	return audit_write(f, &by->who, "review.drawn_ahead", (*out)->id, "",
	    "");
}

RESULT
review_ahead(struct flow *f, struct arena *a, const struct prover *by,
    struct registration *out)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct registration *ahead;
	struct review_open open;

	TRY(store_begin(s));
	TRY(load_open(f, a, by, &open));
	TRY(review_ahead_find(f, a, by->who.id, &open, &ahead));
	if (!ahead)
		TRY(draw(f, a, by, &open, &ahead));
	TRY(store_commit(s));
	*out = *ahead;
	return OK;
}

RESULT
review_look_ahead(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, const char *what, struct registration *out)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct registration *ahead;
	struct review_open open;

	TRY(store_begin(s));
	TRY(load_open(f, a, by, &open));
	TRY(review_ahead_find(f, a, by->who.id, &open, &ahead));
	if (!ahead || strcmp(ahead->id, id) != 0)
		return FAIL(ERR_LOCKED, "not drawn for this operator");
	TRY(audit_write(f, &by->who, "review.looked_ahead", id, what, ""));
	TRY(store_commit(s));
	*out = *ahead;
	return OK;
}
