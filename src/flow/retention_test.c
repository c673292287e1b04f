/*
 * Deletion: on the day and not before, by class, and written down.
 */
#include "flow/fixture.h"

#include "flow/retention.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include <unistd.h>

#define F &b->f, &b->a

static struct evidence
refused_picture(struct bench *b)
{
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();
	struct evidence e = bench_picture(b, r.id, &good);

	assert_int_equal(registration_cancel(F, &bench_member, r.id, &r), OK);
	return e;
}

static bool
file_is_there(struct bench *b, const struct evidence *e)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/vault/%s", b->dir, e->id);
	return access(path, F_OK) == 0;
}

static void
what_led_to_nothing_goes_after_thirty_days(void **state)
{
	struct bench *b = *state;
	struct evidence e = refused_picture(b), after;
	struct findings found;
	size_t count;

	clock_set(BENCH_NOW + 30 * DAY - 1);
	assert_int_equal(retention_run(F, &count), OK);
	assert_int_equal(count, 0);
	assert_true(file_is_there(b, &e));
	clock_set(BENCH_NOW + 30 * DAY + 1);
	assert_int_equal(retention_run(F, &count), OK);
	assert_true(count >= 1);
	assert_false(file_is_there(b, &e));
	assert_int_equal(evidence_load(b->f.store, &b->a, e.id, &after), OK);
	assert_string_equal(after.state, "deleted");
	assert_int_equal(after.sealed_key.size, 0);
	assert_string_equal(after.sha256, e.sha256);
	assert_int_equal(findings_load(b->f.store, e.id, &found), OK);
	assert_int_equal(found.count, 0);
	assert_int_equal(retention_run(F, &count), OK);
	assert_int_equal(count, 0);
}

static void
what_is_still_open_stays(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();
	struct evidence e = bench_picture(b, r.id, &good);
	size_t count;

	clock_set(BENCH_NOW + 300 * DAY);
	assert_int_equal(retention_run(F, &count), OK);
	assert_int_equal(count, 0);
	assert_true(file_is_there(b, &e));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(what_led_to_nothing_goes_after_thirty_days),
	    BENCH(what_is_still_open_stays),
	};

	return cmocka_run_group_tests_name("retention", tests, NULL, NULL);
}
