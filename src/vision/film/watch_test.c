#include "vision/film/watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define COUNT 100
#define FACES 80 /* the others show nobody */

static struct moment moments[COUNT];

/* So many pictures in which the landmarks may lie anywhere; how many are held
 * to be so afterwards. */
static size_t
left_of(size_t astray)
{
	size_t left = 0;
	for (size_t i = 0; i < COUNT; i++)
		moments[i] = (struct moment){.has_face = i < FACES,
		    .astray = i < astray};
	watch_forgive_astray(moments, COUNT);
	for (size_t i = 0; i < COUNT; i++)
		left += moments[i].astray;
	return left;
}

static void
landmarks_astray_in_a_turn_are_not_believed(void **state)
{
	(void)state;
	assert_int_equal(left_of(0), 0);
	assert_int_equal(left_of(1), 1);
	/* a quarter of those with a face, not of all */
	assert_int_equal(left_of(FACES / 4), FACES / 4);
}

static void
landmarks_that_tremble_all_the_while_are_believed(void **state)
{
	(void)state;
	assert_int_equal(left_of(FACES / 4 + 1), 0);
	assert_int_equal(left_of(FACES), 0);
}

static void
a_film_without_a_face_has_nothing_to_forgive(void **state)
{
	(void)state;
	watch_forgive_astray(moments, 0);
	assert_int_equal(left_of(0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(landmarks_astray_in_a_turn_are_not_believed),
	    cmocka_unit_test(landmarks_that_tremble_all_the_while_are_believed),
	    cmocka_unit_test(a_film_without_a_face_has_nothing_to_forgive),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
