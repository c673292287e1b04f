/*
 * Decisions: what is signed, who else has to agree, and what the outside
 * hears of it.
 */
#include "flow/fixture.h"

#include "flow/journey_act.h"
#include "flow/put_back.h"
#include "flow/review_act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

static void
save_verdict(struct bench *b, const char *id, int position, const char *name,
    const char *failed, const char *unsure)
{
	const struct verdict_row row = {.name = name,
	    .verdict = strcmp(name, failed) == 0 ? "fail"
		: strcmp(name, unsure) == 0	 ? "unsure"
						 : "pass",
	    .reason = "",
	    .explanation = "",
	    .position = position};

	assert_int_equal(verdict_save(b->f.store, id, 1, &row), OK);
}

/* In review at a level; named checks failed or unsure, all others passed. */
static struct registration
in_review(struct bench *b, const char *level, const char *failed,
    const char *unsure)
{
	struct findings good = bench_good_findings(), none = {0};
	AUTO(act_end) struct act t = {0};

	b->level = level;
	struct registration r = bench_collecting(b);
	bench_picture(b, r.id, &good);
	if (level) {
		bench_recording(b, r.id, "face_video", &none);
		bench_recording(b, r.id, "document_video", &none);
	}
	assert_int_equal(journey_complete(F, r.id, &r), OK);
	assert_int_equal(act_begin(F, r.id, &clerk_as_actor, &t), OK);
	assert_int_equal(act_move(&t, EVENT_review, "always"), OK);
	assert_int_equal(journey_open_review(&t, "always"), OK);
	save_verdict(b, r.id, CHECK_COUNT, "faces_agree", failed, unsure);
	for (int i = 0; i < CHECK_COUNT; i++)
		save_verdict(b, r.id, i, check_name_text((enum check_name)i),
		    failed, unsure);
	assert_int_equal(act_commit(&t, &r), OK);
	return r;
}

static struct registration
loaded(struct bench *b, const char *id)
{
	struct registration r;

	assert_int_equal(registration_load(b->f.store, &b->a, id, &r), OK);
	return r;
}

static size_t
approvals(struct bench *b, const char *id)
{
	struct registration r = loaded(b, id);
	struct approval_row *rows;
	size_t count;

	assert_int_equal(approval_list(b->f.store, &b->a, id, r.attempt, &rows,
			     &count),
	    OK);
	return count;
}

static void
what_is_approved_was_signed(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r = in_review(b, "qcp", "", "");
	struct approval_row *rows;
	const char *outcome;
	struct approval x;
	size_t count;

	bench_opinion(b, &by, r.id);
	assert_int_equal(review_approval(F, &by, r.id, &x), OK);
	assert_string_equal(x.surname, "Lindqvist");
	assert_string_equal(x.common_name, BENCH_NAME);
	assert_string_equal(x.level, "qcp");
	assert_int_equal(x.needed, 1);
	assert_int_equal(bench_approve(b, &by, r.id, &outcome), OK);
	assert_string_equal(outcome, "approved");
	r = loaded(b, r.id);
	assert_string_equal(r.state, "approved");
	assert_string_equal(r.surname, "Lindqvist");
	assert_int_equal(review_order_approvals(F, &r, &rows, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].needed, 1);
	assert_string_equal(rows[0].operator, "mem_op");
	/* the order's approval is the one that was signed */
	struct approval again;
	struct digest one, other;
	assert_int_equal(review_approval_of(F, &r, 1, rows[0].made_at, &again),
	    OK);
	assert_int_equal(approval_digest(&x, &one), OK);
	assert_int_equal(approval_digest(&again, &other), OK);
	assert_memory_equal(&one, &other, sizeof(one));
}

