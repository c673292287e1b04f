#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_face_shaded

static void
passes_cheeks_that_change_their_light(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
doubts_light_that_goes_along_with_the_skin(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_shade, 0.006);
	fixture_text(&f.face, FINDING_face_shade_at, "3000 4200", 1);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).from_ms, 3000);
	assert_int_equal(fixture_run(&f, CHECK).to_ms, 4200);
}

/* A challenge may have no turn. */
static void
is_unsure_without_a_turn_that_could_be_measured(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.face, FINDING_face_shade);
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
	    cmocka_unit_test(passes_cheeks_that_change_their_light),
	    cmocka_unit_test(doubts_light_that_goes_along_with_the_skin),
	    cmocka_unit_test(is_unsure_without_a_turn_that_could_be_measured),
	    cmocka_unit_test(is_unsure_without_a_recording),
	};

	return cmocka_run_group_tests_name("face shaded", tests, NULL, NULL);
}
