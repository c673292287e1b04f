#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_mrz_structure

static void
passes_a_whole_zone(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_french(&f, "1503", "900713");
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
fails_without_a_zone_and_says_what_is_missing(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_mrz_line_1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "unreadable_zone");
	fixture_number(&f.front, FINDING_document_found, 0);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "no_document");
	fixture_card(&f);
	f.dossier.sides[1] = NULL;
	fixture_expect(&f, CHECK, VERDICT_FAIL, "back_missing");
}

static void
fails_lines_of_no_layout(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_mrz_line_2, "24AB12345", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "unreadable_zone");
}

static void
says_of_one_line_that_the_others_are_missing(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_mrz_line_2);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "unreadable_zone");
	struct result r = fixture_run(&f, CHECK);
	assert_non_null(strstr(r.explanation, "a line is missing"));
	assert_int_equal(r.side, 0);
}

static void
says_that_a_line_is_too_short(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_mrz_line_1,
	    "P<FRALINDQVIST<<ZOE<ASA<<<<<<<<<<<<<<<<<<<<", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "unreadable_zone");
	struct result r = fixture_run(&f, CHECK);
	assert_non_null(strstr(r.explanation, "longer or shorter"));
}

static void
fails_a_state_that_does_not_exist(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_zone(&f, "QQQ", "24AB12345", "900713", "300211",
	    "LINDQVIST<<ZOE<ASA");
	fixture_expect(&f, CHECK, VERDICT_FAIL, "unreadable_zone");
}

static void
fails_a_date_that_does_not_exist(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_zone(&f, "FRA", "24AB12345", "900231", "300211",
	    "LINDQVIST<<ZOE<ASA");
	fixture_expect(&f, CHECK, VERDICT_FAIL, "unreadable_zone");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_whole_zone),
	    cmocka_unit_test(fails_without_a_zone_and_says_what_is_missing),
	    cmocka_unit_test(fails_lines_of_no_layout),
	    cmocka_unit_test(says_of_one_line_that_the_others_are_missing),
	    cmocka_unit_test(says_that_a_line_is_too_short),
	    cmocka_unit_test(fails_a_state_that_does_not_exist),
	    cmocka_unit_test(fails_a_date_that_does_not_exist),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
