/*
 * A whole attempt: the checks, and what follows from them (product 2 and 3).
 *
 * What a person has once seen goes back to a person. Outside test workspaces
 * nothing is approved without one yet.
 */
#include "flow/decide_attempt.h"

#include "base/enum.h"
#include "flow/decide_act.h"
#include "flow/journey_act.h"
#include "flow/seen.h"
#include "flow/verdict_seal.h"

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

/* How often a step was checked already. */
static int64_t
attempts_of(const struct step *steps, size_t count, enum step_name step)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(steps[i].name, step_name_text(step)) == 0)
			return steps[i].attempts;
	return 0;
}

static bool
counts_as_failed(const struct result *r, bool doubt_fails)
{
	return check_strength(r->check) == CHECK_STRONG &&
	    (r->verdict == VERDICT_FAIL ||
		(doubt_fails && r->verdict != VERDICT_PASS));
}

/* What failed, by the step that would mend it. */
static void
collect(const struct attempt *at, bool doubt_fails, struct again *out,
    struct arena *a)
{
	char reasons[2][REASONS_MAX] = {"", ""};
	bool failed[2] = {false, false};

	for (size_t i = 0; i < at->count; i++) {
		const struct result *r = &at->results[i];
		bool life = check_of_recording(r->check);
		if (!counts_as_failed(r, doubt_fails))
			continue;
		failed[life] = true;
		reasons_add(reasons[life], r->reason);
	}
	for (size_t i = 0; i < 2; i++)
		if (failed[i] && !*reasons[i])
			reasons_add(reasons[i], "not_verified");
	*out = (struct again){.document = failed[0], .life = failed[1],
	    .document_reasons = arena_text(a, reasons[0]),
	    .life_reasons = arena_text(a, reasons[1])};
}

/* Of the steps that failed, the one with fewer tries left tells. */
static RESULT
count_attempts_left(struct act *t, const struct again *failed, int *out)
{
	struct step *steps;
	size_t count;
	int64_t most = 0;

	TRY(act_steps(t, &steps, &count));
	if (failed->document)
		most = attempts_of(steps, count, STEP_document);
	if (failed->life && attempts_of(steps, count, STEP_proof_of_life) > most)
		most = attempts_of(steps, count, STEP_proof_of_life);
	*out = (int)(ATTEMPTS_MAX - most - 1);
	return OK;
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
		    .from_ms = r->from_ms,
		    .to_ms = r->to_ms,
		};
		TRY(verdict_save(t->f->store, t->r.id, t->r.attempt, &row));
	}
	return OK;
}

