#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_copied_glyphs

static void
passes_letters_that_differ_as_letters_do(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_copied_closeness, 1.5);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
warns_of_two_alike_to_the_grain(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_copied_closeness, 9);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
is_unsure_when_too_few_were_compared(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_copied_closeness);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_letters_that_differ_as_letters_do),
	    cmocka_unit_test(warns_of_two_alike_to_the_grain),
	    cmocka_unit_test(is_unsure_when_too_few_were_compared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
