/*
 * What makes void what operators signed, and from when on.
 */
#include "flow/fixture.h"

#include "flow/put_back.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

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
		struct registration r = bench_in_review(b, "qcp", "", "");

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
			r = bench_loaded(b, r.id);
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
	r = bench_in_review(b, "qcp", "", "");
	assert_int_equal(registration_withdraw(&b->f, &r), OK);
	int64_t until = withdrawn_until(b, r.id);
	assert_true(until > 0);
	assert_int_equal(withdrawal_told(b->f.store, r.id, until, ""), OK);
	while (job_take(b->f.store, &b->a, INT64_MAX / 2, 0, &j) == OK)
		assert_int_equal(job_done(b->f.store, j.id), OK);
	assert_int_equal(put_back_done(F, &by, &nothing, ""), OK);
	assert_int_equal(withdrawn_until(b, r.id), until);
	/* also where a job waits already */
	assert_int_equal(put_back_done(F, &by, &nothing, ""), OK);
	assert_int_equal(withdrawn_until(b, r.id), until);
}

/* Before it takes two, what one signed alone is gone. */
/* A job's answer may come after that to an operator who withdrew meanwhile. */
static void
what_was_heard_later_is_not_forgotten_for_an_earlier_answer(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r = bench_in_review(b, "qcp", "", "");
	int64_t now = clock_now();
	struct approval x;

	assert_int_equal(
	    withdrawal_told(b->f.store, r.id, now, BENCH_MARK), OK);
	assert_int_equal(
	    withdrawal_told(b->f.store, r.id, now - 1, BENCH_MARK), OK);
	bench_opinion(b, &by, r.id);
	assert_int_equal(review_approval(F, &by, r.id, &x), OK);
	assert_true(x.made_at > now);
}

/* The signer draws a mark for a later time alone. */
static void
each_withdrawal_is_told_though_the_clock_went_back(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r = bench_in_review(b, "qcp", "", "");
	int64_t now = clock_now();

	assert_int_equal(registration_withdraw(&b->f, &r), OK);
	bench_signer_hears(b, r.id);
	bench_opinion(b, &by, r.id);
	clock_set(now - 5 * SECOND);
	int64_t made_at = offered_at(b, &by, r.id);
	assert_true(made_at > now);
	assert_int_equal(registration_withdraw(&b->f, &r), OK);
	assert_true(withdrawn_until(b, r.id) >= made_at);
	clock_set(now);
}

static void
a_suspicion_withdraws_what_one_signed(void **state)
{
	struct bench *b = *state;
	struct prover third = bench_prover(2);
	struct registration r;
	struct approval x;

	bench_conf(b, "[review]\nsecond_percent = 100\n");
	r = bench_in_review(b, "qcp", "", "");
	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_int_equal(withdrawn_until(b, r.id), 0);
	bench_review(b, 1, r.id, OPERATOR_REFUSE, "not_live");
	int64_t until = withdrawn_until(b, r.id);
	assert_true(until > 0);
	assert_int_equal(bench_approvals(b, r.id), 0);
	bench_opinion(b, &third, r.id);
	/* what would be signed now would count no more a moment later */
	assert_int_equal(
	    review_approval(F, &third, r.id, &x), ERR_UNAVAILABLE);
	bench_signer_hears(b, r.id);
	assert_true(offered_at(b, &third, r.id) > until);
	assert_int_equal(review_approval(F, &third, r.id, &x), OK);
	assert_int_equal(x.withdrawal.size, APPROVAL_MARK_SIZE);
	assert_int_equal(x.withdrawal.data[15], 0xff);
}

static void
one_of_two_stays_when_another_suspects(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "adult", "");

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
	struct registration r = bench_in_review(b, NULL, "", "");

	bench_review(b, 0, r.id, OPERATOR_REFUSE, "blurred");
	assert_int_equal(withdrawn_until(b, r.id), 0);
	assert_false(bench_has_job(b, "withdraw", r.id));
}

/* What the signer has to hear before it is done. */
static bool
voids(struct bench *b, size_t operator, const char *id,
    enum operator_decision decision, const char *reasons)
{
	const struct review_answer answer = {.decision = decision,
	    .reasons = reasons,
	    .steps = decision == OPERATOR_REDO ? "document" : "",
	    .note = ""};
	struct prover by = bench_prover(operator);
	bool out;

	assert_int_equal(
	    review_decision_voids(F, &by, id, &answer, &out), OK);
	return out;
}

static void
only_what_somebody_may_have_signed_is_told_before(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r;

	r = bench_in_review(b, "qcp", "", "");
	bench_opinion(b, &by, r.id);
	assert_false(voids(b, 0, r.id, OPERATOR_REFUSE, "blurred"));
	offered_at(b, &by, r.id);
	assert_true(voids(b, 0, r.id, OPERATOR_REFUSE, "blurred"));
	assert_true(voids(b, 0, r.id, OPERATOR_REFUSE, "not_live"));
	assert_true(voids(b, 0, r.id, OPERATOR_REDO, "blurred"));
	assert_false(voids(b, 0, r.id, OPERATOR_APPROVE, ""));
	/* it was a question: nothing is void, and it is still theirs */
	assert_int_equal(withdrawn_until(b, r.id), 0);
	assert_string_equal(bench_state(b, r.id), "in_review");
}

/* One of two stays when another suspects. */
static void
what_stays_is_not_told(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "adult", "");
	struct prover other = bench_prover(1);

	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	bench_opinion(b, &other, r.id);
	assert_false(voids(b, 1, r.id, OPERATOR_REFUSE, "not_live"));
	assert_true(voids(b, 1, r.id, OPERATOR_REFUSE, "blurred"));
}

static void
what_would_be_refused_is_not_told(void **state)
{
	const struct review_answer redo = {.decision = OPERATOR_REDO,
	    .reasons = "not_live",
	    .steps = "document",
	    .note = ""};
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");
	struct prover by = bench_prover(0), other = bench_prover(1);
	bool out;

	bench_opinion(b, &by, r.id);
	offered_at(b, &by, r.id);
	assert_int_equal(
	    review_decision_voids(F, &by, r.id, &redo, &out), ERR_INVALID);
	assert_int_equal(
	    review_decision_voids(F, &other, r.id, &redo, &out), ERR_LOCKED);
}

static void
contesting_is_told_where_an_operator_approved(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_in_review(b, "qcp", "", "");
	bool out;

	assert_int_equal(journey_contest_voids(F, r.id, &out), OK);
	assert_false(out);
	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_int_equal(journey_contest_voids(F, r.id, &out), OK);
	assert_true(out);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(journey_contest_voids(F, r.id, &out), OK);
	assert_false(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(what_ends_an_approval_withdraws_it),
	    BENCH(what_was_withdrawn_is_told_again_after_a_restore),
	    BENCH(what_was_heard_later_is_not_forgotten_for_an_earlier_answer),
	    BENCH(each_withdrawal_is_told_though_the_clock_went_back),
	    BENCH(a_suspicion_withdraws_what_one_signed),
	    BENCH(one_of_two_stays_when_another_suspects),
	    BENCH(at_lcp_nothing_is_withdrawn),
	    BENCH(only_what_somebody_may_have_signed_is_told_before),
	    BENCH(what_stays_is_not_told),
	    BENCH(what_would_be_refused_is_not_told),
	    BENCH(contesting_is_told_where_an_operator_approved),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