/* Decides with a signature of key over x. */
static enum err
decide_with(struct bench *b, const struct prover *by, const char *id,
    const struct prover *key, const struct approval *x)
{
	struct review_answer answer = {.decision = OPERATOR_APPROVE,
	    .reasons = "", .steps = "", .note = ""};
	struct test_answer signature = {0};
	struct registration r;
	const char *outcome;

	bench_sign(b, key, x, &signature);
	answer.assertion = signature.assertion;
	enum err code = review_decide(F, by, id, &answer, &r, &outcome);
	test_answer_clear(&signature);
	return code;
}

static void
a_signature_over_anything_else_approves_nothing(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	struct registration r = in_review(b, "qcp", "", "");
	struct approval x, changed;
	const char *outcome;

	bench_opinion(b, &by, r.id);
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_APPROVE, "", "",
			     &outcome),
	    ERR_INVALID);
	assert_int_equal(review_approval(F, &by, r.id, &x), OK);
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_APPROVE, "", "",
			     &outcome),
	    ERR_INVALID);
	assert_string_equal(err_field(), "credential");
	assert_int_equal(decide_with(b, &by, r.id, &other, &x), ERR_DENIED);
	changed = x;
	changed.surname = "Other";
	assert_int_equal(decide_with(b, &by, r.id, &by, &changed),
	    ERR_DENIED);
	changed = x;
	changed.needed = 2;
	assert_int_equal(decide_with(b, &by, r.id, &by, &changed),
	    ERR_DENIED);
	changed = x;
	changed.evidence.bytes[0] ^= 1;
	assert_int_equal(decide_with(b, &by, r.id, &by, &changed),
	    ERR_DENIED);
	/* nor when the row was changed after it was signed */
	r = loaded(b, r.id);
	r.given_names = "Zoé";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(decide_with(b, &by, r.id, &by, &x), ERR_DENIED);
	assert_string_equal(bench_state(b, r.id), "in_review");
	assert_int_equal(approvals(b, r.id), 0);
	assert_int_equal(bench_approve(b, &by, r.id, &outcome), OK);
}

static void
names_are_fixed_before_anybody_signs(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	struct registration r = in_review(b, NULL, "adult", "");
	struct review_answer answer = {.decision = OPERATOR_APPROVE,
	    .reasons = "", .steps = "", .note = "",
	    .assertion = {SPAN("id", 2), SPAN("", 0), SPAN("", 0),
		SPAN("", 0)}};
	const char *outcome;
	struct approval x;

	bench_opinion(b, &by, r.id);
	assert_int_equal(review_decide(F, &by, r.id, &answer, &r, &outcome),
	    ERR_WRONG_STATE);
	assert_int_equal(bench_approve(b, &by, r.id, &outcome), OK);
	assert_string_equal(outcome, "second_needed");
	/* one has signed them: not even another setting changes them */
	r = loaded(b, r.id);
	r.fullname = "Else Somebody";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	bench_opinion(b, &other, r.id);
	assert_int_equal(review_approval(F, &other, r.id, &x), OK);
	assert_string_equal(x.surname, "Lindqvist");
}

static void
against_a_strong_failure_it_takes_two_operators(void **state)
{
	struct bench *b = *state;
	struct prover one = bench_prover(0);
	struct registration r = in_review(b, "qcp", "adult", "");
	struct approval_row *rows;
	struct review_case c;
	size_t count;

	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "second_needed");
	assert_string_equal(bench_state(b, r.id), "in_review");
	/* never twice by the same one */
	assert_int_equal(review_next(F, &one, "", &c), ERR_NOT_FOUND);
	assert_int_equal(review_next(F, &one, r.id, &c), ERR_NOT_FOUND);
	assert_int_equal(review_look(F, &one, r.id, "case", &c),
	    ERR_NOT_FOUND);
	const struct review_lock lock = {r.id, "mem_op", BENCH_NOW, BENCH_NOW};
	const char *outcome;
	assert_int_equal(review_lock_save(b->f.store, &lock), OK);
	assert_int_equal(bench_approve(b, &one, r.id, &outcome),
	    ERR_WRONG_STATE);
	assert_int_equal(review_release(F, &one, r.id), OK);
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	r = loaded(b, r.id);
	assert_string_equal(r.state, "approved");
	assert_int_equal(review_order_approvals(F, &r, &rows, &count), OK);
	assert_int_equal(count, 2);
	assert_int_equal(rows[0].needed, 2);
	assert_int_equal(rows[1].needed, 2);
	assert_string_not_equal(rows[0].operator, rows[1].operator);
}

