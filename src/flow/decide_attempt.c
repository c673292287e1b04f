/*
 * A whole attempt: the checks, and what follows from them (product 2 and 3).
 *
 * What a person has once seen goes back to a person. Outside test workspaces
 * nothing is approved without one yet.
 */
#include "flow/decide_attempt.h"

#include "flow/decide_act.h"
#include "flow/journey_act.h"
#include "flow/seen.h"

struct tally {
	int failed, unmendable, doubtful;
};

static struct tally
count_strong(const struct result *results, size_t count, bool doubt_fails)
{
	struct tally n = {0};

	for (size_t i = 0; i < count; i++) {
		const struct result *r = &results[i];
		if (check_strength(r->check) != CHECK_STRONG ||
		    r->verdict == VERDICT_PASS)
			continue;
		if (r->verdict != VERDICT_FAIL && !doubt_fails) {
			n.doubtful++;
			continue;
		}
		n.failed++;
		n.unmendable += !check_mendable(r->check);
	}
	return n;
}

enum outcome
ruling_decide(const struct ruling *rule, const struct result *results,
    size_t count, const char **why)
{
	struct tally n = count_strong(results, count, rule->doubt_fails);

	*why = "";
	if (rule->seen_by_person) {
		*why = "seen_before";
		return OUTCOME_REVIEW;
	}
	if (n.failed > 0)
		return n.unmendable == 0 && rule->attempts_left > 0
		    ? OUTCOME_RETAKE
		    : OUTCOME_REFUSE;
	if (n.doubtful > 0) {
		*why = "doubt";
		return OUTCOME_REVIEW;
	}
	if (rule->operator_always || !rule->automatic) {
		*why = rule->operator_always ? "always" : "not_automatic";
		return OUTCOME_REVIEW;
	}
	return OUTCOME_APPROVE;
}

static RESULT
make_ruling(struct act *t, struct ruling *out)
{
	const struct level *level = level_find(t->r.level);
	struct workspace w;
	struct review v;

	TRY(act_workspace(t, &w));
	enum err found = review_load(t->f->store, t->a, t->r.id, &v);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	*out = (struct ruling){
	    .automatic = w.test,
	    .operator_always = level->operator_always ||
		strcmp(w.lcp_review, "always") == 0,
	    .doubt_fails = strcmp(w.lcp_review, "never") == 0,
	    .seen_by_person = found == OK,
	    .attempts_left = (int)(ATTEMPTS_MAX - t->r.attempt),
	};
	err_clear();
	return OK;
}

static RESULT
save_verdicts(struct act *t, const struct attempt *at)
{
	for (size_t i = 0; i < at->count; i++) {
		const struct result *r = &at->results[i];
		const struct verdict_row row = {
		    .name = check_name_text(r->check),
		    .verdict = verdict_text(r->verdict),
		    .reason = r->reason,
		    .explanation = r->explanation,
		    .value = r->value,
		    .threshold = r->threshold,
		    .position = r->check,
		    .side = r->side,
		    .box = r->box,
		};
		TRY(verdict_save(t->f->store, t->r.id, t->r.attempt, &row));
	}
	return OK;
}

static void
collect_reasons(const struct attempt *at, bool doubt_fails,
    char out[REASONS_MAX])
{
	out[0] = '\0';
	for (size_t i = 0; i < at->count; i++) {
		const struct result *r = &at->results[i];
		if (check_strength(r->check) == CHECK_STRONG &&
		    (r->verdict == VERDICT_FAIL ||
			(doubt_fails && r->verdict != VERDICT_PASS)))
			reasons_add(out, r->reason);
	}
	if (!*out)
		reasons_add(out, "not_verified");
}

static RESULT
save_document_step(struct act *t, const char *state, const char *reasons)
{
	const struct step s = {.name = step_name_text(STEP_document),
	    .state = state,
	    .position = STEP_document,
	    .at = t->now,
	    .attempts = t->r.attempt,
	    .reasons = reasons};

	return step_save(t->f->store, t->r.id, &s);
}

/* An approval whose names cannot be told apart is an operator's. */
static RESULT
approve_or_review(struct act *t, const struct attempt *at,
    enum outcome *outcome, const char **why)
{
	if (*outcome != OUTCOME_APPROVE)
		return OK;
	enum err result = approve_person(t, at);
	if (result != ERR_INVALID)
		return result;
	err_clear();
	*outcome = OUTCOME_REVIEW;
	*why = "name";
	return OK;
}

/* Nothing but a name that the participant may correct was wrong. */
static bool
only_the_name(const struct act *t, const char *reasons)
{
	return strcmp(reasons, "name_differs") == 0 &&
	    strcmp(t->r.fullname_type, "prerequisite") != 0;
}

/* Who mistyped a name need not photograph the document again. */
static RESULT
ask_again(struct act *t, const char *reasons)
{
	if (only_the_name(t, reasons)) {
		TRY(evidence_carry(t->f->store, t->r.id, t->r.attempt,
		    t->r.attempt + 1));
		TRY(save_document_step(t, "done", ""));
		TRY(act_step(t, STEP_name, "doing", reasons));
	} else {
		TRY(save_document_step(t, "doing", reasons));
	}
	t->r.attempt++;
	return act_move(t, EVENT_retake, reasons);
}

static RESULT
carry_out(struct act *t, enum outcome outcome, const char *why,
    const char *reasons)
{
	switch (outcome) {
	case OUTCOME_APPROVE:
		TRY(save_document_step(t, "done", ""));
		return act_move(t, EVENT_approve, "");
	case OUTCOME_RETAKE:
		return ask_again(t, reasons);
	case OUTCOME_REFUSE:
		TRY(save_document_step(t, "failed", reasons));
		return act_move(t, EVENT_refuse, reasons);
	case OUTCOME_REVIEW:
		TRY(save_document_step(t, "done", ""));
		TRY(act_move(t, EVENT_review, why));
		return journey_open_review(t, why);
	}
	return FAIL(ERR_INTERNAL, "no such outcome");
}

RESULT
decide_attempt(struct flow *f, struct arena *a, const char *id,
    struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	struct attempt *at = arena_get(a, sizeof(*at));
	char reasons[REASONS_MAX];
	struct ruling rule;
	const char *why;

	TRY(act_begin(f, a, id, &clerk_as_actor, &t));
	TRY(act_require(&t, IN(checking)));
	TRY(attempt_load(&t, at));
	TRY(seen_note(&t, at));
	at->count = checks_run(&at->dossier, at->results);
	TRY(save_verdicts(&t, at));
	TRY(make_ruling(&t, &rule));
	enum outcome outcome =
	    ruling_decide(&rule, at->results, at->count, &why);
	TRY(approve_or_review(&t, at, &outcome, &why));
	collect_reasons(at, rule.doubt_fails, reasons);
	TRY(carry_out(&t, outcome, why, reasons));
	return act_commit(&t, out);
}
