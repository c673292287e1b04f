/*
 * Colour of things against colour of light.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "vision/chroma.h"

struct lamp {
	double red, blue, mixed; /* mixed: how its colour changes across */
};

/* A page of greys and, when coloured, a tint and a picture. */
static double
measured(bool coloured, struct lamp lamp)
{
	AUTO(raster_clear) struct raster r = {0};
	double out = 0;
	assert_int_equal(raster_make(480, 300, 3, &r), OK);
	for (int y = 0; y < 300; y++) {
		uint8_t *p = raster_row(&r, y);
		for (int x = 0; x < 480; x++, p += 3) {
			double grey = 0.3 + 0.4 * ((x / 20 + y / 20) % 3) / 2;
			double rgb[3] = {grey, grey, grey};
			bool portrait = x < 150 && y > 60;
			rgb[0] *= coloured ? portrait ? 1.25 : 1.06 : 1;
			rgb[2] *= coloured ? portrait ? 0.7 : 0.97 : 1;
			rgb[0] *= lamp.red * (1 + lamp.mixed * x / 480);
			rgb[2] *= lamp.blue * (1 - lamp.mixed * x / 480);
			for (int c = 0; c < 3; c++)
				p[c] = (uint8_t)(255 * pow(fmin(rgb[c], 1),
				    1 / 2.2));
		}
	}
	assert_int_equal(chroma_measure(&r, &out), OK);
	return out;
}

static void
sees_the_colours_of_a_page(void **state)
{
	(void)state;
	assert_true(measured(true, (struct lamp){1, 1, 0}) > 0.1);
	assert_true(measured(true, (struct lamp){1.3, 0.7, 0}) > 0.1);
}

static void
sees_none_in_grey_under_any_lamp(void **state)
{
	(void)state;
	assert_true(measured(false, (struct lamp){1, 1, 0}) < 0.03);
	assert_true(measured(false, (struct lamp){1.35, 0.65, 0}) < 0.03);
	assert_true(measured(false, (struct lamp){0.8, 1.2, 0}) < 0.03);
}

static void
sees_none_in_grey_between_two_lamps(void **state)
{
	(void)state;
	assert_true(measured(false, (struct lamp){1.1, 0.9, 0.25}) < 0.04);
}

static void
says_nothing_of_what_is_dark_or_burnt(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	double out;
	(void)state;
	assert_int_equal(raster_make(100, 60, 3, &r), OK);
	assert_int_equal(chroma_measure(&r, &out), ERR_NOT_FOUND);
	for (int i = 0; i < 100 * 60 * 3; i++)
		r.data[i] = 255;
	assert_int_equal(chroma_measure(&r, &out), ERR_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sees_the_colours_of_a_page),
	    cmocka_unit_test(sees_none_in_grey_under_any_lamp),
	    cmocka_unit_test(sees_none_in_grey_between_two_lamps),
	    cmocka_unit_test(says_nothing_of_what_is_dark_or_burnt)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
