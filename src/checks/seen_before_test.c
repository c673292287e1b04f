#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_seen_before

static void
passes_what_was_never_shown(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
warns_of_any_sameness_and_refuses_none(void **state)
{
	const struct seen cases[] = {{.looked = true, .document = 1},
	    {.looked = true, .person = 3}, {.looked = true, .picture = 2}};
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		fixture_passport(&f);
		f.dossier.seen = cases[i];
		fixture_expect(&f, CHECK, VERDICT_WARN, "");
		struct result r = fixture_run(&f, CHECK);
		assert_true(r.value >= 1 && r.threshold < 1);
	}
}

static void
says_nothing_where_nobody_looked(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	f.dossier.seen.looked = false;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_what_was_never_shown),
	    cmocka_unit_test(warns_of_any_sameness_and_refuses_none),
	    cmocka_unit_test(says_nothing_where_nobody_looked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
