/*
 * Transactions that are steps of one: what is undone of it, and when it lasts.
 */
#include "base/clock.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

static char path[] = "/tmp/paraph-group-XXXXXX/db";
static struct store *s, *other;

static int
set_up(void **state)
{
	(void)state;
	memcpy(path, "/tmp/paraph-group-XXXXXX", 24);
	path[24] = '\0';
	assert_non_null(mkdtemp(path));
	path[24] = '/';
	assert_int_equal(store_open(path, true, &s), OK);
	assert_int_equal(store_open(path, false, &other), OK);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	store_close(s);
	store_close(other);
	(void)unlink(path);
	path[24] = '\0';
	(void)rmdir(path);
	return 0;
}

/* Jobs that another connection sees. */
static size_t
seen(void)
{
	AUTO(arena_clear) struct arena a;
	struct job *jobs;
	size_t count;

	arena_init(&a, (size_t)1 << 20);
	assert_int_equal(
	    job_take_same(other, &a, "issue", clock_now(), 0, 99, &jobs, &count),
	    OK);
	return count;
}

static void
add(const char *subject, bool keep)
{
	AUTO(store_rollback) struct store *t = s;

	assert_int_equal(store_begin(s), OK);
	assert_int_equal(job_add(s, "issue", subject, JOB_FIRST), OK);
	if (keep)
		assert_int_equal(store_commit(t), OK);
}

static void
a_step_that_is_undone_leaves_the_others(void **state)
{
	(void)state;
	store_group_begin(s);
	add("one", true);
	add("two", false);
	add("three", true);
	assert_int_equal(store_group_end(s), OK);
	assert_int_equal(seen(), 2);
}

static void
nothing_lasts_before_the_end(void **state)
{
	(void)state;
	size_t before = seen();

	store_group_begin(s);
	add("four", true);
	store_close(s); /* as kill -9 would */
	assert_int_equal(store_open(path, false, &s), OK);
	assert_int_equal(seen(), before);
	add("five", true);
	assert_int_equal(seen(), before + 1);
}

static void
a_group_without_a_step_is_nothing(void **state)
{
	(void)state;
	size_t before = seen();

	store_group_begin(s);
	store_rollback(s);
	assert_int_equal(job_add(s, "issue", "six", JOB_FIRST), OK);
	assert_int_equal(seen(), before + 1);
	assert_int_equal(store_group_end(s), OK);
}

/* Or what a handler does between its steps would stay open. */
static void
what_is_changed_between_steps_belongs_to_the_group(void **state)
{
	(void)state;
	size_t before = seen();

	store_group_begin(s);
	add("seven", true);
	assert_int_equal(job_add(s, "issue", "eight", JOB_FIRST), OK);
	store_rollback(s);
	assert_int_equal(store_group_end(s), OK);
	assert_int_equal(seen(), before + 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_step_that_is_undone_leaves_the_others),
	    cmocka_unit_test(nothing_lasts_before_the_end),
	    cmocka_unit_test(a_group_without_a_step_is_nothing),
	    cmocka_unit_test(what_is_changed_between_steps_belongs_to_the_group),
	};

	return cmocka_run_group_tests_name("groups", tests, set_up, tear_down);
}
