#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_not_screen

static void
passes_a_picture_without_a_pattern(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
doubts_a_pattern_and_never_fails_it(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_number(&f.back, FINDING_quality_moire, 71);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	fixture_number(&f.back, FINDING_quality_moire, 1688);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
is_unsure_of_what_was_not_measured(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_quality_moire);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_picture_without_a_pattern),
	    cmocka_unit_test(doubts_a_pattern_and_never_fails_it),
	    cmocka_unit_test(is_unsure_of_what_was_not_measured),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
