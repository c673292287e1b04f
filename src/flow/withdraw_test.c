/*
 * Whose word withdraws what operators approved, and whose does not.
 */
#include "flow/fixture.h"

#include "flow/withdraw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a
#define SESSION "a session"

static void
sign_in(struct bench *b, const char *session, const char *member, bool passkey)
{
	int64_t now = clock_now();

	assert_int_equal(session_save(b->f.store, session, member, now,
			     now + DAY),
	    OK);
	if (passkey)
		assert_int_equal(session_prove(b->f.store, session, now), OK);
}

static struct registration
held_by_the_first(struct bench *b)
{
	struct prover by = bench_prover(0);
	struct registration r = bench_in_review(b, "qcp", "", "");

	bench_opinion(b, &by, r.id);
	return r;
}

static void
who_holds_the_case_may(void **state)
{
	struct bench *b = *state;
	struct registration r = held_by_the_first(b);

	sign_in(b, SESSION, bench_prover(0).who.id, true);
	assert_int_equal(withdraw_allowed(F, r.id, SESSION), OK);
}

static void
nobody_else_may(void **state)
{
	struct bench *b = *state;
	struct registration r = held_by_the_first(b);

	assert_int_equal(
	    withdraw_allowed(F, r.id, "made up"), ERR_DENIED);
	sign_in(b, "no passkey", bench_prover(0).who.id, false);
	assert_int_equal(withdraw_allowed(F, r.id, "no passkey"),
	    ERR_PASSKEY_NEEDED);
	sign_in(b, "another", bench_prover(1).who.id, true);
	assert_int_equal(
	    withdraw_allowed(F, r.id, "another"), ERR_LOCKED);
	sign_in(b, "a member", bench_member.id, true);
	assert_int_equal(
	    withdraw_allowed(F, r.id, "a member"), ERR_DENIED);
	/* nor the one who did, of a case that is not theirs, or is no more */
	sign_in(b, SESSION, bench_prover(0).who.id, true);
	b->email = "other@example.org";
	struct registration other = bench_in_review(b, "qcp", "", "");
	assert_int_equal(
	    withdraw_allowed(F, other.id, SESSION), ERR_LOCKED);
	assert_int_equal(withdraw_allowed(F,
			     "reg_00000000000000000000000000", SESSION),
	    ERR_NOT_FOUND);
	clock_set(clock_now() + 21 * MINUTE);
	assert_int_equal(withdraw_allowed(F, r.id, SESSION), ERR_LOCKED);
}

static void
a_participant_may_while_the_data_are_shown(void **state)
{
	struct bench *b = *state;
	struct registration r = held_by_the_first(b);
	struct prover by = bench_prover(0);
	const char *outcome;

	assert_int_equal(withdraw_allowed(F, r.id, ""), ERR_WRONG_STATE);
	assert_int_equal(bench_approve(b, &by, r.id, &outcome), OK);
	assert_int_equal(withdraw_allowed(F, r.id, ""), OK);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(withdraw_allowed(F, r.id, ""), ERR_WRONG_STATE);
}

static void
at_lcp_there_is_nothing_to_withdraw(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct registration r = bench_collecting(b);

	r = bench_checked(b, r.id, &good);
	assert_string_equal(r.state, "approved");
	assert_int_equal(withdraw_allowed(F, r.id, ""), ERR_WRONG_STATE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(who_holds_the_case_may),
	    BENCH(nobody_else_may),
	    BENCH(a_participant_may_while_the_data_are_shown),
	    BENCH(at_lcp_there_is_nothing_to_withdraw),
	};

	return cmocka_run_group_tests_name("withdraw", tests, NULL, NULL);
}
