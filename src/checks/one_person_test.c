#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_one_person

static void
passes_one(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
passes_a_single_wrong_box(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_second, 0.02);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
refuses_a_second_face_and_tells_when(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.face, FINDING_face_second, 0.3);
	fixture_text(&f.face, FINDING_face_second_at, "2000 5000", 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "more_than_one_person");
	assert_int_equal(fixture_run(&f, CHECK).to_ms, 5000);
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

static void
is_unsure_where_no_face_could_be_looked_for(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.face, FINDING_face_second);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_one),
	    cmocka_unit_test(passes_a_single_wrong_box),
	    cmocka_unit_test(refuses_a_second_face_and_tells_when),
	    cmocka_unit_test(is_unsure_without_a_recording),
	    cmocka_unit_test(is_unsure_where_no_face_could_be_looked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
