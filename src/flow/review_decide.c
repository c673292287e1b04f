/*
 * An operator's decision.
 *
 * A refusal for suspected fraud takes two operators: it cannot be mended, and
 * an honest person would never learn why. What participant and workspace read
 * of it is one generic word, here and nowhere else turned into that; the true
 * reasons are in the journal and in the operators' tables.
 */
#include "flow/review_act.h"

#include "flow/journey_act.h"

#define NOTE_MAX 2000
#define KEYS_MAX 100000

/* A code that is never told outside. */
static bool
is_suspicion(struct arena *a, const char *reasons)
{
	char *rest = arena_text(a, reasons), *code;

	while ((code = strsep(&rest, " ")) != NULL)
		if (*code && reason_is_known(code) && !reason_is_told(code))
			return true;
	return false;
}

static const char *
outward(struct judging *j)
{
	return is_suspicion(j->t->a, j->reasons) ? "not_verified" : j->reasons;
}

bool
judging_suspected(const struct judging *j)
{
	for (size_t i = 0; i < j->count; i++)
		if (is_suspicion(j->t->a, j->before[i].reasons))
			return true;
	return false;
}

static RESULT
check_reasons(struct arena *a, const char *given, const char **out)
{
	char reasons[REASONS_MAX] = "", *rest, *code;

	if (strlen(given) >= REASONS_MAX)
		return err_set_field(ERR_INVALID, "reasons", "are too many");
	rest = arena_text(a, given);
	while ((code = strsep(&rest, " ")) != NULL) {
		if (*code && !reason_is_known(code))
			return err_set_field(ERR_INVALID, "reasons",
			    "names no such reason");
		reasons_add(reasons, code);
	}
	*out = arena_text(a, *reasons ? reasons : "not_verified");
	return OK;
}

RESULT
judging_second(struct judging *j, const char *why)
{
	j->review.second = why;
	j->outcome = "second_needed";
	return OK;
}

static bool
one_was_enough(const struct judging *j)
{
	return approve_needed(j) == 1;
}

/* The first to suspect: the case goes on, with two. */
static bool
suspects_first(const struct judging *j)
{
	return is_suspicion(j->t->a, j->reasons) && !judging_suspected(j);
}

/* From now on it takes two: what one signed alone is void. */
static RESULT
suspect(struct judging *j)
{
	if (!j->planted && one_was_enough(j))
		TRY(review_void(j->t));
	return judging_second(j, "fraud");
}

RESULT
refuse_carry_out(struct judging *j)
{
	struct act *t = j->t;
	bool life = level_find(t->r.level)->proof_of_life;

	if (suspects_first(j))
		return suspect(j);
	j->outcome = "refused";
	j->review.decision = "refuse";
	if (j->planted)
		return OK;
	TRY(act_step(t, STEP_document, life ? "done" : "failed",
	    life ? "" : outward(j)));
	if (life)
		TRY(act_step(t, STEP_proof_of_life, "done", ""));
	TRY(act_step(t, STEP_review, "failed", life ? outward(j) : ""));
	return act_move(t, EVENT_refuse, outward(j));
}

static RESULT
check_steps(const struct judging *j, struct again *out)
{
	char *rest = arena_text(j->t->a, j->answer->steps), *step;
	bool life = level_find(j->t->r.level)->proof_of_life;

	*out = (struct again){.document = !life && !*j->answer->steps,
	    .document_reasons = j->reasons,
	    .life_reasons = j->reasons};
	while ((step = strsep(&rest, " ")) != NULL) {
		out->document |= strcmp(step, "document") == 0;
		out->life |= life && strcmp(step, "proof_of_life") == 0;
		if (*step && strcmp(step, "document") != 0 &&
		    !(life && strcmp(step, "proof_of_life") == 0))
			return err_set_field(ERR_INVALID, "steps",
			    "names what cannot be given again");
	}
	if (!out->document && !out->life)
		return err_set_field(ERR_INVALID, "steps", "is required");
	return OK;
}

/* Before expiry only. */
static RESULT
check_redo(const struct judging *j, struct again *out)
{
	TRY(check_steps(j, out));
	if (is_suspicion(j->t->a, j->reasons))
		return err_set_field(ERR_INVALID, "reasons",
		    "speak of fraud: refuse, or name what can be mended");
	if (j->t->now >= j->t->r.expires_at)
		return FAIL(ERR_EXPIRED, "too late to ask again");
	return OK;
}

/* It gives one attempt more. */
RESULT
redo_carry_out(struct judging *j)
{
	struct act *t = j->t;
	struct again again;

	TRY(check_redo(j, &again));
	j->outcome = "redo";
	j->review.decision = "redo";
	if (j->planted)
		return OK;
	TRY(attempt_again(t, &again));
	t->r.given_names = t->r.surname = t->r.nationality = "";
	TRY(act_step(t, STEP_review, "todo", ""));
	return act_move(t, EVENT_redo, j->reasons);
}

static const char *const words[] = {"approve", "refuse", "redo"};

static RESULT
carry_out(struct judging *j)
{
	switch (j->answer->decision) {
	case OPERATOR_APPROVE:
		return approve_carry_out(j);
	case OPERATOR_REFUSE:
		return refuse_carry_out(j);
	case OPERATOR_REDO:
		return redo_carry_out(j);
	}
	return err_set_field(ERR_INVALID, "decision", "is no decision");
}

