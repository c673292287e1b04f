#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_name_agrees

static void
passes_what_equals_the_print_and_folds_to_the_zone(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	f.dossier.declared_name = "lindqvist zoe asa";
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	assert_non_null(strstr(fixture_run(&f, CHECK).explanation, "print"));
}

static void
passes_what_folds_to_the_zone_when_nothing_was_printed_readably(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_printed_surname);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_text(&f.front, FINDING_printed_surname, "LINDOVIST", 0.5);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
fails_another_name(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	f.dossier.declared_name = "Zoé Åsa Lindgren";
	fixture_expect(&f, CHECK, VERDICT_FAIL, "name_differs");
	f.dossier.declared_name = "Lindqvist";
	fixture_expect(&f, CHECK, VERDICT_FAIL, "name_differs");
}

static void
doubts_a_print_that_reads_otherwise(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_surname, "LINDGREN", 0.95);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	f.dossier.declared_name =
	    "Zoé Åsa Lindgren"; /* the print's, not the zone's */
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
leaves_given_names_that_were_not_declared_to_an_operator(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	f.dossier.declared_name = "Zoé Lindqvist";
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "name_differs");
}

static void
leaves_a_usage_name_to_an_operator(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	f.dossier.declared_name = "Zoé Åsa Holm";
	fixture_expect(&f, CHECK, VERDICT_FAIL, "name_differs");
	fixture_text(&f.front, FINDING_printed_usage_name, "HOLM", 0.9);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "name_differs");
	f.dossier.declared_name = "Zoé Åsa Holm née Lindqvist";
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "name_differs");
	f.dossier.declared_name = "Anna Holm";
	fixture_expect(&f, CHECK, VERDICT_FAIL, "name_differs");
}

static void
is_unsure_without_a_zone_or_a_declared_name(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	f.dossier.declared_name = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_mrz_line_1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "unreadable_zone");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		passes_what_equals_the_print_and_folds_to_the_zone),
	    cmocka_unit_test(
		passes_what_folds_to_the_zone_when_nothing_was_printed_readably),
	    cmocka_unit_test(fails_another_name),
	    cmocka_unit_test(doubts_a_print_that_reads_otherwise),
	    cmocka_unit_test(
		leaves_given_names_that_were_not_declared_to_an_operator),
	    cmocka_unit_test(leaves_a_usage_name_to_an_operator),
	    cmocka_unit_test(is_unsure_without_a_zone_or_a_declared_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