static void
the_second_one_may_refuse(void **state)
{
	struct bench *b = *state;
	struct registration r = in_review(b, NULL, "adult", "");

	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "second_needed");
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_REFUSE,
				"too_young"),
	    "refused");
	assert_string_equal(bench_state(b, r.id), "refused");
}

static void
when_it_is_qualified_the_machine_has_to_agree(void **state)
{
	static const char *const words[][2] = {{"adult", ""},
	    {"", "faces_agree"}};
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	const char *outcome;
	struct approval x;

	bench_conf(b, "[review]\nsecond_percent = 0\n"
		      "[trust]\nqualified = yes\n");
	for (int i = 0; i < 2; i++) {
		b->email = arena_format(&b->a, "q%d@example.org", i);
		struct registration r =
		    in_review(b, "qcp", words[i][0], words[i][1]);
		bench_opinion(b, &by, r.id);
		assert_int_equal(review_approval(F, &by, r.id, &x),
		    ERR_INVALID);
		assert_string_equal(err_field(), "decision");
		assert_int_equal(bench_approve(b, &by, r.id, &outcome),
		    ERR_INVALID);
		/* refusing and asking again stay possible */
		assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REDO,
				     "blurred", "proof_of_life", &outcome),
		    OK);
		assert_string_equal(outcome, "redo");
	}
	b->email = "both@example.org";
	struct registration r = in_review(b, "qcp", "", "");
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	b->email = "lcp@example.org";
	r = in_review(b, NULL, "adult", "");
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "second_needed");
}

static void
nobody_approves_against_their_own_opinion(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct opinion o = {.document = "yes", .face = "no",
	    .liveness = "yes"};
	struct registration r = in_review(b, "qcp", "", "");
	struct review_case c;
	struct approval x;

	assert_int_equal(review_next(F, &by, r.id, &c), OK);
	assert_int_equal(review_opinion(F, &by, r.id, &o, &c), OK);
	assert_int_equal(review_approval(F, &by, r.id, &x), ERR_INVALID);
}

static void
at_these_levels_an_opinion_on_life_is_needed(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct opinion o = {.document = "yes", .face = "yes",
	    .liveness = "none"};
	struct registration r = in_review(b, "qcp", "", "");
	struct review_case c;

	assert_int_equal(review_next(F, &by, r.id, &c), OK);
	assert_int_equal(review_opinion(F, &by, r.id, &o, &c), ERR_INVALID);
	assert_string_equal(err_field(), "liveness");
}

/* The signature is over x; the signer was asked whether it takes two. */
static const char *
approve_told(struct bench *b, size_t operator, const char *id,
    enum second_look second)
{
	struct prover by = bench_prover(operator);
	struct review_answer answer = {.decision = OPERATOR_APPROVE,
	    .reasons = "", .steps = "", .note = "", .second = second};
	struct test_answer signature = {0};
	struct registration r;
	const char *outcome;
	struct approval x;

	bench_opinion(b, &by, id);
	bench_key(b, &by);
	assert_int_equal(review_approval(F, &by, id, &x), OK);
	bench_sign(b, &by, &x, &signature);
	answer.assertion = signature.assertion;
	assert_int_equal(review_decide(F, &by, id, &answer, &r, &outcome), OK);
	test_answer_clear(&signature);
	return outcome;
}

