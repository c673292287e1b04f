/*
 * The case that is drawn ahead: one, to look at beside another, locked for
 * nobody.
 */
#include "flow/fixture.h"

#include "flow/review_act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

static void
wait_many(struct bench *b, int count)
{
	for (int i = 0; i < count; i++) {
		clock_set(BENCH_NOW + i);
		bench_waiting(b, arena_format(&b->a, "p%d@example.org", i));
	}
}

static void
nothing_is_ahead_of_who_has_no_case(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), member = {bench_member, BENCH_NOW};
	struct registration r;
	struct review_case c;

	wait_many(b, 2);
	assert_int_equal(review_ahead(F, &by, &r), ERR_WRONG_STATE);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_int_equal(review_ahead(F, &member, &r), ERR_DENIED);
	assert_int_equal(review_ahead(F, &by, &r), OK);
	assert_string_not_equal(r.id, c.r.id);
	assert_int_equal(review_look_ahead(F, &by, r.id, "still_front", &r),
	    OK);
	/* a lock that is over is none */
	clock_set(BENCH_NOW + REVIEW_LOCK_IDLE + 2);
	by.passkey_at = clock_now();
	assert_int_equal(review_ahead(F, &by, &r), ERR_WRONG_STATE);
	assert_int_equal(review_look_ahead(F, &by, r.id, "still_front", &r),
	    ERR_WRONG_STATE);
}

static void
the_last_case_has_nothing_after_it(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration r;
	struct review_case c;

	wait_many(b, 1);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_int_equal(review_ahead(F, &by, &r), ERR_NOT_FOUND);
}

static void
it_is_drawn_once_and_is_the_next(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration first, again;
	struct review_case c;
	const char *outcome;

	wait_many(b, 9);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_int_equal(review_ahead(F, &by, &first), OK);
	for (int i = 0; i < 20; i++) {
		assert_int_equal(review_ahead(F, &by, &again), OK);
		assert_string_equal(again.id, first.id);
	}
	/* not by putting the case back either */
	assert_int_equal(review_release(F, &by, c.r.id), OK);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_string_equal(c.r.id, first.id);
	assert_int_equal(review_ahead(F, &by, &first), OK);
	assert_string_not_equal(first.id, c.r.id);
	bench_opinion(b, &by, c.r.id);
	assert_int_equal(bench_answer(b, &by, c.r.id, OPERATOR_REFUSE,
			     "blurred", "", &outcome),
	    OK);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_string_equal(c.r.id, first.id);
}

static void
only_the_one_that_was_drawn_is_shown(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	struct registration ahead, r, *rows;
	struct review_case c;
	size_t count;

	wait_many(b, 5);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_int_equal(review_list(F, &other, &rows, &count), OK);
	assert_int_equal(review_look_ahead(F, &by, rows[0].id, "still_front",
			     &r),
	    ERR_LOCKED);
	assert_int_equal(review_ahead(F, &by, &ahead), OK);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(review_look_ahead(F, &by, rows[i].id,
				     "still_front", &r),
		    strcmp(rows[i].id, ahead.id) == 0 ? OK : ERR_LOCKED);
	assert_int_equal(review_look_ahead(F, &other, ahead.id, "still_front",
			     &r),
	    ERR_WRONG_STATE);
	/* pictures, not the case */
	assert_int_equal(review_look(F, &by, ahead.id, "case", &c),
	    ERR_LOCKED);
}

static void
another_operator_may_take_it(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	struct prover last = bench_prover(2);
	struct registration ahead, r;
	struct review_case c, taken, third;

	wait_many(b, 3);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_int_equal(review_ahead(F, &by, &ahead), OK);
	/* the third is there for them, and is drawn */
	assert_int_equal(review_next(F, &other, "", &third), OK);
	assert_string_not_equal(third.r.id, ahead.id);
	/* but it is nobody's: who finds nothing else gets it */
	assert_int_equal(review_next(F, &last, "", &taken), OK);
	assert_string_equal(taken.r.id, ahead.id);
	assert_int_equal(review_release(F, &other, third.r.id), OK);
	assert_int_equal(review_look_ahead(F, &by, ahead.id, "still_front",
			     &r),
	    ERR_LOCKED);
	assert_int_equal(review_ahead(F, &by, &r), OK);
	assert_string_not_equal(r.id, ahead.id);
	assert_int_equal(review_release(F, &by, c.r.id), OK);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_string_equal(c.r.id, r.id);
}

static void
who_is_the_last_one_takes_what_lies_ahead_of_others(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	struct registration ahead;
	struct review_case c;

	wait_many(b, 2);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_int_equal(review_ahead(F, &by, &ahead), OK);
	assert_int_equal(review_next(F, &other, "", &c), OK);
	assert_string_equal(c.r.id, ahead.id);
}

static void
what_was_drawn_and_looked_at_is_in_the_journal(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct registration ahead, r;
	struct audit_entry *entries;
	struct review_case c;
	size_t count;

	wait_many(b, 2);
	assert_int_equal(review_next(F, &by, "", &c), OK);
	assert_int_equal(review_ahead(F, &by, &ahead), OK);
	assert_int_equal(review_look_ahead(F, &by, ahead.id, "still_front",
			     &r),
	    OK);
	assert_int_equal(audit_of(b->f.store, &b->a, ahead.id, &entries,
			     &count),
	    OK);
	assert_string_equal(entries[count - 2].act, "review.drawn_ahead");
	assert_string_equal(entries[count - 1].act, "review.looked_ahead");
	assert_string_equal(entries[count - 1].actor, "mem_op");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(nothing_is_ahead_of_who_has_no_case),
	    BENCH(the_last_case_has_nothing_after_it),
	    BENCH(it_is_drawn_once_and_is_the_next),
	    BENCH(only_the_one_that_was_drawn_is_shown),
	    BENCH(another_operator_may_take_it),
	    BENCH(who_is_the_last_one_takes_what_lies_ahead_of_others),
	    BENCH(what_was_drawn_and_looked_at_is_in_the_journal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
