#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_film_live

static void
passes_what_a_browser_made(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
flags_frames_that_are_too_regular(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_film_unevenness, 0.2);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
flags_a_program_that_makes_files(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_text(&f.face, FINDING_recording_writer, "Lavf59.27.100", 1);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
flags_a_second_track_and_a_change_of_size(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_recording_tracks, 1);
	fixture_expect(&f, CHECK, VERDICT_WARN, NULL);
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_recording_resized, 2);
	fixture_expect(&f, CHECK, VERDICT_WARN, NULL);
}

static void
flags_clocks_that_disagree(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	f.challenge.prompts[2].asked_ms += 5000;
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
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
	    cmocka_unit_test(passes_what_a_browser_made),
	    cmocka_unit_test(flags_frames_that_are_too_regular),
	    cmocka_unit_test(flags_a_program_that_makes_files),
	    cmocka_unit_test(flags_a_second_track_and_a_change_of_size),
	    cmocka_unit_test(flags_clocks_that_disagree),
	    cmocka_unit_test(is_unsure_without_a_recording),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
