#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_sides_agree

static void
passes_a_passport_and_a_card_of_one_person(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_card(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_french(&f, "1503", "900713");
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
fails_a_card_with_a_side_missing(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	f.dossier.sides[1] = NULL;
	fixture_expect(&f, CHECK, VERDICT_FAIL, "back_missing");
	fixture_card(&f);
	f.dossier.sides[0] = NULL;
	fixture_expect(&f, CHECK, VERDICT_FAIL, "front_missing");
}

static void
fails_the_front_of_one_card_with_the_back_of_another(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_text(&f.front, FINDING_printed_number, "Y5RTBPFW4", 0.95);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "different_documents");
	fixture_card(&f);
	fixture_text(&f.front, FINDING_printed_birth_date, "1985-01-01", 0.95);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "different_documents");
}

static void
fails_one_side_given_twice(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	f.dossier.sides[0] = &f.back;
	fixture_expect(&f, CHECK, VERDICT_FAIL, "front_missing");
	fixture_french(&f, "1503", "900713");
	f.dossier.sides[1] = &f.front;
	fixture_expect(&f, CHECK, VERDICT_FAIL, "back_missing");
}

/* Whoever gives them the other way round is looked at no less. */
static void
compares_sides_that_were_exchanged(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	f.dossier.sides[0] = &f.back;
	f.dossier.sides[1] = &f.front;
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_text(&f.front, FINDING_printed_number, "Y5RTBPFW4", 0.95);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "different_documents");
	f.front = (struct findings){0};
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "different_documents");
}

/* Both in the first picture, whatever the second one is. */
static void
compares_both_sides_of_one_picture(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_text(&f.back, FINDING_printed_number, "X4RTBPFW4", 0.95);
	f.dossier.sides[0] = &f.back;
	f.front = (struct findings){0};
	f.dossier.sides[1] = &f.front;
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_text(&f.back, FINDING_printed_number, "Y5RTBPFW4", 0.95);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "different_documents");
}

static void
fails_two_zones_of_two_documents(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_text(&f.front, FINDING_mrz_line_1,
	    "IDCHEA1234567<6<<<<<<<<<<<<<<<", 1);
	fixture_text(&f.front, FINDING_mrz_line_2,
	    "7510256M2009018CHE<<<<<<<<<<<8", 1);
	fixture_text(&f.front, FINDING_mrz_line_3,
	    "MUSTER<<MAX<<<<<<<<<<<<<<<<<<<", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "different_documents");
}

static void
a_printed_name_can_confirm_where_numbers_were_not_read(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_remove(&f.front, FINDING_printed_number);
	fixture_remove(&f.front, FINDING_printed_birth_date);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_remove(&f.front, FINDING_printed_surname);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
is_unsure_without_a_zone(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_remove(&f.back, FINDING_mrz_line_1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "unreadable_zone");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_passport_and_a_card_of_one_person),
	    cmocka_unit_test(fails_a_card_with_a_side_missing),
	    cmocka_unit_test(
		fails_the_front_of_one_card_with_the_back_of_another),
	    cmocka_unit_test(fails_one_side_given_twice),
	    cmocka_unit_test(compares_sides_that_were_exchanged),
	    cmocka_unit_test(compares_both_sides_of_one_picture),
	    cmocka_unit_test(fails_two_zones_of_two_documents),
	    cmocka_unit_test(
		a_printed_name_can_confirm_where_numbers_were_not_read),
	    cmocka_unit_test(is_unsure_without_a_zone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