static void
the_signer_says_who_is_looked_at_twice(void **state)
{
	struct bench *b = *state;
	struct registration r = in_review(b, "qcp", "", "");

	assert_string_equal(approve_told(b, 0, r.id, SECOND_YES),
	    "second_needed");
	/* two have looked: it is not asked for a third */
	assert_string_equal(approve_told(b, 1, r.id, SECOND_YES), "approved");
	/* its "no" stands before the share that is drawn here */
	bench_conf(b, "[review]\nsecond_percent = 100\n");
	b->email = "other@example.org";
	r = in_review(b, "qcp", "", "");
	assert_string_equal(approve_told(b, 0, r.id, SECOND_NO), "approved");
	b->email = "third@example.org";
	r = in_review(b, "qcp", "", "");
	assert_string_equal(approve_told(b, 0, r.id, SECOND_UNKNOWN),
	    "second_needed");
}

/* The signer wanted a second one when it was ordered: the first stays. */
static void
what_takes_two_at_the_order_goes_back_for_the_second(void **state)
{
	struct bench *b = *state;
	struct registration r = in_review(b, "qcpnqscd", "", "");
	struct approval_row *rows;
	struct withdrawal_row w;
	struct review v;
	size_t count;

	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(journey_pin_is_set(F, r.id, &r), OK);
	assert_int_equal(decide_second_needed(F, r.id), OK);
	assert_string_equal(bench_state(b, r.id), "in_review");
	assert_int_equal(decide_second_needed(F, r.id), OK); /* late answer */
	assert_int_equal(withdrawal_load(b->f.store, &b->a, r.id, &w),
	    ERR_NOT_FOUND);
	assert_int_equal(review_load(b->f.store, &b->a, r.id, &v), OK);
	assert_string_equal(v.second, "sample");
	assert_string_equal(v.decision, "");
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	r = loaded(b, r.id);
	assert_int_equal(review_order_approvals(F, &r, &rows, &count), OK);
	assert_int_equal(count, 2);
	assert_true(rows[0].made_at == rows[1].made_at);
	/* nothing of what follows is left out */
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(journey_pin_is_asked(F, r.id, &r), OK);
}

static void
a_share_of_approvals_goes_to_a_second_operator(void **state)
{
	struct bench *b = *state;
	struct registration r;
	struct approval_row *rows;
	size_t count;

	bench_conf(b, "[review]\nsecond_percent = 100\n");
	r = in_review(b, "qcp", "", "");
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "second_needed");
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	r = loaded(b, r.id);
	/* the digest told neither of them: one signature is what it needs */
	assert_int_equal(review_order_approvals(F, &r, &rows, &count), OK);
	assert_int_equal(count, 2);
	assert_int_equal(rows[0].needed, 1);
	assert_int_equal(rows[1].needed, 1);
	b->email = "other@example.org";
	r = in_review(b, "qcp", "", "");
	assert_string_equal(bench_review(b, 2, r.id, OPERATOR_REFUSE,
				"blurred"),
	    "refused");
}

/* Nothing that is stored for the outside tells a suspicion. */
static void
assert_generic(struct bench *b, const char *id)
{
	static const char *const words[] = {"forged_document", "wrong_person",
	    "not_live", "coerced"};
	struct audit_entry *acts;
	struct step *steps;
	size_t count;

	assert_int_equal(step_list(b->f.store, &b->a, id, &steps, &count), OK);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < 4; k++)
			assert_null(strstr(steps[i].reasons, words[k]));
	assert_int_equal(audit_of(b->f.store, &b->a, id, &acts, &count), OK);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < 4; k++)
			if (strncmp(acts[i].act, "review.", 7) != 0)
				assert_null(strstr(acts[i].detail, words[k]));
}

