#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_kind_accepted

static void
passes_what_was_chosen_and_is_listed(void **state)
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
says_which_kind_it_is_when_another_was_chosen(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	f.dossier.country = "BEL";
	fixture_expect(&f, CHECK, VERDICT_FAIL, "other_country");
	f.dossier.country = "FRA";
	f.dossier.kind = "identity_card";
	fixture_expect(&f, CHECK, VERDICT_FAIL, "seen_passport");
	fixture_card(&f);
	f.dossier.kind = "passport";
	fixture_expect(&f, CHECK, VERDICT_FAIL, "seen_identity_card");
}

static void
fails_a_country_that_is_not_listed(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_zone(&f, "BRA", "24AB12345", "900713", "300211",
	    "LINDQVIST<<ZOE<ASA");
	f.dossier.country = "BRA";
	fixture_expect(&f, CHECK, VERDICT_FAIL, "kind_not_accepted");
}

static void
knows_germany_by_its_one_letter(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_zone(&f, "D<<", "24AB12345", "900713", "300211",
	    "LINDQVIST<<ZOE<ASA");
	f.dossier.country = "DEU";
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
fails_visas_and_driving_licences(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_mrz_line_2);
	fixture_text(&f.front, FINDING_mrz_line_1,
	    "D1FRA13AA000026181231MARTIN<<9", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "kind_not_accepted");
	fixture_text(&f.front, FINDING_mrz_line_1,
	    "V<FRAERIKSSON<<ANNA<MARIA<<<<<<<<<<<", 1);
	fixture_text(&f.front, FINDING_mrz_line_2,
	    "L8988901C4XXX7408122F9612109<<<<<<<<", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "kind_not_accepted");
}

static void
takes_a_lower_passport_at_the_lowest_level_only(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_zone(&f, "CHE", "24AB12345", "900713", "300211",
	    "LINDQVIST<<ZOE<ASA");
	f.dossier.country = "CHE";
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	f.dossier.level = 'q';
	fixture_expect(&f, CHECK, VERDICT_FAIL, "kind_not_accepted");
}

static void
leaves_models_that_look_alike_to_an_operator(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	f.dossier.country = "DEU";
	fixture_text(&f.back, FINDING_mrz_line_1,
	    "IDD<<T220001293<<<<<<<<<<<<<<<", 1);
	fixture_text(&f.back, FINDING_mrz_line_2,
	    "6408125<2010315D<<<<<<<<<<<<<4", 1);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	f.dossier.level = 's';
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
leaves_a_foreigners_card_to_an_operator(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_text(&f.back, FINDING_mrz_line_2,
	    "9007138F3002119MAR<<<<<<<<<<<6", 1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	f.dossier.kind = "residence_permit";
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
takes_specimens_in_test_workspaces_only(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_zone(&f, "UTO", "24AB12345", "900713", "300211",
	    "LINDQVIST<<ZOE<ASA");
	f.dossier.country = "UTO";
	fixture_expect(&f, CHECK, VERDICT_FAIL, "kind_not_accepted");
	f.dossier.test = true;
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
is_unsure_without_a_zone_or_a_choice(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	f.dossier.kind = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_mrz_line_1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_what_was_chosen_and_is_listed),
	    cmocka_unit_test(says_which_kind_it_is_when_another_was_chosen),
	    cmocka_unit_test(fails_a_country_that_is_not_listed),
	    cmocka_unit_test(knows_germany_by_its_one_letter),
	    cmocka_unit_test(fails_visas_and_driving_licences),
	    cmocka_unit_test(takes_a_lower_passport_at_the_lowest_level_only),
	    cmocka_unit_test(leaves_models_that_look_alike_to_an_operator),
	    cmocka_unit_test(leaves_a_foreigners_card_to_an_operator),
	    cmocka_unit_test(takes_specimens_in_test_workspaces_only),
	    cmocka_unit_test(is_unsure_without_a_zone_or_a_choice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
