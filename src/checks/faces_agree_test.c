#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_faces_agree

static void
passes_a_score_above_the_models_threshold(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
says_that_no_model_is_installed(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.compared, FINDING_faces_model, 0);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	assert_string_equal(
	    fixture_run(&f, CHECK).explanation, "no model installed");
}

static void
is_unsure_between_the_thresholds(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.compared, FINDING_faces_score, 0.4);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
refuses_two_faces(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.compared, FINDING_faces_score, 0.1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
}

static void
is_unsure_where_no_face_could_be_taken(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_remove(&f.compared, FINDING_faces_score);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
is_unsure_of_thresholds_that_make_no_sense(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	fixture_number(&f.compared, FINDING_faces_other_below, 0.9);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
is_unsure_without_a_comparison(void **state)
{
	struct fixture f;

	(void)state;
	fixture_proof(&f);
	f.dossier.compared = NULL;
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_score_above_the_models_threshold),
	    cmocka_unit_test(says_that_no_model_is_installed),
	    cmocka_unit_test(is_unsure_between_the_thresholds),
	    cmocka_unit_test(refuses_two_faces),
	    cmocka_unit_test(is_unsure_where_no_face_could_be_taken),
	    cmocka_unit_test(is_unsure_of_thresholds_that_make_no_sense),
	    cmocka_unit_test(is_unsure_without_a_comparison),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
