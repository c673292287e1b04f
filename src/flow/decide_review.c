/*
 * An operator's decision.
 *
 * Nobody decides on their own request, nor one of a workspace they belong to.
 * An approval against a failed strong check needs two different operators:
 * the first one's is noted and the case stays open.
 */
#include "flow/decide_act.h"

#include "flow/journey_act.h"
#include "flow/notice.h"

#define NOTE_MAX 2000
#define FIRST_APPROVAL "first_approval"

static RESULT
require_operator(struct act *t)
{
	struct member m;

	if (t->who.kind != ACTOR_operator ||
	    member_load(t->f->store, t->a, t->who.id, &m) != OK ||
	    strcmp(m.role, "operator") != 0)
		return FAIL(ERR_DENIED, "operators only");
	if (strcmp(m.workspace, t->r.workspace) == 0 ||
	    strcmp(m.email_folded, t->r.email_folded) == 0)
		return FAIL(ERR_DENIED, "not of one's own");
	return OK;
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

static RESULT
strong_failures(struct act *t, int *out)
{
	struct verdict_row *rows;
	size_t count;

	*out = 0;
	TRY(verdict_list(t->f->store, t->a, t->r.id, t->r.attempt, &rows,
	    &count));
	for (size_t i = 0; i < count; i++) {
		enum check_name check = check_of_text(rows[i].name);
		if (check != CHECK_COUNT &&
		    check_strength(check) == CHECK_STRONG &&
		    verdict_of_text(rows[i].verdict) == VERDICT_FAIL)
			(*out)++;
	}
	return OK;
}

static bool
is_second(const struct act *t, const struct review *v)
{
	return strcmp(v->decision, FIRST_APPROVAL) == 0 &&
	    strcmp(v->decided_by, t->who.id) != 0;
}

static RESULT
approve(struct act *t, struct review *v)
{
	struct attempt *at = arena_get(t->a, sizeof(*at));
	int failures;

	TRY(strong_failures(t, &failures));
	if (failures > 0 && !is_second(t, v)) {
		v->decision = FIRST_APPROVAL;
		return act_note(t, "review.first_approval", "", "");
	}
	TRY(attempt_load(t, at));
	TRY(approve_person(t, at));
	v->decision = "approve";
	TRY(act_step(t, STEP_document, "done", ""));
	TRY(act_step(t, STEP_review, "done", ""));
	return act_move(t, EVENT_approve, "");
}

static RESULT
refuse(struct act *t, struct review *v)
{
	v->decision = "refuse";
	TRY(act_step(t, STEP_document, "failed", v->reasons));
	TRY(act_step(t, STEP_review, "failed", ""));
	return act_move(t, EVENT_refuse, v->reasons);
}

/* Before expiry only; it gives one attempt more. */
static RESULT
ask_again(struct act *t, struct review *v)
{
	if (t->now >= t->r.expires_at)
		return FAIL(ERR_EXPIRED, "too late to ask again");
	v->decision = "redo";
	t->r.attempt++;
	TRY(act_step(t, STEP_document, "doing", v->reasons));
	TRY(act_step(t, STEP_review, "todo", ""));
	return act_move(t, EVENT_redo, v->reasons);
}

static RESULT
carry_out(struct act *t, struct review *v, enum operator_decision decision)
{
	switch (decision) {
	case OPERATOR_APPROVE:
		v->reasons = "";
		return approve(t, v);
	case OPERATOR_REFUSE:
		return refuse(t, v);
	case OPERATOR_REDO:
		return ask_again(t, v);
	}
	return err_set_field(ERR_INVALID, "decision", "is no decision");
}

RESULT
decide_review(struct flow *f, struct arena *a, const struct actor *who,
    const char *id, enum operator_decision decision, const char *reasons,
    const char *note, struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	struct review v;

	if (strlen(note) > NOTE_MAX)
		return err_set_field(ERR_INVALID, "note", "is too long");
	TRY(act_begin(f, a, id, who, &t));
	TRY(act_require(&t, IN(in_review)));
	TRY(require_operator(&t));
	TRY(review_load(f->store, a, id, &v));
	TRY(check_reasons(a, reasons, &v.reasons));
	TRY(carry_out(&t, &v, decision));
	v.note = note;
	v.decided_by = who->id;
	v.decided_at = t.now;
	TRY(review_save(f->store, &v));
	return act_commit(&t, out);
}
