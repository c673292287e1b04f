/*
 * Taking a case and looking at it.
 *
 * A lock is a row; one whose operator did nothing for twenty minutes counts
 * no more and is removed by whoever comes next. Which of the ten oldest cases
 * an operator gets is drawn, so that nobody can wait for a certain one, nor
 * take one whose id they know; the one after it may be drawn ahead
 * (review_ahead.c). By its id only a case comes back that this operator was
 * given before: put back by a slip, or its lock lost. The journal says so.
 */
#include "flow/review_act.h"

#include "base/enum.h"
#include "ident/person.h"

RESULT
reviewer_check(struct flow *f, struct arena *a, const struct prover *by,
    struct member *out)
{
	enum err found = member_load(f->store, a, by->who.id, out);

	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	if (found == ERR_NOT_FOUND || by->who.kind != ACTOR_operator ||
	    strcmp(out->role, "operator") != 0)
		return FAIL(ERR_DENIED, "operators only");
	if (out->training_until <= clock_now())
		return FAIL(ERR_TRAINING_NEEDED, "no training that counts");
	if (by->passkey_at <= 0)
		return FAIL(ERR_PASSKEY_NEEDED, "a session without a passkey");
	return OK;
}

/* An address is changed sooner than a name. */
static bool
is_named(const struct member *m, const struct registration *r)
{
	return person_names_equal(m->name, r->fullname);
}

RESULT
reviewer_is_own(struct flow *f, const struct member *m,
    const struct registration *r, bool *out)
{
	*out = strcmp(m->workspace, r->workspace) == 0 ||
	    strcmp(m->email_folded, r->email_folded) == 0 ||
	    strcmp(m->id, r->requested_by) == 0 ||
	    is_named(m, r);
	return *out ? OK
		    : operator_belongs(f->store, m->id, r->workspace, out);
}

RESULT
review_list(struct flow *f, struct arena *a, const struct prover *by,
    struct registration **out, size_t *count)
{
	struct review_open open;
	struct member m;

	TRY(reviewer_check(f, a, by, &m));
	TRY(review_open_load(f, a, &m, &open));
	*out = open.rows;
	*count = open.count;
	return OK;
}

/* The store compares addresses; names it cannot fold. */
size_t
review_leave_own(const struct member *m, struct registration *rows,
    size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (!is_named(m, &rows[i]))
			rows[kept++] = rows[i];
	return kept;
}

static bool
is_alive(const struct review_lock *l)
{
	return l->seen_at > clock_now() - REVIEW_LOCK_IDLE;
}

/* act_begin for a case; what is not in review does not exist for operators. */
static RESULT
begin_case(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, struct act *out)
{
	struct member m;
	bool own;

	TRY(reviewer_check(f, a, by, &m));
	TRY(act_begin(f, a, id, &by->who, out));
	if (state_of(out->r.state) != STATE_in_review)
		return FAIL(ERR_NOT_FOUND, "not in review");
	TRY(reviewer_is_own(f, &m, &out->r, &own));
	return own ? FAIL(ERR_DENIED, "not of one's own") : OK;
}

/* Whoever has decided is done with it: it does not exist for them, whether a
 * second operator is still to come, or it was a known case and stays. */
static RESULT
not_yours(struct flow *f, struct arena *a, const struct prover *by,
    const struct registration *r)
{
	struct decision *rows;
	size_t count;

	TRY(decision_list(f->store, a, r->id, r->attempt, &rows, &count));
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].operator, by->who.id) == 0)
			return FAIL(ERR_NOT_FOUND, "decided by this operator");
	return FAIL(ERR_LOCKED, "not this operator's case");
}

RESULT
review_begin(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, struct act *out, struct review_lock *lock)
{
	TRY(begin_case(f, a, by, id, out));
	enum err found = review_lock_load(f->store, a, id, lock);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	if (found == ERR_NOT_FOUND || !is_alive(lock) ||
	    strcmp(lock->operator, by->who.id) != 0)
		return not_yours(f, a, by, &out->r);
	lock->seen_at = out->now;
	return review_lock_save(f->store, lock);
}

static RESULT
load_opinion(struct act *t, const char *operator, struct opinion *out)
{
	enum err found = opinion_load(t->f->store, t->a, t->r.id,
	    t->r.attempt, operator, out);

	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	*out = (struct opinion){.at = 0};
	return OK;
}

