/*
 * Decisions other than approvals, and what the outside hears of them.
 */
#include "flow/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

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
	struct registration r = bench_in_review(b, "qcp", "", "");
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
	r = bench_in_review(b, "qcp", "", "");
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "second_needed");
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_REFUSE,
				"not_live"),
	    "second_needed");
	bench_signer_hears(b, r.id);
	assert_string_equal(bench_review(b, 2, r.id, OPERATOR_APPROVE, ""),
	    "second_needed");
	assert_string_equal(bench_review(b, 3, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	r = bench_loaded(b, r.id);
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
	struct registration r = bench_in_review(b, "qcp", "", "");
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
	/* beside a step that is one, too */
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REDO, "blurred",
			     "document review", &outcome),
	    ERR_INVALID);
	assert_string_equal(err_field(), "steps");
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REDO,
			     "forged_document", "document", &outcome),
	    ERR_INVALID);
	assert_string_equal(err_field(), "reasons");
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REDO, "blurred",
			     "proof_of_life", &outcome),
	    OK);
	r = bench_loaded(b, r.id);
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

/* The film that was asked for again, with the pictures that were not. */
static void
a_new_recording_brings_a_redo_back_to_the_queue(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct findings none = {0};
	struct review_case c;
	struct evidence e;
	const char *outcome;

	bench_opinion(b, &by, r.id);
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REDO,
			     "face_not_seen", "proof_of_life", &outcome),
	    OK);
	assert_int_equal(review_next(F, &by, "", &c), ERR_NOT_FOUND);
	assert_int_equal(journey_complete(F, r.id, &r), ERR_WRONG_STATE);
	bench_recording(b, r.id, "face_video", &none);
	bench_recording(b, r.id, "document_video", &none);
	assert_int_equal(journey_complete(F, r.id, &r), OK);
	bench_compared(b, r.id, NULL);
	assert_int_equal(decide_attempt(F, r.id, &r), OK);
	assert_string_equal(r.state, "in_review");
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_string_equal(c.r.id, r.id);
	assert_int_equal(c.r.attempt, 2);
	assert_int_equal(c.opinion.at, 0);
	assert_int_equal(evidence_find(b->f.store, &b->a, r.id, 2,
			     "face_video", &e),
	    OK);
}

static void
what_the_signer_does_not_believe_goes_to_another_operator(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");

	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(decide_not_believed(F, r.id), OK);
	assert_string_equal(bench_state(b, r.id), "in_review");
	assert_string_equal(bench_step(b, r.id, STEP_confirm), "todo");
	assert_int_equal(bench_approvals(b, r.id), 0);
	/* the order that is still under way changes nothing more */
	assert_int_equal(decide_not_believed(F, r.id), OK);
	bench_signer_hears(b, r.id);
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	assert_int_equal(bench_approvals(b, r.id), 1);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_true(bench_has_job(b, "issue", r.id));
}

static void
who_contests_the_data_voids_the_approvals(void **state)
{
	struct bench *b = *state;
	struct prover one = bench_prover(0);
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct review_case c;

	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_int_equal(bench_approvals(b, r.id), 1);
	assert_int_equal(journey_confirm(F, r.id, false, &r), OK);
	assert_string_equal(r.state, "in_review");
	assert_string_equal(r.surname, "");
	assert_int_equal(bench_approvals(b, r.id), 0);
	/* somebody else has to look at it */
	assert_int_equal(review_next(F, &one, "", &c), ERR_NOT_FOUND);
	bench_signer_hears(b, r.id);
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	assert_int_equal(bench_approvals(b, r.id), 1);
}

static void
of_a_planted_case_nothing_follows(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");

	assert_int_equal(quality_plant(F, &bench_platform, r.id, "fraud", ""),
	    OK);
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	assert_string_equal(bench_review(b, 1, r.id, OPERATOR_REFUSE,
				"blurred"),
	    "refused");
	assert_string_equal(bench_review(b, 2, r.id, OPERATOR_REFUSE,
				"forged_document"),
	    "second_needed");
	/* whoever suspects is the first to, whatever others decided */
	assert_string_equal(bench_review(b, 3, r.id, OPERATOR_REFUSE,
				"wrong_person"),
	    "second_needed");
	assert_string_equal(bench_state(b, r.id), "in_review");
	assert_int_equal(bench_approvals(b, r.id), 0);
	assert_int_equal(bench_mails(b, r.id, "approved"), 0);
}

