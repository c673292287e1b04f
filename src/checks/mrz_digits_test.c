#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_mrz_digits

static void
passes_digits_that_agree(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_card(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
fails_a_digit_that_disagrees(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_text(&f.back, FINDING_mrz_line_2, "9007148F3002119FRA<<<<<<<<<<<6",
	    1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "unreadable_zone");
	struct result r = fixture_run(&f, CHECK);
	assert_non_null(strstr(r.explanation, "birth date, composite"));
}

static void
doubts_whatever_was_mended(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_mrz_repaired, 1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "unreadable_zone");
}

static void
doubts_letters_that_were_hard_to_read(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_mrz_confidence, 0.95);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_remove(&f.front, FINDING_mrz_confidence);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_mrz_least, 0.3);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

/* Letters of the same weight: no digit can tell 0 from A. */
static void
doubts_a_zone_that_could_as_well_be_another(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_mrz_rival, 0.4);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "unreadable_zone");
	struct result r = fixture_run(&f, CHECK);
	assert_true(r.value < r.threshold);
}

static void
is_unsure_without_a_zone(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_mrz_line_1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

/* A Belgian card whose number has this digit behind it. */
static void
belgian(struct fixture *f, const char *one, const char *two)
{
	fixture_card(f);
	fixture_text(&f->back, FINDING_mrz_line_1, one, 1);
	fixture_text(&f->back, FINDING_mrz_line_2, two, 1);
}

static void
tells_by_which_rule_a_belgian_number_agrees(void **state)
{
	struct fixture f;

	(void)state;
	belgian(&f, "IDBEL600001795<0152<<<<<<<<<<<",
	    "1301014F2311207BEL130101987398");
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	assert_null(strstr(fixture_run(&f, CHECK).explanation, "filler"));
	belgian(&f, "IDBEL000590240<6013<<<<<<<<<<<",
	    "8512017F1311048BEL851201002007");
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	assert_non_null(strstr(fixture_run(&f, CHECK).explanation, "filler"));
}

static void
leaves_a_belgian_number_of_neither_rule_to_an_operator(void **state)
{
	struct fixture f;

	(void)state;
	belgian(&f, "IDBEL000590448<2047<<<<<<<<<<<",
	    "8512017F1311048BEL851201002000");
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "unreadable_zone");
	assert_non_null(strstr(fixture_run(&f, CHECK).explanation, "Belgian"));
	/* perhaps misread */
	fixture_number(&f.back, FINDING_mrz_least, 0.3);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "unreadable_zone");
	/* more than that digit, or another state: as everywhere */
	belgian(&f, "IDBEL000590448<2047<<<<<<<<<<<",
	    "8512017F1311048BEL851201002002");
	fixture_expect(&f, CHECK, VERDICT_FAIL, "unreadable_zone");
	belgian(&f, "I<PRT000590240<6013<<<<<<<<<<<",
	    "8512017F1311048PRT<<<<<<<<<<<8");
	fixture_expect(&f, CHECK, VERDICT_FAIL, "unreadable_zone");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_digits_that_agree),
	    cmocka_unit_test(fails_a_digit_that_disagrees),
	    cmocka_unit_test(doubts_whatever_was_mended),
	    cmocka_unit_test(doubts_letters_that_were_hard_to_read),
	    cmocka_unit_test(doubts_a_zone_that_could_as_well_be_another),
	    cmocka_unit_test(is_unsure_without_a_zone),
	    cmocka_unit_test(tells_by_which_rule_a_belgian_number_agrees),
	    cmocka_unit_test(
		leaves_a_belgian_number_of_neither_rule_to_an_operator),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
