#include "base/enum.h"
#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_printed_agrees_with_mrz

static void
passes_print_and_zone_that_tell_the_same(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_card(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
takes_spaces_and_letters_that_print_alike_for_the_same(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_number, "24 AB-I2345", 0.95);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
fails_a_value_that_was_well_read_and_differs(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_birth_date, "1991-07-13", 0.95);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_number, "24AB12346", 0.95);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_expiry, "2031-02-11", 0.95);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
}

static void
never_takes_a_bad_reading_for_a_contradiction(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_number, "2448L2345", 0.4);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

/* An altered date is read with little confidence, if at all. */
static void
never_lets_two_that_agree_speak_for_a_third(void **state)
{
	static const enum finding_name names[] = {FINDING_printed_number,
	    FINDING_printed_birth_date, FINDING_printed_expiry};
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		fixture_passport(&f);
		fixture_text(&f.front, names[i], "1991-08-12", 0.63);
		fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
		fixture_remove(&f.front, names[i]);
		fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	}
}

static void
leaves_a_printed_name_that_differs_to_an_operator(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_surname, "LINDGREN", 0.95);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	fixture_text(&f.front, FINDING_printed_surname, "LINDGREN", 0.5);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_given_names, "Zoe Anna", 0.95);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	fixture_remove(&f.front, FINDING_printed_given_names);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
is_unsure_when_too_little_was_read(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_printed_number);
	fixture_remove(&f.front, FINDING_printed_birth_date);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_remove(&f.front, FINDING_printed_expiry);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_remove(&f.front, FINDING_mrz_line_1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
does_not_hold_a_french_card_to_an_expiry_it_does_not_carry(void **state)
{
	struct fixture f;

	(void)state;
	fixture_french(&f, "1503", "900713");
	fixture_text(&f.front, FINDING_printed_number, "150375100042", 0.95);
	fixture_text(&f.front, FINDING_printed_birth_date, "1990-07-13", 0.95);
	fixture_text(&f.back, FINDING_printed_expiry, "2030-03-16", 0.95);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_print_and_zone_that_tell_the_same),
	    cmocka_unit_test(
		takes_spaces_and_letters_that_print_alike_for_the_same),
	    cmocka_unit_test(fails_a_value_that_was_well_read_and_differs),
	    cmocka_unit_test(never_takes_a_bad_reading_for_a_contradiction),
	    cmocka_unit_test(never_lets_two_that_agree_speak_for_a_third),
	    cmocka_unit_test(
		leaves_a_printed_name_that_differs_to_an_operator),
	    cmocka_unit_test(is_unsure_when_too_little_was_read),
	    cmocka_unit_test(
		does_not_hold_a_french_card_to_an_expiry_it_does_not_carry),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
