/*
 * The bell curve, its rounding and its edges.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "vision/pixels/blur.h"

static struct raster in, out;

static int
setup(void **state)
{
	(void)state;
	assert_int_equal(raster_make(21, 15, 1, &in), OK);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	raster_clear(&in);
	raster_clear(&out);
	return 0;
}

static int
level(int x, int y)
{
	return raster_row(&out, y)[x];
}

/* Shares of 256 for a deviation of one pixel, as OpenCV rounds them: 1, 14,
 * 62, and 102 in the middle, which makes up what rounding left. */
static void
a_bright_pixel_becomes_a_bell(void **state)
{
	(void)state;
	raster_row(&in, 7)[10] = 255;
	assert_int_equal(blur_by(&in, 1, &out), OK);
	for (int i = 0; i <= 3; i++) {
		assert_int_equal(level(10 - i, 7), level(10 + i, 7));
		assert_int_equal(level(10, 7 - i), level(10 + i, 7));
	}
	assert_int_equal(level(10, 7), 40);
	assert_int_equal(level(11, 7), 25);
	assert_int_equal(level(12, 7), 6);
	assert_int_equal(level(14, 7), 0);
}

static void
an_even_picture_stays_as_it_is(void **state)
{
	static const double sigmas[] = {0.3, 0.7, 1.5, 4, 9, 20};
	(void)state;
	memset(in.data, 173, 21 * 15);
	for (size_t i = 0; i < sizeof(sigmas) / sizeof(sigmas[0]); i++) {
		raster_clear(&out);
		assert_int_equal(blur_by(&in, sigmas[i], &out), OK);
		assert_memory_equal(out.data, in.data, 21 * 15);
	}
}

static void
edges_go_on_as_in_a_mirror(void **state)
{
	struct raster wide = {0}, soft = {0};
	(void)state;
	assert_int_equal(raster_make(61, 15, 1, &wide), OK);
	for (int x = 0; x < 61; x++)
		for (int y = 0; y < 15; y++) {
			int at = x < 20 ? 20 - x : x < 41 ? x - 20 : 60 - x;
			raster_row(&wide, y)[x] = (uint8_t)(at * 11);
			if (x < 21)
				raster_row(&in, y)[x] = (uint8_t)(x * 11);
		}
	assert_int_equal(blur_by(&in, 3, &out), OK);
	assert_int_equal(blur_by(&wide, 3, &soft), OK);
	for (int x = 0; x < 21; x++)
		assert_int_equal(level(x, 7), raster_row(&soft, 7)[20 + x]);
	raster_clear(&wide);
	raster_clear(&soft);
}

static void
colours_do_not_mix(void **state)
{
	struct raster colour = {0};
	(void)state;
	assert_int_equal(raster_make(9, 9, 3, &colour), OK);
	for (int i = 0; i < 81; i++)
		colour.data[3 * i + 1] = 200;
	assert_int_equal(blur_by(&colour, 2, &out), OK);
	assert_memory_equal(out.data, colour.data, 243);
	raster_clear(&colour);
}

/* A picture narrower than the curve is seen in the mirror many times. */
static void
a_single_row_is_softened_along_it(void **state)
{
	(void)state;
	in.height = 1;
	memset(in.data, 0, 21);
	in.data[0] = 255;
	assert_int_equal(blur_by(&in, 8, &out), OK);
	assert_true(level(0, 0) > level(5, 0));
	assert_true(level(5, 0) > level(20, 0));
	assert_true(level(20, 0) > 0);
}

static void
a_curve_without_width_is_refused(void **state)
{
	(void)state;
	assert_int_not_equal(blur_by(&in, 0, &out), OK);
	assert_int_not_equal(blur_by(&in, -1, &out), OK);
	assert_int_not_equal(blur_by(&in, 1e6, &out), OK);
	assert_null(out.data);
}

int
main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_bright_pixel_becomes_a_bell),
		T(an_even_picture_stays_as_it_is),
		T(edges_go_on_as_in_a_mirror),
		T(colours_do_not_mix),
		T(a_single_row_is_softened_along_it),
		T(a_curve_without_width_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
