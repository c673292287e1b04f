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

/* One finding of the back spoilt; strong signs change nothing. */
static void
expect_doubt(enum finding_name name, double little, double much)
{
	struct fixture f;

	fixture_card(&f);
	fixture_number(&f.back, name, little);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	fixture_number(&f.back, name, much);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).side, 1);
}

static void
doubts_each_sign_alone_and_never_fails_it(void **state)
{
	(void)state;
	expect_doubt(FINDING_pattern_fringe, 5.6, 40);
	expect_doubt(FINDING_pattern_beyond, 6.8, 40);
	expect_doubt(FINDING_network_screen, 0.61, 1);
	expect_doubt(FINDING_frame_sides, 2, 4);
}

static void
tells_value_and_threshold_of_the_sign(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_pattern_beyond, 19);
	struct result r = fixture_run(&f, CHECK);
	assert_true(r.value > 18.9 && r.value < 19.1);
	assert_true(r.threshold > 6.6 && r.threshold < 6.8);
}

static void
doubts_a_grid_only_along_the_sides(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_pattern_grid, 30);
	fixture_number(&f.front, FINDING_pattern_grid_turn, 15);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.front, FINDING_pattern_grid_turn, 2);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
doubts_what_lies_all_over_along_the_sides_or_far_above(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_pattern_everywhere, 30);
	fixture_number(&f.front, FINDING_pattern_everywhere_turn, 27);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.front, FINDING_pattern_everywhere_turn, 0.5);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	fixture_number(&f.front, FINDING_pattern_everywhere, 60);
	fixture_number(&f.front, FINDING_pattern_everywhere_turn, 27);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

/* The border of a table, say. */
static void
passes_one_straight_thing_beside_it(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_frame_sides, 1);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

/* A document that fills the picture has nothing beyond it. */
static void
passes_where_nothing_lies_beyond(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_pattern_beyond);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
is_unsure_of_what_was_not_measured(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_pattern_fringe);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_picture_without_a_pattern),
	    cmocka_unit_test(doubts_each_sign_alone_and_never_fails_it),
	    cmocka_unit_test(tells_value_and_threshold_of_the_sign),
	    cmocka_unit_test(doubts_a_grid_only_along_the_sides),
	    cmocka_unit_test(
		doubts_what_lies_all_over_along_the_sides_or_far_above),
	    cmocka_unit_test(passes_one_straight_thing_beside_it),
	    cmocka_unit_test(passes_where_nothing_lies_beyond),
	    cmocka_unit_test(is_unsure_of_what_was_not_measured),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
