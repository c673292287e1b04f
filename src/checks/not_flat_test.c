#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_not_flat

static void
passes_a_turn_with_depth(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
refuses_a_turn_without_depth_and_tells_when(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_flat, 0.01);
	fixture_text(&f.face, FINDING_face_flat_at, "3000 4200", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).to_ms, 4200);
}

static void
refuses_a_room_that_turns_with_the_face(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_ground, 0.03);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
}

/* A small turn, or a small face, shows little depth: no suspicion. */
static void
doubts_little_depth_and_a_room_that_hardly_stays(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_flat, 0.015);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_ground, 0.07);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
passes_where_no_ground_could_be_followed(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.face, FINDING_face_ground);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
doubts_what_moves_as_a_tilted_plane(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_tilted, 0.3);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
doubts_a_head_that_fits_only_when_turned_further(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_fit, 25);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
is_unsure_where_no_turn_could_be_measured(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.face, FINDING_face_flat);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	assert_non_null(strstr(fixture_run(&f, CHECK).explanation,
	    "no whole turn of the head"));
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
	    cmocka_unit_test(passes_a_turn_with_depth),
	    cmocka_unit_test(refuses_a_turn_without_depth_and_tells_when),
	    cmocka_unit_test(refuses_a_room_that_turns_with_the_face),
	    cmocka_unit_test(doubts_little_depth_and_a_room_that_hardly_stays),
	    cmocka_unit_test(passes_where_no_ground_could_be_followed),
	    cmocka_unit_test(doubts_what_moves_as_a_tilted_plane),
	    cmocka_unit_test(doubts_a_head_that_fits_only_when_turned_further),
	    cmocka_unit_test(is_unsure_where_no_turn_could_be_measured),
	    cmocka_unit_test(is_unsure_without_a_recording),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