static RESULT
is_planted(struct act *t, bool *out)
{
	struct planted_case p;
	enum err found = planted_load(t->f->store, t->a, t->r.id, &p);

	*out = found == OK;
	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	return OK;
}

RESULT
judging_load(struct judging *j, struct act *t, const struct prover *by)
{
	struct store *s = t->f->store;

	j->t = t;
	j->by = by;
	enum err found = opinion_load(s, t->a, t->r.id, t->r.attempt,
	    by->who.id, &j->opinion);
	if (found == ERR_NOT_FOUND)
		return FAIL(ERR_WRONG_STATE, "the own opinion comes first");
	TRY(found);
	TRY(review_load(s, t->a, t->r.id, &j->review));
	TRY(machine_load(t, &j->machine));
	TRY(is_planted(t, &j->planted));
	TRY(decision_list(s, t->a, t->r.id, t->r.attempt, &j->before,
	    &j->count));
	for (size_t i = 0; i < j->count; i++)
		if (strcmp(j->before[i].operator, by->who.id) == 0)
			return FAIL(ERR_WRONG_STATE, "it was decided before");
	/* nobody else's decision bears on a known case */
	j->count = j->planted ? 0 : j->count;
	return OK;
}

/* attempt: a redo has begun the next one already. */
static RESULT
keep_decision(struct judging *j, int64_t attempt)
{
	const struct review_answer *answer = j->answer;
	const struct decision d = {.registration = j->t->r.id,
	    .operator = j->by->who.id,
	    .decision = words[answer->decision],
	    .reasons = j->reasons,
	    .steps = answer->steps,
	    .note = answer->note,
	    .machine = machine_word(&j->machine),
	    .attempt = attempt,
	    .opened_at = j->lock.opened_at,
	    .at = j->t->now,
	    .keys = answer->keys,
	    .second = j->count > 0};

	return decision_save(j->t->f->store, &d);
}

/* The last one's is the review's; a case that waits for another operator has
 * no decision yet. */
static RESULT
keep_review(struct judging *j)
{
	struct review *v = &j->review;

	if (j->planted)
		return OK;
	if (strcmp(j->outcome, "second_needed") != 0) {
		v->reasons = j->reasons;
		v->note = j->answer->note;
		v->decided_by = j->by->who.id;
		v->decided_at = j->t->now;
	}
	return review_save(j->t->f->store, v);
}

static RESULT
keep(struct judging *j, int64_t attempt)
{
	struct act *t = j->t;

	TRY(keep_decision(j, attempt));
	TRY(keep_review(j));
	TRY(review_lock_remove(t->f->store, t->r.id, j->by->who.id));
	return act_note(t, "review.decided",
	    arena_format(t->a, "%s %s %s %s", words[j->answer->decision],
		j->outcome, j->reasons, j->answer->steps), "");
}

static RESULT
check_answer(const struct review_answer *answer)
{
	if (strlen(answer->note) > NOTE_MAX)
		return err_set_field(ERR_INVALID, "note", "is too long");
	if (answer->keys < 0 || answer->keys > KEYS_MAX)
		return err_set_field(ERR_INVALID, "keys", "are too many");
	return OK;
}

/* What the operator hears of a known case is what they would hear of any. */
static const char *
state_to_tell(const struct judging *j, const struct registration *r)
{
	if (!j->planted || strcmp(j->outcome, "second_needed") == 0)
		return r->state;
	return state_name(strcmp(j->outcome, "approved") == 0 ? STATE_approved
		: strcmp(j->outcome, "refused") == 0 ? STATE_refused
						     : STATE_action_required);
}

static RESULT
has_signed(struct judging *j, bool *out)
{
	struct act *t = j->t;
	struct approval_row *rows;
	size_t count;

	TRY(approval_list(t->f->store, t->a, t->r.id, t->r.attempt, &rows,
	    &count));
	*out = count > 0 || j->review.offered_at > 0;
	return OK;
}

/* Nothing of it is kept: the act ends here. */
RESULT
review_decision_voids(struct flow *f, struct arena *a,
    const struct prover *by, const char *id,
    const struct review_answer *answer, bool *out)
{
	AUTO(act_end) struct act t = {0};
	struct judging j = {.answer = answer};
	struct again again;

	*out = false;
	if (answer->decision == OPERATOR_APPROVE)
		return OK;
	TRY(check_answer(answer));
	TRY(review_begin(f, a, by, id, &t, &j.lock));
	TRY(judging_load(&j, &t, by));
	TRY(check_reasons(a, answer->reasons, &j.reasons));
	if (answer->decision == OPERATOR_REDO)
		TRY(check_redo(&j, &again));
	else if (suspects_first(&j) && !one_was_enough(&j))
		return OK;
	if (j.planted || !level_find(t.r.level)->operator_always)
		return OK;
	return has_signed(&j, out);
}

RESULT
review_decide(struct flow *f, struct arena *a, const struct prover *by,
    const char *id, const struct review_answer *answer,
    struct registration *out, const char **outcome)
{
	AUTO(act_end) struct act t = {0};
	struct judging j = {.answer = answer};

	TRY(check_answer(answer));
	TRY(review_begin(f, a, by, id, &t, &j.lock));
	TRY(judging_load(&j, &t, by));
	TRY(check_reasons(a, answer->reasons, &j.reasons));
	int64_t attempt = t.r.attempt;
	TRY(carry_out(&j));
	TRY(keep(&j, attempt));
	TRY(act_commit(&t, out));
	out->state = state_to_tell(&j, out);
	*outcome = j.outcome;
	return OK;
}
