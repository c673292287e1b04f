#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_validity_period

static void
passes_ten_years(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_issue_date, "2020-02-12", 0.95);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
passes_without_an_issue_date(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
warns_of_twelve_years(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_issue_date, "2018-02-12", 0.95);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
does_not_believe_an_issue_date_hardly_read(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_issue_date, "2018-02-12", 0.3);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

/* Read beside the wrong label; the passport's holder was born in 1990. */
static void
does_not_take_a_birth_date_for_one_of_issue(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_issue_date, "1990-07-13", 0.95);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
warns_of_an_expiry_too_far_ahead(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_zone(&f, "FRA", "24AB12345", "900713", "390211",
	    "LINDQVIST<<ZOE<ASA");
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
warns_of_an_issue_before_birth(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_printed_issue_date, "1985-02-12", 0.95);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
takes_the_french_card_by_its_own_rule(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_french(&f, "1503", "800229");
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
is_unsure_without_a_zone(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_mrz_line_1);
	fixture_remove(&f.front, FINDING_mrz_line_2);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
is_unsure_without_a_kind(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	f.dossier.kind = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_ten_years),
	    cmocka_unit_test(passes_without_an_issue_date),
	    cmocka_unit_test(warns_of_twelve_years),
	    cmocka_unit_test(does_not_believe_an_issue_date_hardly_read),
	    cmocka_unit_test(does_not_take_a_birth_date_for_one_of_issue),
	    cmocka_unit_test(warns_of_an_expiry_too_far_ahead),
	    cmocka_unit_test(warns_of_an_issue_before_birth),
	    cmocka_unit_test(takes_the_french_card_by_its_own_rule),
	    cmocka_unit_test(is_unsure_without_a_zone),
	    cmocka_unit_test(is_unsure_without_a_kind),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
