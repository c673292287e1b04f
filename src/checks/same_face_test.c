#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_same_face

static void
passes_one_face(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
doubts_a_change(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_apart, 1.7);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
}

static void
refuses_another_face_and_tells_when(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_apart, 2.4);
	fixture_text(&f.face, FINDING_face_apart_at, "7000 7400", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).from_ms, 7000);
}

static void
refuses_a_change_that_only_all_pictures_tell(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_changed, 1.5);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, "not_verified");
	fixture_number(&f.face, FINDING_face_changed, 1.8);
	fixture_text(&f.face, FINDING_face_changed_at, "7000 8400", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	assert_int_equal(fixture_run(&f, CHECK).from_ms, 7000);
}

static void
is_unsure_where_too_few_pictures_were_comparable(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.face, FINDING_face_apart);
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
	    cmocka_unit_test(passes_one_face),
	    cmocka_unit_test(doubts_a_change),
	    cmocka_unit_test(refuses_another_face_and_tells_when),
	    cmocka_unit_test(refuses_a_change_that_only_all_pictures_tell),
	    cmocka_unit_test(is_unsure_where_too_few_pictures_were_comparable),
	    cmocka_unit_test(is_unsure_without_a_recording),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
