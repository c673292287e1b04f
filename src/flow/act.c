/*
 * Acts: what every change of a registration has in common.
 */
#include "flow/act.h"

#include "base/clock.h"

static const struct actor the_clock = {ACTOR_clock, "clock", "clock"};

/* Writes the expiry down and tells the caller. */
static RESULT
expire(struct act *t)
{
	t->who = the_clock;
	TRY(registration_move(t->f, &t->r, EVENT_expire, &t->who, ""));
	TRY(store_commit(t->f->store));
	return FAIL(ERR_EXPIRED, "its time is over");
}

RESULT
act_begin(struct flow *f, struct arena *a, const char *id,
    const struct actor *who, struct act *out)
{
	*out = (struct act){.f = f, .a = a, .who = *who, .now = clock_now()};
	TRY(store_begin(f->store));
	TRY(registration_load(f->store, a, id, &out->r));
	if (out->now >= registration_deadline(f, &out->r))
		return expire(out);
	if (state_of(out->r.state) == STATE_expired)
		return FAIL(ERR_EXPIRED, "its time is over");
	return OK;
}

RESULT
act_begin_participant(struct flow *f, struct arena *a, const char *id,
    struct act *out)
{
	const struct actor who = {ACTOR_participant, id, ""};

	return act_begin(f, a, id, &who, out);
}

RESULT
act_require(const struct act *t, unsigned states)
{
	if (states & (1u << state_of(t->r.state)))
		return OK;
	return FAIL(ERR_WRONG_STATE, "not possible when %s", t->r.state);
}

RESULT
act_move(struct act *t, enum event event, const char *detail)
{
	return registration_move(t->f, &t->r, event, &t->who, detail);
}

RESULT
act_step(struct act *t, enum step_name step, const char *state,
    const char *reasons)
{
	return registration_step(t->f, t->r.id, step, state, reasons);
}

RESULT
act_note(struct act *t, const char *what, const char *detail,
    const char *evidence_digest)
{
	return audit_write(t->f, &t->who, what, t->r.id, detail,
	    evidence_digest);
}

RESULT
act_steps(struct act *t, struct step **out, size_t *count)
{
	return step_list(t->f->store, t->a, t->r.id, out, count);
}

bool
step_is(const struct step *steps, size_t count, enum step_name step,
    const char *state)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(steps[i].name, step_name_text(step)) == 0)
			return strcmp(steps[i].state, state) == 0;
	return false;
}

RESULT
act_job(struct act *t, const char *job, const char *subject)
{
	return job_add(t->f->store, job, subject, t->now);
}

RESULT
act_workspace(struct act *t, struct workspace *out)
{
	return workspace_load(t->f->store, t->a, t->r.workspace, out);
}

/* The first of the statements that is still to be made. */
static RESULT
next_statement(struct act *t, enum step_name *out)
{
	struct step *steps;
	size_t count;

	*out = STEP_COUNT;
	TRY(act_steps(t, &steps, &count));
	for (enum step_name s = STEP_name; s <= STEP_agreement; s++) {
		if (step_is(steps, count, s, "done"))
			continue;
		*out = s;
		return OK;
	}
	return OK;
}

/* The document's pictures first, then what is recorded. */
static RESULT
next_evidence(struct act *t, enum step_name *out)
{
	struct step *steps;
	size_t count;

	TRY(act_steps(t, &steps, &count));
	*out = level_find(t->r.level)->proof_of_life &&
		step_is(steps, count, STEP_document, "done")
	    ? STEP_proof_of_life
	    : STEP_document;
	return OK;
}

static RESULT
next_of_approved(struct act *t, enum step_name *out)
{
	struct step *steps;
	size_t count;

	TRY(act_steps(t, &steps, &count));
	*out = !t->r.confirmed_at ? STEP_confirm
	    : level_find(t->r.level)->pin &&
		!step_is(steps, count, STEP_pin, "done")
	    ? STEP_pin
	    : STEP_certificate;
	return OK;
}

static RESULT
step_at_work(struct act *t, enum step_name *out)
{
	*out = STEP_COUNT;
	switch (state_of(t->r.state)) {
	case STATE_opened:
		return next_statement(t, out);
	case STATE_collecting:
	case STATE_checking:
	case STATE_action_required:
		return next_evidence(t, out);
	case STATE_in_review:
		*out = STEP_review;
		return OK;
	case STATE_approved:
		return next_of_approved(t, out);
	case STATE_created:
	case STATE_issued:
	case STATE_declined:
	case STATE_refused:
	case STATE_cancelled:
	case STATE_expired:
	case STATE_COUNT:
		return OK;
	}
	return OK;
}

static RESULT
show_step_at_work(struct act *t)
{
	enum step_name step;
	struct step *steps;
	size_t count;

	TRY(step_at_work(t, &step));
	TRY(act_steps(t, &steps, &count));
	if (step == STEP_COUNT || !(step_is(steps, count, step, "todo") ||
				      step_is(steps, count, step, "skipped")))
		return OK;
	return act_step(t, step, "doing", "");
}

RESULT
act_commit(struct act *t, struct registration *out)
{
	TRY(show_step_at_work(t));
	TRY(registration_update(t->f->store, &t->r));
	TRY(store_commit(t->f->store));
	if (out)
		*out = t->r;
	return OK;
}

void
act_end(struct act *t)
{
	if (t->f)
		store_rollback(t->f->store);
}