static void
suspicion_takes_two_and_is_told_to_nobody(void **state)
{
	struct bench *b = *state;
	struct registration r = in_review(b, "qcp", "", "");
	struct review v;
	struct step *steps;
	size_t count;

	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_REFUSE,
				"forged_document blurred"),
	    "second_needed");
	assert_string_equal(bench_state(b, r.id), "in_review");
	assert_string_equal(bench_step(b, r.id, STEP_review), "doing");
	assert_int_equal(bench_mails(b, r.id, "refused"), 0);
	assert_generic(b, r.id);
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_REFUSE,
				"wrong_person"),
	    "refused");
	assert_string_equal(bench_state(b, r.id), "refused");
	assert_generic(b, r.id);
	assert_int_equal(step_list(b->f.store, &b->a, r.id, &steps, &count),
	    OK);
	assert_string_equal(steps[STEP_review].reasons, "not_verified");
	assert_int_equal(review_load(b->f.store, &b->a, r.id, &v), OK);
	assert_string_equal(v.reasons, "wrong_person");
	assert_string_equal(v.decided_by, "mem_op2");
}

static void
where_operators_differ_over_fraud_two_more_have_to_approve(void **state)
{
	struct bench *b = *state;
	struct registration r;
	struct approval_row *rows;
	size_t count;

	bench_conf(b, "[review]\nsecond_percent = 100\n");
	r = in_review(b, "qcp", "", "");
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "second_needed");
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_REFUSE,
				"not_live"),
	    "second_needed");
	assert_string_equal(bench_review(b, 2, r.id, OPERATOR_APPROVE, ""),
	    "second_needed");
	assert_string_equal(bench_review(b, 3, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	r = loaded(b, r.id);
	assert_int_equal(review_order_approvals(F, &r, &rows, &count), OK);
	assert_int_equal(count, 2);
	assert_int_equal(rows[0].needed, 2);
	assert_string_equal(rows[0].operator, "mem_op3");
}

static void
a_redo_names_its_steps_and_keeps_the_rest(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r = in_review(b, "qcp", "", "");
	const char *outcome;
	struct evidence e;
	struct approval x;

	bench_opinion(b, &by, r.id);
	assert_int_equal(review_approval(F, &by, r.id, &x), OK);
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REDO, "blurred",
			     "", &outcome),
	    ERR_INVALID);
	assert_string_equal(err_field(), "steps");
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REDO, "blurred",
			     "review", &outcome),
	    ERR_INVALID);
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REDO,
			     "forged_document", "document", &outcome),
	    ERR_INVALID);
	assert_string_equal(err_field(), "reasons");
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REDO, "blurred",
			     "proof_of_life", &outcome),
	    OK);
	r = loaded(b, r.id);
	assert_string_equal(r.state, "action_required");
	assert_int_equal(r.attempt, 2);
	assert_string_equal(r.surname, ""); /* of other evidence */
	assert_string_equal(bench_step(b, r.id, STEP_document), "done");
	assert_string_equal(bench_step(b, r.id, STEP_proof_of_life), "doing");
	assert_int_equal(evidence_find(b->f.store, &b->a, r.id, 2,
			     "document_front", &e),
	    OK);
	assert_int_equal(evidence_find(b->f.store, &b->a, r.id, 2,
			     "face_video", &e),
	    ERR_NOT_FOUND);
	assert_int_equal(bench_mails(b, r.id, "redo"), 1);
}

static void
what_the_signer_does_not_believe_goes_to_another_operator(void **state)
{
	struct bench *b = *state;
	struct registration r = in_review(b, "qcp", "", "");

	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(decide_not_believed(F, r.id), OK);
	assert_string_equal(bench_state(b, r.id), "in_review");
	assert_string_equal(bench_step(b, r.id, STEP_confirm), "todo");
	assert_int_equal(approvals(b, r.id), 0);
	/* the order that is still under way changes nothing more */
	assert_int_equal(decide_not_believed(F, r.id), OK);
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	assert_int_equal(approvals(b, r.id), 1);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_true(bench_has_job(b, "issue", r.id));
}

