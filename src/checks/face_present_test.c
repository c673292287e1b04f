#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_face_present

static void
passes_a_face_seen_throughout(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
tells_what_hides_the_rest_first(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_light, 0.05);
	fixture_number(&f.face, FINDING_face_seen, 0.2);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "recording_dark");
}

static void
refuses_a_face_that_goes_away_and_tells_when(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_seen, 0.89);
	fixture_text(&f.face, FINDING_face_away, "4100 6300", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "face_not_seen");
	assert_int_equal(fixture_run(&f, CHECK).from_ms, 4100);
	assert_int_equal(fixture_run(&f, CHECK).to_ms, 6300);
}

static void
refuses_a_small_a_blurred_and_a_jerky_one(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_jaw, 0.09);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "face_too_small");
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_blur, 0.9);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "recording_blurred");
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_recording_rate, 5);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "recording_broken");
}

/* 7.5 pictures a second are what some webcams take in little light. */
static void
doubts_few_frames_a_second(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_recording_rate, 8);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.face, FINDING_recording_rate, 7.9);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "recording_broken");
	fixture_number(&f.face, FINDING_recording_rate, 6.9);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "recording_broken");
	/* what fails else is no less a failure */
	fixture_number(&f.face, FINDING_recording_rate, 7.9);
	fixture_number(&f.face, FINDING_face_jaw, 0.09);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "face_too_small");
}

static void
refuses_two_seconds(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_recording_seconds, 2);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "recording_too_short");
}

static void
is_unsure_without_a_recording(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	f.dossier.face = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "face_not_seen");
}

static void
is_unsure_where_no_face_could_be_looked_for(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.face, FINDING_face_seen);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_face_seen_throughout),
	    cmocka_unit_test(tells_what_hides_the_rest_first),
	    cmocka_unit_test(refuses_a_face_that_goes_away_and_tells_when),
	    cmocka_unit_test(refuses_a_small_a_blurred_and_a_jerky_one),
	    cmocka_unit_test(doubts_few_frames_a_second),
	    cmocka_unit_test(refuses_two_seconds),
	    cmocka_unit_test(is_unsure_without_a_recording),
	    cmocka_unit_test(is_unsure_where_no_face_could_be_looked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
