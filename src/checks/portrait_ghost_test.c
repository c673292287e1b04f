#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define CHECK CHECK_portrait_ghost

/* A front with a place that may be a ghost's. */
static void
ghost(struct fixture *f, double there, double likeness, double inner)
{
	fixture_passport(f);
	fixture_number(&f->front, FINDING_ghost_there, there);
	fixture_number(&f->front, FINDING_ghost_likeness, likeness);
	fixture_number(&f->front, FINDING_ghost_inner, inner);
}

static void
passes_one_face_twice(void **state)
{
	struct fixture f;

	(void)state;
	ghost(&f, 0.9, 0.93, 0.96);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
warns_of_two_faces(void **state)
{
	struct fixture f;

	(void)state;
	ghost(&f, 0.9, 0.75, 0.7);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

/* Hair and shoulders agree between any two portraits. */
static void
warns_of_two_faces_under_the_same_hair(void **state)
{
	struct fixture f;

	(void)state;
	ghost(&f, 0.9, 0.93, 0.7);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
takes_what_is_neither_face_nor_alike_for_no_ghost(void **state)
{
	struct fixture f;

	(void)state;
	ghost(&f, 1, 0.6, 0.5);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_number(&f.front, FINDING_ghost_face, 0.6);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
tells_a_ghost_in_doubt_from_none(void **state)
{
	struct fixture f;
	struct result r;

	(void)state;
	ghost(&f, 0.9, 0.8, 0.92);
	r = fixture_run(&f, CHECK);
	assert_int_equal(r.verdict, VERDICT_UNSURE);
	assert_non_null(strstr(r.explanation, "neither clearly"));
	fixture_remove(&f.front, FINDING_ghost_likeness);
	r = fixture_run(&f, CHECK);
	assert_int_equal(r.verdict, VERDICT_UNSURE);
	assert_non_null(strstr(r.explanation, "no ghost portrait"));
}

static void
says_nothing_where_no_ghost_was_found(void **state)
{
	struct fixture f;
	struct result r;

	(void)state;
	ghost(&f, 0, 0.7, 0.3);
	r = fixture_run(&f, CHECK);
	assert_int_equal(r.verdict, VERDICT_UNSURE);
	assert_non_null(strstr(r.explanation, "no ghost portrait"));
}

/* A few pixels of print may look like eyes and a mouth. */
static void
passes_no_place_that_is_not_like_the_whole_head(void **state)
{
	struct fixture f;

	(void)state;
	ghost(&f, 0, 0.6, 0.92);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
warns_of_a_second_face_that_is_another(void **state)
{
	struct fixture f;

	(void)state;
	ghost(&f, 0, 0.45, 0.4);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_number(&f.front, FINDING_ghost_face, 0.45);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
	fixture_number(&f.front, FINDING_ghost_face, 0.25);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	fixture_number(&f.front, FINDING_ghost_face, 0.9);
	fixture_number(&f.front, FINDING_ghost_likeness, 0.9);
	fixture_number(&f.front, FINDING_ghost_inner, 0.94);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

/* A ghost that was found by its likeness need not be the busiest place. */
static void
passes_one_face_in_a_quiet_place(void **state)
{
	struct fixture f;

	(void)state;
	ghost(&f, 0, 0.9, 0.95);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
ghost_at(struct fixture *f, double likeness, struct box at)
{
	fixture_passport(f);
	fixture_remove(&f->front, FINDING_ghost_there);
	fixture_remove(&f->front, FINDING_ghost_likeness);
	assert_int_equal(findings_add_number(&f->front, FINDING_ghost_there,
			     0.2, at), OK);
	assert_int_equal(findings_add_number(&f->front,
			     FINDING_ghost_likeness, likeness, at), OK);
}

/* A page without a ghost has a likest place too: letters of the zone. */
static void
a_place_that_is_no_ghost_is_not_shown(void **state)
{
	const struct box at = {40, 60, 30, 40};
	struct fixture f;

	(void)state;
	ghost_at(&f, 0.33, at);
	assert_false(portrait_ghost_seen(&f.front));
	assert_int_equal(fixture_run(&f, CHECK).box.width, 0);
	ghost_at(&f, 0.8, at);
	assert_true(portrait_ghost_seen(&f.front));
	assert_int_equal(fixture_run(&f, CHECK).box.width, 30);
	fixture_remove(&f.front, FINDING_ghost_likeness);
	assert_false(portrait_ghost_seen(&f.front));
}

static void
is_unsure_of_faces_neither_alike_nor_unlike(void **state)
{
	struct fixture f;

	(void)state;
	ghost(&f, 0.9, 0.9, 0.89);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
	ghost(&f, 0.9, 0.9, 0.87);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

/* What an earlier release found is judged again as well. */
static void
is_unsure_where_the_middles_were_not_compared(void **state)
{
	struct fixture f;

	(void)state;
	ghost(&f, 0.9, 0.9, 0.9);
	fixture_remove(&f.front, FINDING_ghost_inner);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
is_unsure_without_a_portrait(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_ghost_there);
	fixture_remove(&f.front, FINDING_ghost_likeness);
	fixture_remove(&f.front, FINDING_ghost_inner);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(warns_of_a_second_face_that_is_another),
	    cmocka_unit_test(passes_one_face_twice),
	    cmocka_unit_test(
		takes_what_is_neither_face_nor_alike_for_no_ghost),
	    cmocka_unit_test(warns_of_two_faces),
	    cmocka_unit_test(warns_of_two_faces_under_the_same_hair),
	    cmocka_unit_test(
		passes_no_place_that_is_not_like_the_whole_head),
	    cmocka_unit_test(tells_a_ghost_in_doubt_from_none),
	    cmocka_unit_test(says_nothing_where_no_ghost_was_found),
	    cmocka_unit_test(passes_one_face_in_a_quiet_place),
	    cmocka_unit_test(a_place_that_is_no_ghost_is_not_shown),
	    cmocka_unit_test(is_unsure_of_faces_neither_alike_nor_unlike),
	    cmocka_unit_test(is_unsure_where_the_middles_were_not_compared),
	    cmocka_unit_test(is_unsure_without_a_portrait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