static void
who_contests_the_data_voids_the_approvals(void **state)
{
	struct bench *b = *state;
	struct prover one = bench_prover(0);
	struct registration r = in_review(b, "qcp", "", "");
	struct review_case c;

	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_int_equal(approvals(b, r.id), 1);
	assert_int_equal(journey_confirm(F, r.id, false, &r), OK);
	assert_string_equal(r.state, "in_review");
	assert_string_equal(r.surname, "");
	assert_int_equal(approvals(b, r.id), 0);
	/* somebody else has to look at it */
	assert_int_equal(review_next(F, &one, "", &c), ERR_NOT_FOUND);
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	assert_int_equal(approvals(b, r.id), 1);
}

static int64_t
withdrawn_until(struct bench *b, const char *id)
{
	struct withdrawal_row w;

	if (withdrawal_load(b->f.store, &b->a, id, &w) != OK)
		return 0;
	assert_true(bench_has_job(b, "withdraw", id));
	assert_true(w.told_until < w.until_at);
	return w.until_at;
}

static int64_t
offered_at(struct bench *b, const struct prover *by, const char *id)
{
	struct approval x;

	assert_int_equal(review_approval(F, by, id, &x), OK);
	return x.made_at;
}

/* Whoever kept what was signed keeps nothing: the signer is told. */
static void
what_ends_an_approval_withdraws_it(void **state)
{
	static const char *const ends[] = {"refuse", "redo", "contest",
	    "expire", "not_believed"};
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	const char *outcome;

	for (size_t i = 0; i < 5; i++) {
		b->email = arena_format(&b->a, "end%zu@example.org", i);
		struct registration r = in_review(b, "qcp", "", "");

		bench_opinion(b, &by, r.id);
		int64_t made_at = offered_at(b, &by, r.id);
		assert_int_equal(withdrawn_until(b, r.id), 0);
		if (i < 2) {
			assert_int_equal(bench_answer(b, &by, r.id,
					     i == 0 ? OPERATOR_REFUSE
						    : OPERATOR_REDO,
					     "blurred",
					     i == 0 ? "" : "document",
					     &outcome),
			    OK);
		} else {
			assert_int_equal(bench_approve(b, &by, r.id, &outcome),
			    OK);
			assert_int_equal(withdrawn_until(b, r.id), 0);
		}
		if (i == 2)
			assert_int_equal(
			    journey_confirm(F, r.id, false, &r), OK);
		if (i == 3) {
			r = loaded(b, r.id);
			r.state_at -= 8 * DAY;
			r.expires_at -= 60 * DAY;
			assert_int_equal(
			    registration_update(b->f.store, &r), OK);
			assert_int_equal(registration_current(F, r.id, &r),
			    OK);
			assert_string_equal(r.state, "expired");
		}
		if (i == 4)
			assert_int_equal(decide_not_believed(F, r.id), OK);
		if (withdrawn_until(b, r.id) < made_at)
			fail_msg("%s withdraws nothing", ends[i]);
	}
}

/* A ledger that was put back from an older copy forgot them. */
static void
what_was_withdrawn_is_told_again_after_a_restore(void **state)
{
	static const struct actor by = {ACTOR_platform, "test", "test"};
	static const struct ledger_point nothing = {0, ""};
	struct bench *b = *state;
	struct registration r;
	struct job j;

	b->email = "restored@example.org";
	r = in_review(b, "qcp", "", "");
	assert_int_equal(registration_withdraw(&b->f, &r), OK);
	int64_t until = withdrawn_until(b, r.id);
	assert_true(until > 0);
	assert_int_equal(withdrawal_told(b->f.store, r.id, until), OK);
	while (job_take(b->f.store, &b->a, INT64_MAX / 2, 0, &j) == OK)
		assert_int_equal(job_done(b->f.store, j.id), OK);
	assert_int_equal(put_back_done(F, &by, &nothing, ""), OK);
	assert_int_equal(withdrawn_until(b, r.id), until);
	/* also where a job waits already */
	assert_int_equal(put_back_done(F, &by, &nothing, ""), OK);
	assert_int_equal(withdrawn_until(b, r.id), until);
}