RESULT
review_fill(struct act *t, const struct review_lock *lock,
    struct review_case *out)
{
	struct machine m;

	TRY(review_load(t->f->store, t->a, t->r.id, &out->review));
	TRY(load_opinion(t, lock->operator, &out->opinion));
	TRY(machine_load(t, &m));
	out->r = t->r;
	out->machine = machine_word(&m);
	out->locked_until = lock->seen_at + REVIEW_LOCK_IDLE;
	return OK;
}

/* Commits without touching the registration: a look changes nothing. */
static RESULT
finish_look(struct act *t, const char *act, const char *what)
{
	TRY(act_note(t, act, what, ""));
	return store_commit(t->f->store);
}

RESULT
review_look(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, const char *what, struct review_case *out)
{
	AUTO(act_end) struct act t = {0};
	struct review_lock lock;

	TRY(review_begin(f, a, by, id, &t, &lock));
	TRY(review_fill(&t, &lock, out));
	return finish_look(&t, "review.looked", what);
}

RESULT
review_own_lock(struct flow *f, struct arena *a, const struct prover *by,
    struct review_lock *out)
{
	struct registration r;

	TRY(review_lock_of(f->store, a, by->who.id, out));
	TRY(registration_load(f->store, a, out->registration, &r));
	if (is_alive(out) && state_of(r.state) == STATE_in_review)
		return OK;
	TRY(review_lock_remove(f->store, out->registration, by->who.id));
	return FAIL(ERR_NOT_FOUND, "it is over");
}

/* What is not in review does not exist for operators. */
static RESULT
why_not(struct flow *f, struct arena *a, const struct prover *by,
    const char *id)
{
	struct registration r;

	TRY(registration_load(f->store, a, id, &r));
	return state_of(r.state) == STATE_in_review
	    ? not_yours(f, a, by, &r)
	    : FAIL(ERR_NOT_FOUND, "not in review");
}

RESULT
review_open_load(struct flow *f, struct arena *a, const struct member *m,
    struct review_open *out)
{
	TRY(review_open_to(f->store, a, m, clock_now() - REVIEW_LOCK_IDLE,
	    REVIEW_LISTED_MAX, &out->rows, &out->count));
	out->count = review_leave_own(m, out->rows, out->count);
	return OK;
}

/* Those that lie ahead of another operator are theirs for as long as there
 * are others to draw. */
RESULT
review_draw(struct flow *f, struct arena *a, const struct prover *by,
    const struct review_open *open, struct registration **out)
{
	size_t oldest = open->count < REVIEW_DRAWN_FROM ? open->count
							: REVIEW_DRAWN_FROM;
	struct registration *free[REVIEW_DRAWN_FROM];
	size_t count = 0;
	bool taken;

	if (oldest == 0)
		return FAIL(ERR_NOT_FOUND, "nothing waits");
	for (size_t i = 0; i < oldest; i++) {
		TRY(review_ahead_of_another(f->store, a, open->rows[i].id,
		    by->who.id, clock_now() - REVIEW_LOCK_IDLE, &taken));
		if (!taken)
			free[count++] = &open->rows[i];
	}
	*out = count > 0 ? free[random_below((uint32_t)count)]
			 : &open->rows[random_below((uint32_t)oldest)];
	return OK;
}

/* One that is open to them, and that they had before. */
static RESULT
take_again(struct flow *f, struct arena *a, const struct prover *by,
    const struct review_open *open, const char *id, const char **out)
{
	bool held;

	for (size_t i = 0; i < open->count; i++) {
		if (strcmp(open->rows[i].id, id) != 0)
			continue;
		TRY(audit_has(f->store, a, id, by->who.id, "review.taken",
		    &held));
		if (!held)
			return FAIL(ERR_DENIED, "cases are drawn");
		*out = open->rows[i].id;
		return OK;
	}
	return why_not(f, a, by, id);
}

/* The one that they had before, else the one that was drawn ahead, else one
 * of the oldest. */
