#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_not_printed_copy

static void
passes_a_page_without_dots(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
warns_of_a_grid_turned_as_a_printers(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_pattern_grid, 30);
	fixture_number(&f.front, FINDING_pattern_grid_turn, 15);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
	fixture_number(&f.front, FINDING_pattern_grid_turn, 1);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

/* Crossing lines of the ground. */
static void
warns_of_a_weak_grid_only_where_the_network_does_not_deny_it(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_pattern_grid, 10);
	fixture_number(&f.front, FINDING_pattern_grid_turn, 15);
	fixture_number(&f.front, FINDING_network_print, 0.02);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.front, FINDING_network_print, 0.3);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
warns_of_what_the_network_takes_for_a_print(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_number(&f.back, FINDING_network_print, 0.9);
	fixture_number(&f.back, FINDING_network_around, 0.1);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
warns_of_a_sheet_around_it(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_number(&f.front, FINDING_frame_sides, 1);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.front, FINDING_frame_sides, 3);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

/* Noise: it takes the table for a print as well. */
static void
passes_what_looks_no_more_printed_than_what_lies_around(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_number(&f.back, FINDING_network_print, 0.9);
	fixture_number(&f.back, FINDING_network_around, 0.7);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
is_unsure_where_nothing_lies_around(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_number(&f.back, FINDING_network_print, 0.9);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).side, 1);
	fixture_number(&f.back, FINDING_network_print, 0.5);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
is_unsure_of_what_was_not_measured(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_remove(&f.back, FINDING_pattern_grid);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	f.dossier.sides[0] = f.dossier.sides[1] = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_page_without_dots),
	    cmocka_unit_test(warns_of_a_grid_turned_as_a_printers),
	    cmocka_unit_test(
		warns_of_a_weak_grid_only_where_the_network_does_not_deny_it),
	    cmocka_unit_test(warns_of_what_the_network_takes_for_a_print),
	    cmocka_unit_test(
		passes_what_looks_no_more_printed_than_what_lies_around),
	    cmocka_unit_test(warns_of_a_sheet_around_it),
	    cmocka_unit_test(is_unsure_where_nothing_lies_around),
	    cmocka_unit_test(is_unsure_of_what_was_not_measured),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
