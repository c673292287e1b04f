/*
 * Limits and places for uploads.
 */
#include "web/limit.h"

#include "base/clock.h"
#include "web/upload.h"

#include <stdbool.h>
#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define NOW (100 * DAY)

static void
counts_by_key_until_the_limit(void **state)
{
	struct limits *l = limits_new();
	int64_t wait = 0;

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(limit_count(l, LIMIT_password, "a", NOW,
		    &wait), OK);
	assert_int_equal(limit_look(l, LIMIT_password, "a", NOW + MINUTE,
	    &wait), ERR_TOO_MANY);
	assert_int_equal(wait, 14 * 60 + 1);
	assert_int_equal(limit_count(l, LIMIT_password, "b", NOW, &wait), OK);
	assert_int_equal(limit_count(l, LIMIT_token, "a", NOW, &wait), OK);
	limits_free(l);
}

static bool
are_one(const char *one, const char *other)
{
	struct limits *l = limits_new();
	int64_t wait = 0;

	for (int i = 0; i < 5; i++)
		assert_int_equal(limit_count(l, LIMIT_password, one, NOW,
		    &wait), OK);
	bool same = limit_look(l, LIMIT_password, other, NOW, &wait) != OK;
	limits_free(l);
	return same;
}

static void
counts_the_addresses_of_one_line_together(void **state)
{
	(void)state;
	assert_true(are_one("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"));
	assert_false(are_one("2001:db8:1:2::1", "2001:db8:1:3::1"));
	assert_false(are_one("::ffff:192.0.2.1", "::ffff:192.0.2.2"));
	assert_false(are_one("192.0.2.1", "192.0.2.2"));
	assert_false(are_one("a:b", "a:c"));
}

static void
forgets_when_the_time_is_over(void **state)
{
	struct limits *l = limits_new();
	int64_t wait = 0;

	(void)state;
	for (int i = 0; i < 6; i++)
		IGNORE(limit_count(l, LIMIT_password, "a", NOW, &wait));
	assert_int_equal(limit_count(l, LIMIT_password, "a",
	    NOW + 15 * MINUTE, &wait), OK);
	limits_free(l);
}

static void
a_flood_of_keys_grows_nothing_and_looking_counts_nothing(void **state)
{
	struct limits *l = limits_new();
	char key[24];
	int64_t wait = 0;

	(void)state;
	for (int i = 0; i < 50000; i++) {
		snprintf(key, sizeof(key), "%d", i);
		assert_int_equal(limit_count(l, LIMIT_login, key, NOW, &wait),
		    OK);
	}
	for (int i = 0; i < 100; i++)
		assert_int_equal(limit_look(l, LIMIT_password, "x", NOW,
		    &wait), OK);
	limits_free(l);
}

static void
what_is_forgiven_was_not_counted(void **state)
{
	struct limits *l = limits_new();
	int64_t wait = 0;

	(void)state;
	for (int i = 0; i < 20; i++) {
		assert_int_equal(limit_count(l, LIMIT_password, "a", NOW,
		    &wait), OK);
		limit_forgive(l, LIMIT_password, "a");
	}
	limit_forgive(l, LIMIT_password, "a");
	for (int i = 0; i < 5; i++)
		assert_int_equal(limit_count(l, LIMIT_password, "a", NOW,
		    &wait), OK);
	assert_int_equal(limit_count(l, LIMIT_password, "a", NOW, &wait),
	    ERR_TOO_MANY);
	limits_free(l);
}

static void
one_registration_takes_few_places(void **state)
{
	(void)state;
	for (int i = 0; i < UPLOADS_PER_REGISTRATION; i++)
		assert_int_equal(upload_enter("reg_a"), OK);
	assert_int_equal(upload_enter("reg_a"), ERR_TOO_MANY);
	assert_int_equal(upload_enter("reg_b"), OK);
	upload_leave("reg_a");
	assert_int_equal(upload_enter("reg_a"), OK);
	for (int i = 0; i < UPLOADS_PER_REGISTRATION; i++)
		upload_leave("reg_a");
	upload_leave("reg_b");
}

static void
all_together_take_no_more_than_there_are(void **state)
{
	char id[24];
	int taken = 0;

	(void)state;
	for (int i = 0; i < UPLOADS_MAX; i++) {
		snprintf(id, sizeof(id), "reg_%d", i);
		taken += upload_enter(id) == OK;
	}
	assert_int_equal(taken, UPLOADS_MAX);
	assert_int_equal(upload_enter("reg_more"), ERR_UNAVAILABLE);
	for (int i = 0; i < UPLOADS_MAX; i++) {
		snprintf(id, sizeof(id), "reg_%d", i);
		upload_leave(id);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_by_key_until_the_limit),
		cmocka_unit_test(counts_the_addresses_of_one_line_together),
		cmocka_unit_test(forgets_when_the_time_is_over),
		cmocka_unit_test(
		    a_flood_of_keys_grows_nothing_and_looking_counts_nothing),
		cmocka_unit_test(what_is_forgiven_was_not_counted),
		cmocka_unit_test(one_registration_takes_few_places),
		cmocka_unit_test(all_together_take_no_more_than_there_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
