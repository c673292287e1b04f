#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_eyes_alive

static void
passes_eyes_that_shut(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
doubts_eyes_that_stay_as_they_are(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_eyes_moved, 1.4);
	fixture_text(&f.face, FINDING_eyes_moved_at, "3000 3000", 1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).from_ms, 3000);
}

/* Glasses, little light, or a face that never looks ahead. */
static void
is_unsure_of_eyes_that_could_not_be_compared(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.face, FINDING_eyes_moved);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
is_unsure_without_a_recording(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	f.dossier.face = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_eyes_that_shut),
	    cmocka_unit_test(doubts_eyes_that_stay_as_they_are),
	    cmocka_unit_test(is_unsure_of_eyes_that_could_not_be_compared),
	    cmocka_unit_test(is_unsure_without_a_recording),
	};

	return cmocka_run_group_tests_name("eyes_alive", tests, NULL, NULL);
}
