#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_adult

static void
born(struct fixture *f, const char *birth)
{
	fixture_zone(f, "FRA", "24AB12345", birth, "300211",
	    "LINDQVIST<<ZOE<ASA");
}

static void
passes_who_is_eighteen_today(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	born(&f, "080615");
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
fails_who_is_eighteen_tomorrow(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	born(&f, "080616");
	fixture_expect(&f, CHECK, VERDICT_FAIL, "too_young");
	struct result r = fixture_run(&f, CHECK);
	assert_true(r.value > 16.9 && r.value < 17.1);
}

static void
follows_the_age_that_is_set(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	born(&f, "080616");
	f.dossier.minimum_age = 16;
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
doubts_a_child_whose_print_says_a_hundred(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	born(&f, "210101");
	fixture_expect(&f, CHECK, VERDICT_FAIL, NULL);
	fixture_text(&f.front, FINDING_printed_birth_date, "1921-01-01", 0.9);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
doubts_a_birth_date_that_is_missing_or_whose_digit_disagrees(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	born(&f, "<<<<<<");
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_card(&f);
	fixture_text(&f.back, FINDING_mrz_line_2,
	    "1007138F3002119FRA<<<<<<<<<<<6", 1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_who_is_eighteen_today),
	    cmocka_unit_test(fails_who_is_eighteen_tomorrow),
	    cmocka_unit_test(follows_the_age_that_is_set),
	    cmocka_unit_test(doubts_a_child_whose_print_says_a_hundred),
	    cmocka_unit_test(
		doubts_a_birth_date_that_is_missing_or_whose_digit_disagrees),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
