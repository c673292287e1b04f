#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_portrait_edge

static void
passes_a_portrait_that_lies_straight(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_portrait_turned, 1.1);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
warns_of_a_border_that_is_turned(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_portrait_turned, 1.3);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
warns_of_a_portrait_that_was_not_in_the_file_before(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_history_portrait, 50);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.front, FINDING_history_portrait, 300);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
is_unsure_without_a_portrait(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_portrait_turned);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_portrait_that_lies_straight),
	    cmocka_unit_test(warns_of_a_border_that_is_turned),
	    cmocka_unit_test(
		warns_of_a_portrait_that_was_not_in_the_file_before),
	    cmocka_unit_test(is_unsure_without_a_portrait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
