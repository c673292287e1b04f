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

/* A face that is lost from the fiftieth picture on; how far its points are
 * doubted in the one before. */
static bool
doubted_at_the_edge(float yaw, float sure)
{
	for (size_t i = 0; i < COUNT; i++) {
		moments[i] = (struct moment){.has_face = i < 50};
		moments[i].face.has_points = i < 50;
		moments[i].face.sure = i < 49 ? 1 : sure;
		moments[i].signals = (struct signals){.yaw = yaw, .jaw = 160};
	}
	watch_doubt_edges(moments, COUNT);
	for (size_t i = 0; i < COUNT; i++)
		assert_true(i == 49 || !moments[i].astray);
	return moments[49].astray;
}

static void
half_a_face_before_it_is_lost_is_doubted_beside_the_camera(void **state)
{
	(void)state;
	assert_true(doubted_at_the_edge(-24, 0.1f));
	assert_true(doubted_at_the_edge(24, 0.1f));
	assert_false(doubted_at_the_edge(24, 0.7f));
	/* who comes so near that the detector loses them is believed */
	assert_false(doubted_at_the_edge(3, 0.1f));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(landmarks_astray_in_a_turn_are_not_believed),
	    cmocka_unit_test(landmarks_that_tremble_all_the_while_are_believed),
	    cmocka_unit_test(a_film_without_a_face_has_nothing_to_forgive),
	    cmocka_unit_test(
		half_a_face_before_it_is_lost_is_doubted_beside_the_camera),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
