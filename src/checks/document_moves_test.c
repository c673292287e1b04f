#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_document_moves

static void
passes_a_part_that_changes(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
flags_one_that_stays_as_it_is(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.shown, FINDING_tilt_change, 1.6);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
is_unsure_where_little_changes(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.shown, FINDING_tilt_change, 5);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
is_unsure_where_it_was_hardly_tilted(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.shown, FINDING_tilt_turned, 1.02);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
is_unsure_where_it_was_not_measured(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.shown, FINDING_tilt_change);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
is_unsure_without_a_recording(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	f.dossier.shown = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_part_that_changes),
	    cmocka_unit_test(is_unsure_where_little_changes),
	    cmocka_unit_test(flags_one_that_stays_as_it_is),
	    cmocka_unit_test(is_unsure_where_it_was_hardly_tilted),
	    cmocka_unit_test(is_unsure_where_it_was_not_measured),
	    cmocka_unit_test(is_unsure_without_a_recording),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
