/*
 * Opening, language, and the end of the statements: when all of them are
 * made, evidence is collected.
 */
#include "flow/journey_act.h"

#include "flow/notice.h"
#include "flow/request.h"
#include "flow/review.h"

RESULT
journey_open(struct flow *f, struct arena *a, const char *id, bool mailed,
    struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	struct step *steps;
	size_t count;

	TRY(act_begin_participant(f, a, id, &t));
	if (state_of(t.r.state) == STATE_created)
		TRY(act_move(&t, EVENT_open_link, mailed ? "mailed" : "shown"));
	if (state_of(t.r.state) != STATE_opened || !mailed)
		return act_commit(&t, out);
	TRY(act_steps(&t, &steps, &count));
	if (!step_is(steps, count, STEP_email, "done")) {
		TRY(act_step(&t, STEP_email, "done", ""));
		TRY(act_note(&t, "participant.email_proven", "link", ""));
	}
	TRY(journey_identified(&t));
	return act_commit(&t, out);
}

RESULT
journey_language(struct flow *f, struct arena *a, const char *id,
    const char *language, struct registration *out)
{
	AUTO(act_end) struct act t = {0};

	if (!language_is_known(language))
		return err_set_field(ERR_INVALID, "language",
		    "is neither en nor fr");
	TRY(act_begin_participant(f, a, id, &t));
	t.r.language = arena_text(a, language);
	return act_commit(&t, out);
}

RESULT
journey_identified(struct act *t)
{
	struct step *steps;
	size_t count;

	if (state_of(t->r.state) != STATE_opened)
		return OK;
	TRY(act_steps(t, &steps, &count));
	for (enum step_name s = STEP_name; s <= STEP_agreement; s++)
		if (!step_is(steps, count, s, "done"))
			return OK;
	return act_move(t, EVENT_identify, "");
}

/* Asking for a person ends where an operator has looked already. */
static RESULT
was_reviewed(struct flow *f, struct arena *a, const char *id, bool *out)
{
	struct review v;
	enum err found = review_load(f->store, a, id, &v);

	*out = found == OK;
	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	return OK;
}

RESULT
journey_can_ask_a_person(struct flow *f, struct arena *a,
    const struct registration *r, bool *out)
{
	bool reviewed;

	*out = false;
	if (strcmp(r->state, state_name(STATE_refused)) != 0 ||
	    clock_now() >= r->created_at + ASK_A_PERSON_LIFE)
		return OK;
	TRY(was_reviewed(f, a, r->id, &reviewed));
	*out = !reviewed;
	return OK;
}

/* A new request for the same may have been made since the refusal. */
static RESULT
require_no_other(struct act *t)
{
	struct registration other;
	enum err found = registration_find_open(t->f->store, t->a,
	    t->r.workspace, t->r.email_folded, t->r.level, &other);

	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	return err_set_field(ERR_REGISTRATION_PENDING, other.id,
	    "another one is open");
}

RESULT
journey_open_review(struct act *t, const char *why)
{
	const struct review v = {.registration = t->r.id,
	    .why = why,
	    .decided_by = "",
	    .decision = "",
	    .reasons = "",
	    .note = "",
	    .second = "",
	    .opened_at = t->now};

	TRY(act_step(t, STEP_review, "doing", ""));
	return review_save(t->f->store, &v);
}

RESULT
journey_ask_a_person(struct flow *f, struct arena *a, const char *id,
    struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	bool reviewed;

	TRY(act_begin_participant(f, a, id, &t));
	TRY(act_require(&t, IN(refused)));
	if (t.now >= t.r.created_at + ASK_A_PERSON_LIFE)
		return FAIL(ERR_EXPIRED, "a week has passed");
	TRY(was_reviewed(f, t.a, t.r.id, &reviewed));
	if (reviewed)
		return FAIL(ERR_WRONG_STATE, "a person has looked at it");
	TRY(require_no_other(&t));
	t.r.asked_a_person = true;
	TRY(act_move(&t, EVENT_ask_a_person, ""));
	TRY(journey_open_review(&t, "asked_a_person"));
	return act_commit(&t, out);
}

/* Where a PIN follows, the certificate waits for it. */
static RESULT
confirm_data(struct act *t)
{
	t->r.confirmed_at = t->now;
	TRY(act_step(t, STEP_confirm, "done", ""));
	TRY(act_note(t, "participant.data_confirmed", "", ""));
	return level_find(t->r.level)->pin ? OK
					   : act_job(t, "issue", t->r.id);
}

RESULT
journey_contest_voids(struct flow *f, struct arena *a, const char *id,
    bool *out)
{
	struct registration r;

	TRY(registration_current(f, a, id, &r));
	*out = state_of(r.state) == STATE_approved && !r.confirmed_at &&
	    level_find(r.level)->operator_always;
	return OK;
}

RESULT
journey_confirm(struct flow *f, struct arena *a, const char *id, bool correct,
    struct registration *out)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin_participant(f, a, id, &t));
	TRY(act_require(&t, IN(approved)));
	if (t.r.confirmed_at)
		return correct ? act_commit(&t, out)
			       : FAIL(ERR_WRONG_STATE, "it is confirmed");
	if (correct) {
		TRY(confirm_data(&t));
		return act_commit(&t, out);
	}
	TRY(act_step(&t, STEP_confirm, "todo", ""));
	TRY(review_void(&t));
	TRY(act_move(&t, EVENT_contest, ""));
	TRY(journey_open_review(&t, "contested"));
	return act_commit(&t, out);
}
