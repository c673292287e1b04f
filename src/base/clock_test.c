#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
formats_and_parses_back(void **state)
{
	static const struct {
		const char *text;
		int64_t ms;
	} known[] = {
	    {"1970-01-01T00:00:00.000Z", 0},
	    {"2000-02-29T23:59:59.999Z", 951868799999},
	    {"2038-01-19T03:14:08.000Z", 2147483648000},
	    {"2026-11-23T09:30:00.001Z", 1795426200001},
	};
	char text[CLOCK_TEXT_SIZE];
	int64_t ms;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		clock_format(known[i].ms, text);
		assert_string_equal(text, known[i].text);
		assert_int_equal(clock_parse(text, &ms), OK);
		assert_true(ms == known[i].ms);
	}
}

static void
every_day_of_four_centuries_survives(void **state)
{
	int y, m, d;
	int64_t back;

	(void)state;
	for (int64_t day = -60000; day < 86000; day++) {
		clock_date(day * DAY, &y, &m, &d);
		assert_int_equal(clock_from_date(y, m, d, &back), OK);
		assert_true(back == day * DAY);
	}
}

static void
refuses_what_is_no_time(void **state)
{
	static const char *const bad[] = {"", "2026", "2026-13-01",
	    "2026-02-30", "2026-02-28T24:00:00Z", "2026-02-28 10:00:00Z",
	    "2026-02-28T10:00:00", "2026-02-28T10:00:00.00Z",
	    "2026-02-28T10:00:00.000Zx", "2026-2-28", "-026-02-28"};
	int64_t ms;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(clock_parse(bad[i], &ms), ERR_INVALID);
}

static void
a_frozen_clock_stands_still(void **state)
{
	(void)state;
	clock_set(12345);
	assert_true(clock_now() == 12345);
	clock_set(0);
	assert_true(clock_now() > 1700000000000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(formats_and_parses_back),
	    cmocka_unit_test(every_day_of_four_centuries_survives),
	    cmocka_unit_test(refuses_what_is_no_time),
	    cmocka_unit_test(a_frozen_clock_stands_still),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
