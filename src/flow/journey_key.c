/*
 * A key of the participant's own, in place of one that is made.
 *
 * At LCP it comes while the data are confirmed. At qcp operators sign for what
 * is certified, the key with it, so it comes before: with the evidence, or
 * while the case waits and no operator has it. Where the key stays in a
 * device, never.
 */
#include "flow/journey_act.h"

#include "flow/review.h"

/* Where one has decided, another follows who sees the same key. Else whoever
 * was suspected would learn of it here, for who suspects signs nothing. */
static RESULT
waits_for_second(struct flow *f, struct arena *a, const char *id, bool *out)
{
	struct review v;
	enum err found = review_load(f->store, a, id, &v);

	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	*out = found == OK && *v.second;
	err_clear();
	return OK;
}

/* An operator who has the case sees one key and signs for that one; so does
 * whoever has signed already. */
static RESULT
require_nobody_at_it(struct flow *f, struct arena *a,
    const struct registration *r)
{
	struct approval_row *rows;
	struct review_lock lock;
	size_t count;
	bool second;

	TRY(waits_for_second(f, a, r->id, &second));
	TRY(approval_list(f->store, a, r->id, r->attempt, &rows, &count));
	enum err held = review_lock_load(f->store, a, r->id, &lock);
	if (held != OK && held != ERR_NOT_FOUND)
		return held;
	err_clear();
	if (second || count > 0 ||
	    (held == OK && lock.seen_at > clock_now() - REVIEW_LOCK_IDLE))
		return FAIL(ERR_OWN_KEY_REVIEWED, "with an operator");
	return OK;
}

static RESULT
require_before_review(struct flow *f, struct arena *a,
    const struct registration *r)
{
	enum state state = state_of(r->state);

	if (state == STATE_collecting || state == STATE_action_required)
		return OK;
	if (state == STATE_in_review)
		return require_nobody_at_it(f, a, r);
	return state == STATE_approved && !r->confirmed_at
	    ? FAIL(ERR_OWN_KEY_REVIEWED, "approved")
	    : FAIL(ERR_WRONG_STATE, "no key is taken now");
}

static RESULT
require_own_key(struct flow *f, struct arena *a, const struct registration *r)
{
	const struct level *level = level_find(r->level);

	if (level->pin)
		return err_set_field(ERR_OWN_KEY_LEVEL, "level",
		    "takes no key from outside");
	if (level->operator_always)
		return require_before_review(f, a, r);
	if (state_of(r->state) != STATE_approved || r->confirmed_at)
		return FAIL(ERR_WRONG_STATE, "no key is taken now");
	return OK;
}

RESULT
journey_own_key_is_taken(struct flow *f, struct arena *a, const char *id)
{
	struct registration r;

	TRY(registration_current(f, a, id, &r));
	return require_own_key(f, a, &r);
}

/* What a page that was taken over kept of an offer to sign is void: it was
 * for another key. */
static RESULT
changed(struct act *t)
{
	bool lcp = !level_find(t->r.level)->operator_always;

	TRY(act_step(t, STEP_confirm, lcp ? "doing" : "todo", ""));
	return state_of(t->r.state) == STATE_in_review
	    ? registration_withdraw(t->f, &t->r)
	    : OK;
}

RESULT
journey_own_key(struct flow *f, struct arena *a, const char *id,
    struct span request, const char *sha256, const char *algorithm,
    struct registration *out)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin_participant(f, a, id, &t));
	TRY(require_own_key(f, a, &t.r));
	const struct own_key k = {.registration = t.r.id,
	    .request = request,
	    .sha256 = sha256,
	    .algorithm = algorithm,
	    .created_at = t.now};
	TRY(own_key_save(f->store, &k));
	TRY(changed(&t));
	TRY(act_note(&t, "participant.key_brought", algorithm, sha256));
	return act_commit(&t, out);
}

RESULT
journey_own_key_remove(struct flow *f, struct arena *a, const char *id,
    struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	struct own_key k;

	TRY(act_begin_participant(f, a, id, &t));
	TRY(require_own_key(f, a, &t.r));
	enum err found = own_key_load(f->store, a, id, &k);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return act_commit(&t, out);
	}
	TRY(found);
	TRY(own_key_remove(f->store, id));
	TRY(changed(&t));
	TRY(act_note(&t, "participant.key_removed", "", k.sha256));
	return act_commit(&t, out);
}
