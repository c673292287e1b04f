#include "vision/film/same_print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#define SIDE 260

static const int box[4] = {60, 50, 120, 150};

static double
blob(double x, double y, double at_x, double at_y, double wide, double high)
{
	x = (x - at_x) / wide;
	y = (y - at_y) / high;
	return exp(-x * x - y * y);
}

/* A head before a light ground, as all have; eyes, nose and mouth where only
 * this one has them. From -1 to 1 in the box. */
static double
head(int who, double x, double y)
{
	double eyes = 0.1 * (who % 3), low = 0.12 * (who % 2);
	double light = 220 - 110 * blob(x, y, 0, 0, 0.8, 0.95);
	light -= 60 * blob(x, y, -0.35 - eyes, -0.25 + low, 0.12, 0.06);
	light -= 60 * blob(x, y, 0.35 + eyes, -0.25 + low, 0.12, 0.06);
	light += 40 * blob(x, y, 0.05 * who, 0.1, 0.07, 0.2);
	light -= 60 * blob(x, y, 0, 0.4 + eyes / 2, 0.25 - eyes, 0.06);
	return light;
}

static void
draw(int who, double right, double down, double grown, double lit,
    struct raster *out)
{
	assert_int_equal(raster_make(SIDE, SIDE, 1, out), OK);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++) {
			double u = (x - right - 120) * grown / 60;
			double v = (y - down - 125) * grown / 75;
			raster_row(out, y)[x] = (uint8_t)(head(who, u, v) *
			    (1 - lit * x / SIDE));
		}
}

static double
alike(int who, double right, double down, double grown, double lit)
{
	AUTO(raster_clear) struct raster one = {0};
	AUTO(raster_clear) struct raster other = {0};
	double out;
	draw(0, 0, 0, 1, 0, &one);
	draw(who, right, down, grown, lit, &other);
	assert_int_equal(same_print(&one, &other, box, &out), OK);
	return out;
}

static void
one_print_is_alike_though_it_lies_a_little_off(void **state)
{
	(void)state;
	assert_true(alike(0, 0, 0, 1, 0) > 0.95);
	assert_true(alike(0, 4, -3, 1, 0) > 0.8);
	assert_true(alike(0, -2, 2, 1.03, 0) > 0.8);
}

static void
light_from_one_side_changes_no_face(void **state)
{
	(void)state;
	assert_true(alike(0, 1, 1, 1, 0.5) > 0.8);
}

static void
two_people_are_not_alike_for_having_heads(void **state)
{
	(void)state;
	for (int who = 1; who < 4; who++)
		assert_true(alike(who, 1, 1, 1, 0) <
		    alike(0, 1, 1, 1, 0) - 0.2);
}

static void
refuses_what_is_too_small_cut_off_or_of_two_sizes(void **state)
{
	static const int small[4] = {60, 50, 20, 30};
	static const int off[4] = {250, 250, 120, 150};
	AUTO(raster_clear) struct raster one = {0};
	AUTO(raster_clear) struct raster other = {0};
	AUTO(raster_clear) struct raster cut = {0};
	double out;
	(void)state;
	draw(0, 0, 0, 1, 0, &one);
	draw(0, 0, 0, 1, 0, &other);
	assert_int_equal(same_print(&one, &other, small, &out),
	    ERR_NOT_FOUND);
	assert_int_equal(same_print(&one, &other, off, &out), ERR_NOT_FOUND);
	assert_int_equal(raster_cut(&other, 0, 0, 200, 200, &cut), OK);
	assert_int_equal(same_print(&one, &cut, box, &out), ERR_INVALID);
}

static void
a_picture_of_nothing_is_like_nobody(void **state)
{
	AUTO(raster_clear) struct raster one = {0};
	AUTO(raster_clear) struct raster blank = {0};
	double out = 1;
	(void)state;
	draw(0, 0, 0, 1, 0, &one);
	assert_int_equal(raster_make(SIDE, SIDE, 1, &blank), OK);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
			raster_row(&blank, y)[x] = 200;
	assert_int_equal(same_print(&one, &blank, box, &out), OK);
	assert_true(out < 0.1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_print_is_alike_though_it_lies_a_little_off),
	    cmocka_unit_test(light_from_one_side_changes_no_face),
	    cmocka_unit_test(two_people_are_not_alike_for_having_heads),
	    cmocka_unit_test(refuses_what_is_too_small_cut_off_or_of_two_sizes),
	    cmocka_unit_test(a_picture_of_nothing_is_like_nobody),
	};

	return cmocka_run_group_tests_name("same_print", tests, NULL, NULL);
}
