/*
 * Keys of the participant's own: when one is taken, and what it does to what
 * operators sign.
 */
#include "flow/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a
#define HEX "11111111111111111111111111111111"
#define KEY HEX HEX

static RESULT
bring(struct bench *b, const char *id)
{
	struct registration r;

	return journey_own_key(F, id, span_of_text("request"),
	    KEY, "P-256", &r);
}

static bool
has_key(struct bench *b, const char *id)
{
	struct own_key k;

	return own_key_load(b->f.store, &b->a, id, &k) == OK;
}

static void
a_key_is_brought_while_the_data_are_confirmed(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();

	assert_int_equal(bring(b, r.id), ERR_WRONG_STATE);
	assert_false(has_key(b, r.id));
	r = bench_checked(b, r.id, &good);
	assert_int_equal(bring(b, r.id), OK);
	assert_true(has_key(b, r.id));
	assert_int_equal(journey_own_key_remove(F, r.id, &r), OK);
	assert_int_equal(journey_own_key_remove(F, r.id, &r), OK);
	assert_false(has_key(b, r.id));
	assert_int_equal(bring(b, r.id), OK);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(bring(b, r.id), ERR_WRONG_STATE);
	assert_int_equal(journey_own_key_remove(F, r.id, &r), ERR_WRONG_STATE);
	assert_true(has_key(b, r.id));
}

static void
a_key_in_a_device_is_never_ones_own(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_approved(b);

	r.level = "qcpnqscd";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(bring(b, r.id), ERR_OWN_KEY_LEVEL);
	assert_false(has_key(b, r.id));
}

static void
a_key_that_the_signer_refuses_goes_back_with_a_reason(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_approved(b);
	struct step *steps;
	size_t count;

	assert_int_equal(bring(b, r.id), OK);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(decide_key_refused(F, r.id, "key_of_another"), OK);
	assert_false(has_key(b, r.id));
	assert_string_equal(bench_state(b, r.id), "approved");
	assert_int_equal(
	    step_list(b->f.store, &b->a, r.id, &steps, &count), OK);
	assert_true(step_is(steps, count, STEP_confirm, "doing"));
	for (size_t i = 0; i < count; i++)
		if (strcmp(steps[i].name, "confirm") == 0)
			assert_string_equal(steps[i].reasons, "key_of_another");
	assert_int_equal(bench_mails(b, r.id, "key_refused"), 1);
	assert_int_equal(bring(b, r.id), OK);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_true(bench_has_job(b, "issue", r.id));
}

/* With the evidence, and through the machine's checks. */
static void
at_qcp_a_key_comes_before_the_review(void **state)
{
	struct bench *b = *state;
	struct registration r;

	b->level = "qcp";
	r = bench_opened(b);
	assert_int_equal(bring(b, r.id), ERR_WRONG_STATE);
	b->email = "second@example.org";
	r = bench_collecting(b);
	assert_int_equal(bring(b, r.id), OK);
	assert_int_equal(journey_own_key_remove(F, r.id, &r), OK);
	assert_false(has_key(b, r.id));
	b->email = "third@example.org";
	r = bench_in_review(b, "qcp", "", "");
	assert_int_equal(bring(b, r.id), OK); /* nobody has it yet */
}

static void
what_an_operator_signs_names_the_key(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct prover by = bench_prover(0);
	struct approval x, again;
	const char *outcome;

	assert_int_equal(bring(b, r.id), OK);
	bench_signer_hears(b, r.id);
	bench_opinion(b, &by, r.id);
	assert_int_equal(review_approval(F, &by, r.id, &x), OK);
	assert_non_null(x.own_key);
	for (size_t i = 0; i < DIGEST_SIZE; i++)
		assert_int_equal(x.own_key->bytes[i], 0x11);
	assert_int_equal(bench_approve(b, &by, r.id, &outcome), OK);
	assert_string_equal(outcome, "approved");
	r = bench_loaded(b, r.id);
	assert_int_equal(review_approval_of(F, &r, 1, x.made_at, &again), OK);
	assert_memory_equal(again.own_key, x.own_key, DIGEST_SIZE);
}

static void
an_operator_signs_for_no_key_where_none_was_brought(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct prover by = bench_prover(0);
	struct approval x;

	bench_opinion(b, &by, r.id);
	assert_int_equal(review_approval(F, &by, r.id, &x), OK);
	assert_null(x.own_key);
}

