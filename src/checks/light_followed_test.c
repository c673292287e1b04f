#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_light_followed

static void
passes_skin_that_takes_on_the_colours_in_their_order(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

/* Daylight, colours switched off, a display: it cannot be known. */
static void
doubts_skin_that_keeps_its_colour(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_light_change, 0.004);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
doubts_what_trembles_as_much_as_it_changes(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_light_trembles, 0.03);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
flags_the_colours_of_another_challenge_and_refuses_nobody(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_light_likeness, -0.4);
	fixture_number(&f.face, FINDING_light_another, 0.96);
	fixture_text(&f.face, FINDING_light_at, "15200 19000", 1);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).to_ms, 19000);
	/* colours of no challenge at all */
	fixture_number(&f.face, FINDING_light_another, 0.6);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
is_unsure_where_no_light_was_shown_or_no_face_was_in_it(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_light_seen, 2);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	fixture_remove(&f.face, FINDING_light_seen);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	f.dossier.face = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		passes_skin_that_takes_on_the_colours_in_their_order),
	    cmocka_unit_test(doubts_skin_that_keeps_its_colour),
	    cmocka_unit_test(doubts_what_trembles_as_much_as_it_changes),
	    cmocka_unit_test(
		flags_the_colours_of_another_challenge_and_refuses_nobody),
	    cmocka_unit_test(
		is_unsure_where_no_light_was_shown_or_no_face_was_in_it),
	};

	return cmocka_run_group_tests_name("light followed", tests, NULL,
	    NULL);
}