static RESULT
choose(struct flow *f, struct arena *a, const struct prover *by,
    const struct member *m, const char *id, const char **out)
{
	struct registration *drawn = NULL;
	struct review_open open;

	TRY(review_open_load(f, a, m, &open));
	if (*id)
		return take_again(f, a, by, &open, id, out);
	TRY(review_ahead_find(f, a, by->who.id, &open, &drawn));
	if (!drawn)
		TRY(review_draw(f, a, by, &open, &drawn));
	*out = drawn->id;
	return OK;
}

/* In the caller's transaction: the lock this operator has or gets. */
static RESULT
take(struct flow *f, struct arena *a, const struct prover *by, const char *id,
    struct review_lock *out, bool *taken)
{
	int64_t now = clock_now();
	struct member m;
	const char *drawn = NULL;

	TRY(reviewer_check(f, a, by, &m));
	TRY(review_lock_clear(f->store, now - REVIEW_LOCK_IDLE));
	enum err found = review_own_lock(f, a, by, out);
	if (found == OK && *id && strcmp(id, out->registration) != 0)
		return FAIL(ERR_WRONG_STATE, "another case is open");
	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	TRY(choose(f, a, by, &m, id, &drawn));
	*out = (struct review_lock){drawn, by->who.id, now, now};
	*taken = true;
	TRY(review_ahead_remove(f->store, by->who.id, drawn));
	return review_lock_save(f->store, out);
}

static RESULT
take_and_look(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, struct review_case *out)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct review_lock lock;
	bool taken = false;

	TRY(store_begin(s));
	TRY(take(f, a, by, id, &lock, &taken));
	if (taken)
		TRY(audit_write(f, &by->who, "review.taken", lock.registration,
		    *id ? "again" : "drawn", ""));
	TRY(store_commit(s));
	return review_look(f, a, by, lock.registration, "case", out);
}

/* One whose time was over when it was drawn is written down as that, and
 * does not come again. */
RESULT
review_next(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, struct review_case *out)
{
	enum err code = ERR_EXPIRED;

	for (int i = 0; code == ERR_EXPIRED && i < REVIEW_DRAWN_FROM; i++)
		code = take_and_look(f, a, by, id, out);
	return code;
}

RESULT
review_release(struct flow *f, struct arena *a, const struct prover *by,
    const char *id)
{
	AUTO(act_end) struct act t = {0};
	struct review_lock lock;

	TRY(review_begin(f, a, by, id, &t, &lock));
	TRY(review_lock_remove(f->store, id, by->who.id));
	return finish_look(&t, "review.released", "");
}

RESULT
review_seen(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, int64_t *locked_until)
{
	AUTO(act_end) struct act t = {0};
	struct review_lock lock;

	TRY(review_begin(f, a, by, id, &t, &lock));
	*locked_until = lock.seen_at + REVIEW_LOCK_IDLE;
	return store_commit(f->store);
}

static RESULT
check_opinion(const struct act *t, const struct opinion *o)
{
	static const char *const words[] = {"yes", "no", "unsure", "none"};
	bool life = level_find(t->r.level)->proof_of_life;

	if (enum_find(words, 3, o->document) == 3)
		return err_set_field(ERR_INVALID, "document",
		    "is yes, no or unsure");
	if (enum_find(words, life ? 3 : 4, o->face) == (life ? 3 : 4))
		return err_set_field(ERR_INVALID, "face",
		    "is yes, no or unsure");
	if (enum_find(words, life ? 3 : 4, o->liveness) == (life ? 3 : 4))
		return err_set_field(ERR_INVALID, "liveness",
		    "is yes, no or unsure");
	return OK;
}

RESULT
review_opinion(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, const struct opinion *o, struct review_case *out)
{
	AUTO(act_end) struct act t = {0};
	struct opinion own = *o, there;
	struct review_lock lock;

	TRY(review_begin(f, a, by, id, &t, &lock));
	TRY(check_opinion(&t, o));
	TRY(load_opinion(&t, by->who.id, &there));
	if (there.at)
		return FAIL(ERR_WRONG_STATE, "there is one already");
	own.registration = t.r.id;
	own.attempt = t.r.attempt;
	own.operator = by->who.id;
	own.at = t.now;
	TRY(opinion_save(f->store, &own));
	TRY(review_fill(&t, &lock, out));
	return finish_look(&t, "review.opinion",
	    arena_format(a, "document %s face %s liveness %s", o->document,
		o->face, o->liveness));
}
