#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_not_specimen

static void
passes_a_document_of_a_state(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
fails_utopia_outside_test_workspaces(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_zone(&f, "UTO", "24AB12345", "900713", "300211",
	    "LINDQVIST<<ZOE<ASA");
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	f.dossier.test = true;
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
fails_names_that_specimens_carry(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_zone(&f, "FRA", "24AB12345", "900713", "300211",
	    "SPECIMEN<<NATACHA");
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_surname, "MUSTERMANN", 0.9);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
}

static void
fails_a_word_across_either_side(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_page_word, "MUSTER", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	f.dossier.test = true;
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_remove(&f.front, FINDING_mrz_line_1);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	f.dossier.test = false;
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
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
	    cmocka_unit_test(passes_a_document_of_a_state),
	    cmocka_unit_test(fails_utopia_outside_test_workspaces),
	    cmocka_unit_test(fails_names_that_specimens_carry),
	    cmocka_unit_test(fails_a_word_across_either_side),
	    cmocka_unit_test(is_unsure_without_a_zone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
