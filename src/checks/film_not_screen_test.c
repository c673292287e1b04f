#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_film_not_screen

/* Of displays none was found by it. */
static void
is_unsure_of_a_face_without_a_pattern(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	assert_true(fixture_run(&f, CHECK).value < 8);
}

static void
flags_a_pattern(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_film_grid, 12);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
is_unsure_of_what_was_not_measured(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.face, FINDING_film_grid);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
is_unsure_without_a_recording(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	f.dossier.face = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(is_unsure_of_a_face_without_a_pattern),
	    cmocka_unit_test(flags_a_pattern),
	    cmocka_unit_test(is_unsure_of_what_was_not_measured),
	    cmocka_unit_test(is_unsure_without_a_recording),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
