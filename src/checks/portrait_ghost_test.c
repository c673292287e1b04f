#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_portrait_ghost

/* What the look says of the likest place. */
static void
likest(struct fixture *f, double likeness, bool is_face)
{
	fixture_passport(f);
	fixture_number(&f->front, FINDING_ghost_likeness, likeness);
	if (is_face)
		fixture_number(&f->front, FINDING_ghost_face, likeness);
}

static void
passes_one_face_twice(void **state)
{
	struct fixture f;

	(void)state;
	likest(&f, 0.96, false);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	likest(&f, 0.90, true);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
warns_of_two_faces(void **state)
{
	struct fixture f;

	(void)state;
	likest(&f, 0.6, true);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
says_nothing_where_no_face_was_found(void **state)
{
	struct fixture f;

	(void)state;
	likest(&f, 0.6, false);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	likest(&f, 0.4, true); /* hardly a face */
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
is_unsure_of_faces_neither_alike_nor_unlike(void **state)
{
	struct fixture f;

	(void)state;
	likest(&f, 0.82, true);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	assert_non_null(strstr(fixture_run(&f, CHECK).explanation,
	    "neither"));
	likest(&f, 0.82, false);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	assert_null(strstr(fixture_run(&f, CHECK).explanation, "neither"));
}

static void
is_unsure_without_a_portrait(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_ghost_there);
	fixture_remove(&f.front, FINDING_ghost_likeness);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_one_face_twice),
	    cmocka_unit_test(warns_of_two_faces),
	    cmocka_unit_test(says_nothing_where_no_face_was_found),
	    cmocka_unit_test(is_unsure_of_faces_neither_alike_nor_unlike),
	    cmocka_unit_test(is_unsure_without_a_portrait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