static void
who_has_a_planted_case_done_again_asks_nobody(void **state)
{
	struct review_answer answer = {.decision = OPERATOR_REDO,
	    .reasons = "blurred", .steps = "document", .note = ""};
	struct bench *b = *state;
	struct registration told;
	struct prover by = bench_prover(0);
	struct registration r = bench_in_review(b, "qcp", "", "");
	const char *outcome;

	assert_int_equal(quality_plant(F, &bench_platform, r.id, "fraud", ""),
	    OK);
	bench_opinion(b, &by, r.id);
	assert_int_equal(review_decide(F, &by, r.id, &answer, &told,
			     &outcome),
	    OK);
	assert_string_equal(outcome, "redo");
	/* what the operator hears is what they hear of any case */
	assert_string_equal(told.state, "action_required");
	r = bench_loaded(b, r.id);
	assert_string_equal(r.state, "in_review");
	assert_int_equal(r.attempt, 1);
	by = bench_prover(1);
	answer.decision = OPERATOR_REFUSE;
	bench_opinion(b, &by, r.id);
	assert_int_equal(review_decide(F, &by, r.id, &answer, &told,
			     &outcome),
	    OK);
	assert_string_equal(told.state, "refused");
	assert_int_equal(bench_mails(b, r.id, "redo"), 0);
}

static void
nothing_is_done_again_after_the_last_day(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r = bench_in_review(b, "qcp", "", "");
	const char *outcome;

	clock_set(r.expires_at);
	by.passkey_at = clock_now();
	bench_opinion(b, &by, r.id);
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REDO, "blurred",
			     "document", &outcome),
	    ERR_EXPIRED);
	assert_string_equal(bench_state(b, r.id), "in_review");
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REFUSE, "blurred",
			     "", &outcome),
	    OK);
}

/* What is no code would be told outside as it stands. */
static void
a_decision_keeps_to_its_words_and_lengths(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct review_answer answer = {.decision = OPERATOR_REFUSE,
	    .reasons = "blurred", .steps = ""};
	char note[2002];
	const char *outcome;

	bench_opinion(b, &by, r.id);
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REFUSE,
			     "blurred looks_like_a_thief", "", &outcome),
	    ERR_INVALID);
	assert_string_equal(err_field(), "reasons");
	memset(note, 'n', sizeof(note));
	note[2001] = '\0';
	answer.note = note;
	assert_int_equal(review_decide(F, &by, r.id, &answer, &r, &outcome),
	    ERR_INVALID);
	assert_string_equal(err_field(), "note");
	note[2000] = '\0';
	answer.keys = -1;
	assert_int_equal(review_decide(F, &by, r.id, &answer, &r, &outcome),
	    ERR_INVALID);
	answer.keys = 100001;
	assert_int_equal(review_decide(F, &by, r.id, &answer, &r, &outcome),
	    ERR_INVALID);
	assert_string_equal(err_field(), "keys");
	answer.keys = 100000;
	assert_int_equal(review_decide(F, &by, r.id, &answer, &r, &outcome),
	    OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(suspicion_takes_two_and_is_told_to_nobody),
	    BENCH(where_operators_differ_over_fraud_two_more_have_to_approve),
	    BENCH(a_redo_names_its_steps_and_keeps_the_rest),
	    BENCH(a_new_recording_brings_a_redo_back_to_the_queue),
	    BENCH(what_the_signer_does_not_believe_goes_to_another_operator),
	    BENCH(who_contests_the_data_voids_the_approvals),
	    BENCH(of_a_planted_case_nothing_follows),
	    BENCH(who_has_a_planted_case_done_again_asks_nobody),
	    BENCH(nothing_is_done_again_after_the_last_day),
	    BENCH(a_decision_keeps_to_its_words_and_lengths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