/* A step that was checked once more. */
static RESULT
save_step(struct act *t, enum step_name step, const char *state,
    const char *reasons)
{
	struct step *steps;
	size_t count;

	if (step == STEP_proof_of_life && !level_find(t->r.level)->proof_of_life)
		return OK;
	TRY(act_steps(t, &steps, &count));
	const struct step s = {.name = step_name_text(step),
	    .state = state,
	    .position = step,
	    .at = t->now,
	    .attempts = attempts_of(steps, count, step) + 1,
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
only_the_name(const struct act *t, const struct again *failed)
{
	return !failed->life &&
	    strcmp(failed->document_reasons, "name_differs") == 0 &&
	    strcmp(t->r.fullname_type, "prerequisite") != 0;
}

static const char *
all_reasons(struct act *t, const struct again *failed)
{
	const char *one = failed->document_reasons, *other = failed->life_reasons;

	if (strcmp(one, other) == 0)
		other = "";
	return arena_format(t->a, "%s%s%s", one, *one && *other ? " " : "",
	    other);
}

static RESULT
carry(struct act *t, const char *const *kinds, size_t count)
{
	for (size_t i = 0; i < count; i++)
		TRY(evidence_carry(t->f->store, t->r.id, kinds[i],
		    t->r.attempt, t->r.attempt + 1));
	return OK;
}

RESULT
attempt_again(struct act *t, const struct again *again)
{
	static const char *const pictures[] = {"document_front",
	    "document_back", "still_front", "still_back"};
	static const char *const recordings[] = {"face_video",
	    "document_video", "film_face", "film_document"};

	if (again->document)
		TRY(act_step(t, STEP_document, "doing",
		    again->document_reasons));
	else
		TRY(carry(t, pictures, COUNT_OF(pictures)));
	if (again->life)
		TRY(act_step(t, STEP_proof_of_life,
		    again->document ? "todo" : "doing", again->life_reasons));
	else
		TRY(carry(t, recordings, COUNT_OF(recordings)));
	if (again->name)
		TRY(act_step(t, STEP_name, "doing", "name_differs"));
	t->r.attempt++;
	return OK;
}

/* Who mistyped a name need not photograph the document again. */
static RESULT
ask_again(struct act *t, struct again *failed)
{
	TRY(save_step(t, STEP_document, "done", ""));
	TRY(save_step(t, STEP_proof_of_life, "done", ""));
	if (only_the_name(t, failed)) {
		failed->name = true;
		failed->document = false;
	}
	TRY(attempt_again(t, failed));
	return act_move(t, EVENT_retake, all_reasons(t, failed));
}

static bool
is_suspected(const char *reasons)
{
	return strstr(reasons, "not_verified") != NULL;
}

static const char *
with_suspicion(struct act *t, const char *reasons)
{
	char all[REASONS_MAX];

	snprintf(all, sizeof(all), "%s", reasons);
	reasons_add(all, "not_verified");
	return arena_text(t->a, all);
}

/* Whose document was seen through is not told that it was not the face, nor
 * the other way about: both steps say the one sentence (product 5). */
static void
hide_which(struct act *t, struct again *failed)
{
	if (!level_find(t->r.level)->proof_of_life ||
	    !(is_suspected(failed->document_reasons) ||
		is_suspected(failed->life_reasons)))
		return;
	failed->document = failed->life = true;
	failed->document_reasons = with_suspicion(t, failed->document_reasons);
	failed->life_reasons = with_suspicion(t, failed->life_reasons);
}

static RESULT
refuse(struct act *t, struct again *failed)
{
	hide_which(t, failed);
	TRY(save_step(t, STEP_document, failed->document ? "failed" : "done",
	    failed->document_reasons));
	TRY(save_step(t, STEP_proof_of_life, failed->life ? "failed" : "done",
	    failed->life_reasons));
	return act_move(t, EVENT_refuse, all_reasons(t, failed));
}

static RESULT
carry_out(struct act *t, enum outcome outcome, const char *why,
    struct again *failed)
{
	if (outcome == OUTCOME_RETAKE)
		return ask_again(t, failed);
	if (outcome == OUTCOME_REFUSE)
		return refuse(t, failed);
	TRY(save_step(t, STEP_document, "done", ""));
	TRY(save_step(t, STEP_proof_of_life, "done", ""));
	if (outcome == OUTCOME_APPROVE)
		return act_move(t, EVENT_approve, "");
	TRY(act_move(t, EVENT_review, why));
	return journey_open_review(t, why);
}

/* Once before? An attempt is judged once: what is given again is another. */
static RESULT
was_judged(struct act *t, const char *which, bool *out)
{
	struct verdict_seal seal;
	struct audit_entry *rows;
	size_t count;
	enum err found = verdict_seal_load(t->f->store, t->a, t->r.id,
	    t->r.attempt, &seal);

	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	err_clear();
	*out = found == OK;
	TRY(audit_of(t->f->store, t->a, t->r.id, &rows, &count));
	for (size_t i = 0; i < count; i++)
		*out = *out ||
		    (strcmp(rows[i].act, "registration.judged") == 0 &&
			strcmp(rows[i].detail, which) == 0);
	return OK;
}

/* Where somebody had it judged once more, or what was found is not there to be
 * judged, nobody vouches for the verdicts: it takes two operators. */
static RESULT
seal_verdicts(struct act *t, const struct attempt *at, bool *sealed)
{
	const char *which = arena_format(t->a, "attempt %lld",
	    (long long)t->r.attempt);
	bool before;

	TRY(was_judged(t, which, &before));
	*sealed = !before && at->doubted == 0;
	if (*sealed)
		TRY(verdict_seal_keep(t->f, t->a, &t->r));
	else
		TRY(verdict_seal_void(t->f, &t->r));
	return act_note(t,
	    before ? "registration.judged_again" : "registration.judged",
	    which, "");
}

/* Nothing is approved by verdicts that nobody vouches for. */
static void
require_sealed(bool sealed, enum outcome *outcome, const char **why)
{
	if (sealed || *outcome != OUTCOME_APPROVE)
		return;
	*outcome = OUTCOME_REVIEW;
	*why = "doubt";
}

RESULT
decide_attempt(struct flow *f, struct arena *a, const char *id,
    struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	struct attempt *at = arena_get(a, sizeof(*at));
	struct again failed;
	struct ruling rule;
	const char *why;
	bool again, sealed;

	TRY(act_begin(f, a, id, &clerk_as_actor, &t));
	TRY(act_require(&t, IN(checking)));
	TRY(attempt_load(&t, at));
	TRY(attempt_reread(&t, at, &again));
	if (again)
		return act_commit(&t, out);
	TRY(seen_note(&t, at));
	at->count = checks_run(&at->dossier, at->results);
	TRY(save_verdicts(&t, at));
	TRY(seal_verdicts(&t, at, &sealed));
	TRY(make_ruling(&t, &rule));
	collect(at, rule.doubt_fails, &failed, a);
	TRY(count_attempts_left(&t, &failed, &rule.attempts_left));
	enum outcome outcome =
	    ruling_decide(&rule, at->results, at->count, &why);
	require_sealed(sealed, &outcome, &why);
	TRY(approve_or_review(&t, at, &outcome, &why));
	TRY(carry_out(&t, outcome, why, &failed));
	return act_commit(&t, out);
}
