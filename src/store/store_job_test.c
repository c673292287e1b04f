/*
 * Jobs: taken once, leased, held, asked for again, woken in their order.
 */
#include "store/fixture.h"

#include "base/clock.h"

#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void
a_job_is_taken_once_and_again_after_its_lease(void **state)
{
	struct bench *b = *state;
	struct job j, again;
	int64_t next;

	assert_int_equal(job_next(b->s, "", &next), OK);
	assert_int_equal(next, 0);
	assert_int_equal(job_add(b->s, "check", "reg_1", 100), OK);
	assert_int_equal(job_take(b->s, &b->a, 99, 10, &j), ERR_NOT_FOUND);
	assert_int_equal(job_take(b->s, &b->a, 100, 10, &j), OK);
	assert_string_equal(j.name, "check");
	assert_int_equal(j.tries, 1);
	assert_int_equal(job_take(b->s, &b->a, 109, 10, &again),
	    ERR_NOT_FOUND);
	assert_int_equal(job_next(b->s, "", &next), OK);
	assert_int_equal(next, 110);
	assert_int_equal(job_take(b->s, &b->a, 110, 10, &again), OK);
	assert_string_equal(again.id, j.id);
	assert_int_equal(again.tries, 2);
	assert_int_equal(job_done(b->s, j.id), OK);
	assert_int_equal(job_take(b->s, &b->a, 1000, 10, &j), ERR_NOT_FOUND);
}

static void
a_job_that_is_held_is_not_taken_when_its_lease_would_end(void **state)
{
	struct bench *b = *state;
	struct job j, again;

	assert_int_equal(job_add(b->s, "inspect", "evd_1", 100), OK);
	assert_int_equal(job_take(b->s, &b->a, 100, 10, &j), OK);
	assert_int_equal(job_hold(b->s, j.id, 200), OK);
	assert_int_equal(job_take(b->s, &b->a, 199, 10, &again),
	    ERR_NOT_FOUND);
	assert_int_equal(job_take(b->s, &b->a, 200, 10, &again), OK);
}

static void
jobs_of_kinds_that_cannot_be_done_now_do_not_hide_the_others(void **state)
{
	struct bench *b = *state;
	int64_t next;
	struct job j;

	assert_int_equal(job_add(b->s, "issue", "reg_1", 100), OK);
	assert_int_equal(job_add(b->s, "revoke", "crt_1", 101), OK);
	assert_int_equal(job_add(b->s, "message", "msg_1", 102), OK);
	assert_int_equal(
	    job_take_but(b->s, &b->a, ",issue,revoke,", 200, 10, &j), OK);
	assert_string_equal(j.name, "message");
	assert_int_equal(job_next(b->s, ",issue,revoke,message,", &next), OK);
	assert_int_equal(next, 0);
	/* a name within another is another */
	assert_int_equal(
	    job_take_but(b->s, &b->a, ",reissue,", 200, 10, &j), OK);
	assert_string_equal(j.name, "issue");
}

static void
a_job_that_had_to_wait_has_not_been_tried(void **state)
{
	struct bench *b = *state;
	struct job j;

	assert_int_equal(job_add(b->s, "inspect", "evd_1", 100), OK);
	for (int i = 1; i <= 20; i++) {
		assert_int_equal(job_take(b->s, &b->a, 100 * i, 10, &j), OK);
		assert_int_equal(j.tries, 1);
		assert_int_equal(job_wait(b->s, j.id, 100 * i + 100), OK);
	}
}

/* Whoever waits longest is next, in whatever order they asked again. */
static void
those_that_wait_are_woken_in_their_order(void **state)
{
	struct bench *b = *state;
	int64_t now = clock_now(), later = now + 60000;
	struct job j, first;

	assert_int_equal(job_add(b->s, "inspect", "evd_1", now), OK);
	assert_int_equal(job_take(b->s, &b->a, now, 10, &first), OK);
	usleep(3000); /* made at another millisecond */
	assert_int_equal(job_add(b->s, "inspect", "evd_2", now), OK);
	assert_int_equal(job_take(b->s, &b->a, now, 10, &j), OK);
	assert_string_equal(j.subject, "evd_2");
	assert_int_equal(job_wait(b->s, j.id, later), OK);
	assert_int_equal(job_wait(b->s, first.id, later + 400), OK);
	assert_int_equal(job_wake(b->s, later + 500), OK);
	assert_int_equal(job_take(b->s, &b->a, now + 100, 10, &j), OK);
	assert_string_equal(j.subject, "evd_1");
	assert_int_equal(job_take(b->s, &b->a, now + 100, 10, &j), OK);
	assert_string_equal(j.subject, "evd_2");
}

static void
a_job_that_is_asked_for_while_it_runs_runs_again(void **state)
{
	struct bench *b = *state;
	struct job j, again;

	assert_int_equal(job_add(b->s, "check", "reg_1", 100), OK);
	assert_int_equal(job_take(b->s, &b->a, 100, 1000, &j), OK);
	assert_int_equal(job_add(b->s, "check", "reg_1", 150), OK);
	assert_int_equal(job_done(b->s, j.id), OK);
	assert_int_equal(job_take(b->s, &b->a, 150, 1000, &again), OK);
	assert_string_not_equal(again.id, j.id);
}

static void
asking_again_pulls_a_job_earlier_never_later(void **state)
{
	struct bench *b = *state;
	int64_t next;

	assert_int_equal(job_add(b->s, "crl", "ca", 100), OK);
	assert_int_equal(job_add(b->s, "crl", "ca", 200), OK);
	assert_int_equal(job_next(b->s, "", &next), OK);
	assert_int_equal(next, 100);
	assert_int_equal(job_add(b->s, "crl", "ca", 50), OK);
	assert_int_equal(job_next(b->s, "", &next), OK);
	assert_int_equal(next, 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_job_is_taken_once_and_again_after_its_lease),
	    CASE(a_job_that_is_held_is_not_taken_when_its_lease_would_end),
	    CASE(a_job_that_had_to_wait_has_not_been_tried),
	    CASE(jobs_of_kinds_that_cannot_be_done_now_do_not_hide_the_others),
	    CASE(those_that_wait_are_woken_in_their_order),
	    CASE(a_job_that_is_asked_for_while_it_runs_runs_again),
	    CASE(asking_again_pulls_a_job_earlier_never_later),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
