#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_not_expired

static void
ends(struct fixture *f, const char *expiry)
{
	fixture_zone(f, "FRA", "24AB12345", "900713", expiry,
	    "LINDQVIST<<ZOE<ASA");
}

static void
the_last_day_still_counts(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	ends(&f, "260615");
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	ends(&f, "260614");
	fixture_expect(&f, CHECK, VERDICT_FAIL, "expired");
}

static void
doubts_an_expiry_that_is_missing_or_far(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	ends(&f, "960108");
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	ends(&f, "<<<<<<");
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
doubts_an_expiry_whose_digit_disagrees(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_text(&f.back, FINDING_mrz_line_2,
	    "9007138F2002119FRA<<<<<<<<<<<6", 1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
passes_a_french_card_of_fifteen_printed_years(void **state)
{
	struct fixture f;

	(void)state;
	fixture_french(&f, "1503", "900713");
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
leaves_prolonged_french_cards_to_an_operator(void **state)
{
	struct fixture f;

	(void)state;
	fixture_french(&f, "1203", "800713");
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
fails_french_cards_that_no_law_prolongs(void **state)
{
	struct fixture f;

	(void)state;
	fixture_french(&f, "1103", "800713");
	fixture_expect(&f, CHECK, VERDICT_FAIL, "expired");
	fixture_french(&f, "1503", "050713"); /* a child at issue */
	fixture_expect(&f, CHECK, VERDICT_FAIL, "expired");
	fixture_french(&f, "8806", "651206");
	fixture_expect(&f, CHECK, VERDICT_FAIL, "expired");
}

static void
doubts_a_french_card_issued_in_the_month_of_coming_of_age(void **state)
{
	struct fixture f;

	(void)state;
	fixture_french(&f, "1503", "970315");
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
in_its_last_month_a_french_card_needs_its_printed_day(void **state)
{
	struct fixture f;

	(void)state;
	fixture_french(&f, "1106", "800713");
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_french(&f, "1606", "050713"); /* a child: ten years */
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_text(&f.front, FINDING_printed_expiry, "2026-06-15", 0.95);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_text(&f.front, FINDING_printed_expiry, "2026-06-14", 0.95);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_last_day_still_counts),
	    cmocka_unit_test(doubts_an_expiry_that_is_missing_or_far),
	    cmocka_unit_test(doubts_an_expiry_whose_digit_disagrees),
	    cmocka_unit_test(passes_a_french_card_of_fifteen_printed_years),
	    cmocka_unit_test(leaves_prolonged_french_cards_to_an_operator),
	    cmocka_unit_test(fails_french_cards_that_no_law_prolongs),
	    cmocka_unit_test(
		doubts_a_french_card_issued_in_the_month_of_coming_of_age),
	    cmocka_unit_test(
		in_its_last_month_a_french_card_needs_its_printed_day),
	    cmocka_unit_test(is_unsure_without_a_zone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