static void
expect_fixed(struct bench *b, const char *id)
{
	struct registration r;

	assert_int_equal(bring(b, id), ERR_OWN_KEY_REVIEWED);
	assert_int_equal(
	    journey_own_key_remove(F, id, &r), ERR_OWN_KEY_REVIEWED);
}

/* Nor does it tell by another key, which would be taken again, that the case
 * waits for a second one. */
static void
after_a_suspicion_the_key_stays(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");

	assert_int_equal(journey_own_key_is_taken(F, r.id), OK);
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_REFUSE,
				"not_live"), "second_needed");
	expect_fixed(b, r.id);
}

/* Or they would sign for another than they were shown. */
static void
while_an_operator_has_the_case_the_key_stays(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct prover by = bench_prover(0);

	bench_opinion(b, &by, r.id);
	expect_fixed(b, r.id);
	assert_int_equal(review_release(F, &by, r.id), OK);
	assert_int_equal(bring(b, r.id), OK);
}

static void
and_once_somebody_signed(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "adult", "");

	assert_string_equal(
	    bench_review(b, 0, r.id, OPERATOR_APPROVE, ""), "second_needed");
	expect_fixed(b, r.id);
	assert_string_equal(
	    bench_review(b, 1, r.id, OPERATOR_APPROVE, ""), "approved");
	expect_fixed(b, r.id);
	assert_false(has_key(b, r.id));
}

/* The way back: to an operator, who signs for what there is then. */
static void
who_contests_an_approval_may_bring_another_key(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct prover other = bench_prover(1);
	struct approval x;

	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_int_equal(journey_confirm(F, r.id, false, &r), OK);
	assert_int_equal(bring(b, r.id), OK);
	bench_signer_hears(b, r.id);
	bench_opinion(b, &other, r.id);
	assert_int_equal(review_approval(F, &other, r.id, &x), OK);
	assert_non_null(x.own_key);
}

/* A page that was taken over may have kept what it was offered to sign. */
static void
another_key_withdraws_what_was_offered(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct prover by = bench_prover(0);
	struct withdrawal_row w;
	struct approval x;

	bench_opinion(b, &by, r.id);
	assert_int_equal(review_approval(F, &by, r.id, &x), OK);
	assert_int_equal(review_release(F, &by, r.id), OK);
	assert_int_equal(bring(b, r.id), OK);
	assert_int_equal(withdrawal_load(b->f.store, &b->a, r.id, &w), OK);
	assert_true(w.until_at >= x.made_at);
}

static void
at_qcp_a_key_that_the_signer_refuses_takes_another_approval(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");

	assert_int_equal(bring(b, r.id), OK);
	bench_signer_hears(b, r.id);
	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(decide_key_refused(F, r.id, "key_compromised"), OK);
	assert_false(has_key(b, r.id));
	assert_string_equal(bench_state(b, r.id), "in_review");
	assert_string_equal(bench_step(b, r.id, STEP_confirm), "todo");
	assert_int_equal(bench_approvals(b, r.id), 0);
	assert_int_equal(bench_mails(b, r.id, "key_refused"), 1);
	assert_int_equal(bring(b, r.id), OK);
	bench_signer_hears(b, r.id);
	assert_string_equal(
	    bench_review(b, 1, r.id, OPERATOR_APPROVE, ""), "approved");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(a_key_is_brought_while_the_data_are_confirmed),
	    BENCH(a_key_in_a_device_is_never_ones_own),
	    BENCH(a_key_that_the_signer_refuses_goes_back_with_a_reason),
	    BENCH(at_qcp_a_key_comes_before_the_review),
	    BENCH(what_an_operator_signs_names_the_key),
	    BENCH(an_operator_signs_for_no_key_where_none_was_brought),
	    BENCH(after_a_suspicion_the_key_stays),
	    BENCH(while_an_operator_has_the_case_the_key_stays),
	    BENCH(and_once_somebody_signed),
	    BENCH(who_contests_an_approval_may_bring_another_key),
	    BENCH(another_key_withdraws_what_was_offered),
	    BENCH(at_qcp_a_key_that_the_signer_refuses_takes_another_approval),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
