#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_kind_seen

static void
passes_what_was_asked_for(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_card(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
warns_of_a_front_that_is_surely_a_back(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_text(&f.front, FINDING_kind_seen, "card_back", 0.99);
	fixture_expect(&f, CHECK, VERDICT_WARN, "other_side");
	assert_int_equal(fixture_run(&f, CHECK).side, 0);
	fixture_text(&f.front, FINDING_kind_seen, "card_back", 0.7);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
warns_of_a_back_that_is_surely_a_front(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_text(&f.back, FINDING_kind_seen, "card_front", 0.99);
	fixture_expect(&f, CHECK, VERDICT_WARN, "other_side");
	assert_int_equal(fixture_run(&f, CHECK).side, 1);
}

static void
warns_where_there_is_surely_no_document(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_kind_seen, "none", 0.99);
	fixture_expect(&f, CHECK, VERDICT_WARN, "no_document");
	fixture_text(&f.front, FINDING_kind_seen, "none", 0.6);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
is_unsure_of_a_passport_that_looks_like_something_else(void **state)
{
	static const char *const others[] = {"card_front", "card_back",
	    "other"};
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		fixture_passport(&f);
		fixture_text(&f.front, FINDING_kind_seen, others[i], 1);
		fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	}
}

/* The likeliest of five may still be unlikely. */
static void
is_unsure_of_what_agrees_but_barely(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_text(&f.front, FINDING_kind_seen, "passport_page", 0.4);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
tells_the_warning_rather_than_the_doubt_of_the_other_side(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_text(&f.front, FINDING_kind_seen, "other", 0.5);
	fixture_text(&f.back, FINDING_kind_seen, "none", 0.98);
	fixture_expect(&f, CHECK, VERDICT_WARN, "no_document");
	fixture_text(&f.back, FINDING_kind_seen, "card_back", 0.98);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).side, 0);
}

static void
is_unsure_where_nobody_said_what_was_asked(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	f.dossier.kind = "visa";
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	f.dossier.kind = NULL;
	f.dossier.country = NULL;
	f.dossier.sides[1] = NULL;
	struct result blind[CHECK_COUNT];
	assert_true(checks_run(&f.dossier, blind) > CHECK);
	assert_int_equal(blind[CHECK].verdict, VERDICT_UNSURE);
}

static void
is_unsure_where_nothing_looked(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_kind_seen);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	f.dossier.sides[0] = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "no_document");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_what_was_asked_for),
	    cmocka_unit_test(warns_of_a_front_that_is_surely_a_back),
	    cmocka_unit_test(warns_of_a_back_that_is_surely_a_front),
	    cmocka_unit_test(warns_where_there_is_surely_no_document),
	    cmocka_unit_test(
		is_unsure_of_a_passport_that_looks_like_something_else),
	    cmocka_unit_test(is_unsure_of_what_agrees_but_barely),
	    cmocka_unit_test(
		tells_the_warning_rather_than_the_doubt_of_the_other_side),
	    cmocka_unit_test(is_unsure_where_nobody_said_what_was_asked),
	    cmocka_unit_test(is_unsure_where_nothing_looked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
