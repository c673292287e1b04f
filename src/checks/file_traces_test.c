#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_file_traces

static void
passes_what_a_browser_writes(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_number(&f.front, FINDING_trace_thumbnail, 0.97);
	fixture_text(&f.back, FINDING_trace_converter, "ImageMagick", 1);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
warns_of_an_editing_program_and_names_it(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_trace_editor, "GIMP", 1);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
	assert_non_null(strstr(fixture_run(&f, CHECK).explanation, "GIMP"));
}

static void
warns_of_a_small_picture_of_something_else(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_number(&f.back, FINDING_trace_thumbnail, 0.4);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).side, 1);
}

static void
tells_of_a_picture_saved_again_and_lets_it_pass(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_trace_resaved, 0.45);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	assert_non_null(strstr(fixture_run(&f, CHECK).explanation,
	    "more than once"));
	fixture_remove(&f.front, FINDING_trace_resaved);
	assert_null(strstr(fixture_run(&f, CHECK).explanation,
	    "more than once"));
}

static void
warns_of_a_picture_saved_again_by_an_editing_program(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_trace_resaved, 0.45);
	fixture_text(&f.front, FINDING_trace_editor, "GIMP", 1);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
warns_of_a_part_that_was_not_in_the_file_before(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_history_part, 40);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.front, FINDING_history_part, 120);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
is_unsure_of_a_file_nobody_looked_at(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_remove(&f.back, FINDING_trace_tables);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_what_a_browser_writes),
	    cmocka_unit_test(warns_of_an_editing_program_and_names_it),
	    cmocka_unit_test(warns_of_a_small_picture_of_something_else),
	    cmocka_unit_test(
	        tells_of_a_picture_saved_again_and_lets_it_pass),
	    cmocka_unit_test(
	        warns_of_a_picture_saved_again_by_an_editing_program),
	    cmocka_unit_test(warns_of_a_part_that_was_not_in_the_file_before),
	    cmocka_unit_test(is_unsure_of_a_file_nobody_looked_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
