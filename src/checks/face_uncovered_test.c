#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_face_uncovered

static void
passes_a_bare_face(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
asks_again_for_a_face_behind_a_mask(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_cover_nose, 0.8);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "face_covered");
}

static void
asks_again_for_covered_eyes(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_cover_eyes, 1.1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "face_covered");
}

static void
doubts_what_may_be_a_lamp_or_pale_lips(void **state)
{
	static const struct {
		enum finding_name name;
		double value;
	} doubts[] = {
	    {FINDING_cover_nose, 0.4},
	    {FINDING_cover_eyes, 0.6},
	    {FINDING_cover_sight, 0.1},
	    {FINDING_cover_lips, 0.05},
	    {FINDING_cover_mouth, 0.05},
	};
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < sizeof(doubts) / sizeof(*doubts); i++) {
		fixture_proof(&f);
		fixture_number(&f.face, doubts[i].name, doubts[i].value);
		fixture_expect(&f, CHECK, VERDICT_UNSURE, "face_covered");
	}
}

/* Not everybody is asked to open the mouth. */
static void
passes_where_no_mouth_was_opened(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.face, FINDING_cover_mouth);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
is_unsure_without_landmarks_or_a_recording(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.face, FINDING_cover_nose);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	f.dossier.face = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_bare_face),
	    cmocka_unit_test(asks_again_for_a_face_behind_a_mask),
	    cmocka_unit_test(asks_again_for_covered_eyes),
	    cmocka_unit_test(doubts_what_may_be_a_lamp_or_pale_lips),
	    cmocka_unit_test(passes_where_no_mouth_was_opened),
	    cmocka_unit_test(is_unsure_without_landmarks_or_a_recording),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
