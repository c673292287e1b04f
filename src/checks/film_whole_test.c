#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_film_whole

static void
passes_one_piece(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
suspects_a_cut_and_tells_when(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_film_cut, 40);
	fixture_text(&f.face, FINDING_film_cut_at, "5000 5033", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).from_ms, 5000);
	fixture_number(&f.face, FINDING_film_cut, 9);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	fixture_number(&f.face, FINDING_film_cut, 7);
	fixture_expect(&f, CHECK, VERDICT_PASS, NULL);
}

/* Honest people of 7.5 frames a second reach 16 (docs/recordings.md). */
static void
a_slow_camera_makes_of_a_cut_a_doubt(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_film_cut, 40);
	fixture_text(&f.face, FINDING_film_cut_at, "5000 5133", 1);
	fixture_number(&f.face, FINDING_recording_rate, 8);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	fixture_number(&f.face, FINDING_recording_rate, 7.9);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).from_ms, 5000);
	/* and hides nothing else */
	fixture_number(&f.face, FINDING_film_loop, 0.1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
}

static void
suspects_a_loop(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_film_loop, 0.1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
}

static void
asks_again_for_a_picture_that_stands(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_film_freeze, 1.4);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "recording_broken");
	/* a coder that saves may make a calm face stand for a moment */
	fixture_number(&f.face, FINDING_film_freeze, 0.9);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "recording_broken");
}

static void
asks_again_for_a_face_that_stands_in_frames_that_differ(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_film_stands, 1.8);
	fixture_text(&f.face, FINDING_film_stands_at, "5000 6800", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "recording_broken");
	assert_int_equal(fixture_run(&f, CHECK).from_ms, 5000);
}

static void
asks_again_for_missing_frames(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_film_gap, 1.5);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "recording_broken");
}

static void
asks_again_for_one_that_ends_before_the_last_prompt(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_recording_seconds, 11);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "recording_too_short");
}

static void
doubts_one_with_many_damaged_pieces(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_recording_damaged, 30);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "recording_broken");
}

static void
is_unsure_of_what_was_not_measured(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.face, FINDING_film_cut);
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
	    cmocka_unit_test(passes_one_piece),
	    cmocka_unit_test(suspects_a_cut_and_tells_when),
	    cmocka_unit_test(a_slow_camera_makes_of_a_cut_a_doubt),
	    cmocka_unit_test(suspects_a_loop),
	    cmocka_unit_test(asks_again_for_a_picture_that_stands),
	    cmocka_unit_test(
		asks_again_for_a_face_that_stands_in_frames_that_differ),
	    cmocka_unit_test(asks_again_for_missing_frames),
	    cmocka_unit_test(asks_again_for_one_that_ends_before_the_last_prompt),
	    cmocka_unit_test(doubts_one_with_many_damaged_pieces),
	    cmocka_unit_test(is_unsure_of_what_was_not_measured),
	    cmocka_unit_test(is_unsure_without_a_recording),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
