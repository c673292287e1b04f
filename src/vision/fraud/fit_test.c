#include "vision/fraud/fit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#define WIDE 24
#define HIGH 30

/* Waves of two sizes around a middle, stretched. */
static void
draw(struct raster *out, int wide, int high, float x0, float y0, float wider,
    float taller, float which)
{
	assert_int_equal(raster_make(wide, high, 1, out), OK);
	for (int y = 0; y < high; y++)
		for (int x = 0; x < wide; x++) {
			float u = ((float)x - x0) / wider;
			float v = ((float)y - y0) / taller;
			float sum = sinf(0.9f * u + which) * cosf(0.7f * v) +
			    0.6f * cosf(0.5f * u - 0.6f * v * which);
			out->data[y * wide + x] = (uint8_t)(128 + 60 * sum);
		}
}

/* Of one picture and a larger one with the same, moved and stretched. */
static double
fit(float aside, float down, float wider, float taller, float which)
{
	AUTO(raster_clear) struct raster one = {0};
	AUTO(raster_clear) struct raster all = {0};
	static const float at[] = {8, 8};
	draw(&one, WIDE, HIGH, 11.5f, 14.5f, 1, 1, 1);
	draw(&all, WIDE + 16, HIGH + 16, 19.5f + aside, 22.5f + down, wider,
	    taller, which);
	struct fitted fitted;
	return fit_best(&all, &one, at, &fitted);
}

static void
what_lies_a_little_aside_is_the_same(void **state)
{
	(void)state;
	assert_true(fit(0, 0, 1, 1, 1) > 0.99);
	assert_true(fit(1.3f, -1.1f, 1, 1, 1) > 0.98);
}

static void
what_is_a_little_wider_or_taller_is_the_same(void **state)
{
	(void)state;
	assert_true(fit(0, 0, 1.04f, 0.97f, 1) > 0.98);
	assert_true(fit(0.8f, 0.6f, 0.96f, 1.04f, 1) > 0.98);
}

static void
another_is_another_wherever_it_lies(void **state)
{
	(void)state;
	assert_true(fit(0, 0, 1, 1, 2) < 0.8);
	assert_true(fit(0.8f, 0.6f, 0.96f, 1.04f, 2) < 0.8);
}

static void
what_is_much_wider_or_far_away_is_not_the_same(void **state)
{
	(void)state;
	assert_true(fit(0, 0, 1.3f, 1, 1) < 0.9);
	assert_true(fit(6, 5, 1, 1, 1) < 0.9);
}

static void
one_level_is_like_nothing(void **state)
{
	AUTO(raster_clear) struct raster one = {0};
	AUTO(raster_clear) struct raster all = {0};
	static const float at[] = {4, 4};
	(void)state;
	assert_int_equal(raster_make(WIDE, HIGH, 1, &one), OK);
	draw(&all, WIDE + 8, HIGH + 8, 15, 18, 1, 1, 1);
	struct fitted fitted;
	assert_true(fit_best(&all, &one, at, &fitted) == 0);
}

/* Where one was fitted, other pictures of the two are compared, unmoved. */
static double
there(float aside, float which)
{
	AUTO(raster_clear) struct raster one = {0};
	AUTO(raster_clear) struct raster all = {0};
	AUTO(raster_clear) struct raster other = {0};
	static const float at[] = {8, 8};
	struct fitted fitted;
	draw(&one, WIDE, HIGH, 11.5f, 14.5f, 1, 1, 1);
	draw(&all, WIDE + 16, HIGH + 16, 19.5f + 1.3f, 22.5f, 1.04f, 1, 1);
	draw(&other, WIDE + 16, HIGH + 16, 19.5f + aside, 22.5f, 1.04f, 1,
	    which);
	assert_true(fit_best(&all, &one, at, &fitted) > 0.98);
	return fit_there(&other, &one, &fitted);
}

static void
others_are_compared_where_the_ones_fitted(void **state)
{
	(void)state;
	assert_true(there(1.3f, 1) > 0.98);
	assert_true(there(-1.3f, 1) < 0.9);
	assert_true(there(1.3f, 2) < 0.8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_lies_a_little_aside_is_the_same),
	    cmocka_unit_test(what_is_a_little_wider_or_taller_is_the_same),
	    cmocka_unit_test(another_is_another_wherever_it_lies),
	    cmocka_unit_test(others_are_compared_where_the_ones_fitted),
	    cmocka_unit_test(what_is_much_wider_or_far_away_is_not_the_same),
	    cmocka_unit_test(one_level_is_like_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