/* Before it takes two, what one signed alone is gone. */
static void
a_suspicion_withdraws_what_one_signed(void **state)
{
	struct bench *b = *state;
	struct prover third = bench_prover(2);
	struct registration r;

	bench_conf(b, "[review]\nsecond_percent = 100\n");
	r = in_review(b, "qcp", "", "");
	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_int_equal(withdrawn_until(b, r.id), 0);
	bench_review(b, 1, r.id, OPERATOR_REFUSE, "not_live");
	int64_t until = withdrawn_until(b, r.id);
	assert_true(until > 0);
	assert_int_equal(approvals(b, r.id), 0);
	bench_opinion(b, &third, r.id);
	assert_true(offered_at(b, &third, r.id) > until);
}

static void
one_of_two_stays_when_another_suspects(void **state)
{
	struct bench *b = *state;
	struct registration r = in_review(b, "qcp", "adult", "");

	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	bench_review(b, 1, r.id, OPERATOR_REFUSE, "not_live");
	assert_int_equal(withdrawn_until(b, r.id), 0);
	assert_string_equal(bench_review(b, 2, r.id, OPERATOR_APPROVE, ""),
	    "approved");
}

static void
at_lcp_nothing_is_withdrawn(void **state)
{
	struct bench *b = *state;
	struct registration r = in_review(b, NULL, "", "");

	bench_review(b, 0, r.id, OPERATOR_REFUSE, "blurred");
	assert_int_equal(withdrawn_until(b, r.id), 0);
	assert_false(bench_has_job(b, "withdraw", r.id));
}

static void
of_a_planted_case_nothing_follows(void **state)
{
	struct bench *b = *state;
	struct registration r = in_review(b, "qcp", "", "");

	assert_int_equal(quality_plant(F, &bench_platform, r.id, "fraud"), OK);
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_REFUSE,
				"blurred"),
	    "refused");
	assert_string_equal(bench_review(b, 2, r.id, OPERATOR_REFUSE,
				"forged_document"),
	    "second_needed");
	assert_string_equal(bench_state(b, r.id), "in_review");
	assert_int_equal(approvals(b, r.id), 0);
	assert_int_equal(bench_mails(b, r.id, "approved"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(what_is_approved_was_signed),
	    BENCH(a_signature_over_anything_else_approves_nothing),
	    BENCH(names_are_fixed_before_anybody_signs),
	    BENCH(against_a_strong_failure_it_takes_two_operators),
	    BENCH(the_second_one_may_refuse),
	    BENCH(when_it_is_qualified_the_machine_has_to_agree),
	    BENCH(nobody_approves_against_their_own_opinion),
	    BENCH(at_these_levels_an_opinion_on_life_is_needed),
	    BENCH(a_share_of_approvals_goes_to_a_second_operator),
	    BENCH(suspicion_takes_two_and_is_told_to_nobody),
	    BENCH(where_operators_differ_over_fraud_two_more_have_to_approve),
	    BENCH(a_redo_names_its_steps_and_keeps_the_rest),
	    BENCH(what_the_signer_does_not_believe_goes_to_another_operator),
	    BENCH(who_contests_the_data_voids_the_approvals),
	    BENCH(the_signer_says_who_is_looked_at_twice),
	    BENCH(what_takes_two_at_the_order_goes_back_for_the_second),
	    BENCH(what_ends_an_approval_withdraws_it),
	    BENCH(what_was_withdrawn_is_told_again_after_a_restore),
	    BENCH(a_suspicion_withdraws_what_one_signed),
	    BENCH(one_of_two_stays_when_another_suspects),
	    BENCH(at_lcp_nothing_is_withdrawn),
	    BENCH(of_a_planted_case_nothing_follows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
