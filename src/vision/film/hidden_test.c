#include "vision/film/hidden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define COUNT 100 /* ten seconds */

static struct moment moments[COUNT];
static const struct signals at_rest = {.jaw = 100, .up = -0.3f,
    .mouth = 0.02f, .yaw = 5};

static void
begin(void)
{
	memset(moments, 0, sizeof(moments));
	for (int i = 0; i < COUNT; i++) {
		moments[i].time_ms = (uint32_t)i * 100;
		moments[i].has_face = moments[i].face.has_points = true;
		moments[i].signals = at_rest;
	}
}

static void
part_lips(int from, int end, float gap)
{
	for (int i = from; i < end; i++)
		moments[i].signals.mouth = gap;
}

static void
a_mouth_that_opened_twice_rests_all_the_same(void **state)
{
	(void)state;
	begin();
	part_lips(20, 32, 0.5f);
	part_lips(60, 72, 0.5f);
	assert_float_equal(hidden_lips(moments, COUNT, &at_rest), 0.02, 1e-6);
}

static void
lips_that_seem_apart_most_of_the_time_are_told(void **state)
{
	(void)state;
	begin();
	part_lips(0, 60, 0.2f);
	assert_float_equal(hidden_lips(moments, COUNT, &at_rest), 0.2, 1e-6);
	/* not those of a head that is turned */
	for (int i = 0; i < 60; i++)
		moments[i].signals.yaw = 30;
	assert_float_equal(hidden_lips(moments, COUNT, &at_rest), 0.02, 1e-6);
}

static void
of_a_few_pictures_nothing_is_told_of_lips(void **state)
{
	(void)state;
	begin();
	assert_true(hidden_lips(moments, 9, &at_rest) < 0);
	assert_true(hidden_lips(moments, 10, &at_rest) > 0);
}

static void
the_longest_time_without_a_face_to_measure_is_told(void **state)
{
	(void)state;
	begin();
	assert_int_equal(hidden_longest(moments, COUNT, 2000, 5000), 100);
	for (int i = 30; i < 36; i++)
		moments[i].has_face = false;
	moments[36].astray = true;
	assert_int_equal(hidden_longest(moments, COUNT, 2000, 5000), 800);
	/* of what is asked for at that time */
	assert_int_equal(hidden_longest(moments, COUNT, 5000, 7000), 100);
	assert_int_equal(hidden_longest(moments, COUNT, 2000, 3300), 400);
	/* what comes after the end is not hidden */
	assert_int_equal(hidden_longest(moments, COUNT, 9000, 13000), 100);
	assert_int_equal(hidden_longest(moments, COUNT, 11000, 13000), 0);
	assert_int_equal(hidden_longest(moments, 0, 1000, 3000), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_mouth_that_opened_twice_rests_all_the_same),
	    cmocka_unit_test(lips_that_seem_apart_most_of_the_time_are_told),
	    cmocka_unit_test(of_a_few_pictures_nothing_is_told_of_lips),
	    cmocka_unit_test(
		the_longest_time_without_a_face_to_measure_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
