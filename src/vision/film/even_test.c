#include "vision/film/even.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#define SIDE 200

static const struct face all = {.width = SIDE, .height = SIDE};

/* Dark stripes, as of eyes and lips, on two halves of a ground. */
static struct raster
striped(int left, int right)
{
	struct raster r;
	assert_int_equal(raster_make(SIDE, SIDE, 1, &r), OK);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++) {
			int level = x < SIDE / 2 ? left : right;
			raster_row(&r, y)[x] = (uint8_t)(y % 40 < 5 ?
			    level / 2 : level);
		}
	return r;
}

static void
light_from_one_side_is_told_from_even_light_and_dark_skin(void **state)
{
	AUTO(raster_clear) struct raster lit = striped(40, 160);
	AUTO(raster_clear) struct raster other = striped(160, 40);
	AUTO(raster_clear) struct raster pale = striped(170, 160);
	AUTO(raster_clear) struct raster dark = striped(34, 32);

	(void)state;
	assert_true(light_to_even(light_aside(&lit, &all)) >= 1);
	assert_true(light_to_even(light_aside(&other, &all)) >= 1);
	assert_true(light_to_even(light_aside(&pale, &all)) <= 0);
	assert_true(light_to_even(light_aside(&dark, &all)) <= 0);
}

static void
both_halves_are_alike_once_it_is_evened(void **state)
{
	AUTO(raster_clear) struct raster lit = striped(40, 160);
	float before = light_aside(&lit, &all);

	(void)state;
	assert_int_equal(light_even(&lit, SIDE, 1), OK);
	assert_true(light_aside(&lit, &all) < before / 2);
	/* the dark half's stripes stand off as the bright half's do */
	assert_true(abs(raster_row(&lit, 110)[20] -
	    raster_row(&lit, 110)[180]) < 12);
	assert_true(abs(raster_row(&lit, 122)[20] -
	    raster_row(&lit, 122)[180]) < 12);
	assert_true(raster_row(&lit, 110)[20] >
	    raster_row(&lit, 122)[20] + 30);
}

static void
faces_in_even_light_small_ones_and_black_ones_stay_as_they_are(void **state)
{
	AUTO(raster_clear) struct raster pale = striped(170, 160);
	AUTO(raster_clear) struct raster lit = striped(40, 160);
	AUTO(raster_clear) struct raster black = striped(0, 0);
	struct face outside = {.x = -900, .y = 900, .width = 50,
	    .height = 50};

	(void)state;
	assert_int_equal(light_even(&pale, SIDE,
	    light_to_even(light_aside(&pale, &all))), OK);
	assert_int_equal(raster_row(&pale, 110)[20], 170);
	assert_int_equal(light_even(&lit, 20, 1), OK);
	assert_int_equal(raster_row(&lit, 110)[20], 40);
	assert_true(light_aside(&black, &all) <= 0);
	assert_int_equal(light_even(&black, SIDE, 1), OK);
	assert_int_equal(raster_row(&black, 110)[20], 0);
	assert_true(light_aside(&lit, &outside) <= 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		light_from_one_side_is_told_from_even_light_and_dark_skin),
	    cmocka_unit_test(both_halves_are_alike_once_it_is_evened),
	    cmocka_unit_test(
		faces_in_even_light_small_ones_and_black_ones_stay_as_they_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
