/*
 * Colour of things against colour of light.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "vision/fraud/chroma.h"

struct lamp {
	double red, blue, mixed; /* mixed: how its colour changes across */
};

/* What a copy is made of and what befell its picture. */
struct copy {
	double toner; /* how much redder dark is than bright */
	int noise;    /* levels, each channel of its own */
	bool finger;  /* over the edge */
	bool stamp;   /* a ring, red */
};

static int
shaken(unsigned *state, int noise)
{
	*state = *state * 1103515245u + 12345u;
	return noise ? (int)(*state >> 16) % (2 * noise + 1) - noise : 0;
}

/* A page of greys and, when coloured, a tint and a picture. */
static struct chroma
both_of(bool coloured, struct lamp lamp, struct copy copy)
{
	unsigned state = 1;
	AUTO(raster_clear) struct raster r = {0};
	struct chroma out = {0};
	assert_int_equal(raster_make(480, 300, 3, &r), OK);
	for (int y = 0; y < 300; y++) {
		uint8_t *p = raster_row(&r, y);
		for (int x = 0; x < 480; x++, p += 3) {
			double grey = 0.3 + 0.4 * ((x / 20 + y / 20) % 3) / 2;
			double rgb[3] = {grey, grey, grey};
			bool portrait = x > 40 && x < 150 && y > 60;
			bool finger = copy.finger && x > 380 && y > 240;
			rgb[0] *= coloured ? portrait ? 1.25 : 1.06 : 1;
			rgb[2] *= coloured ? portrait ? 0.7 : 0.97 : 1;
			rgb[0] *= 1 + copy.toner * (1 - grey);
			rgb[0] *= finger ? 1.5 : 1;
			rgb[2] *= finger ? 0.6 : 1;
			double far = hypot(x - 320, y - 150);
			bool stamp = copy.stamp && far > 84 && far < 98;
			rgb[1] *= stamp ? 0.5 : 1;
			rgb[2] *= stamp ? 0.5 : 1;
			rgb[0] *= lamp.red * (1 + lamp.mixed * x / 480);
			rgb[2] *= lamp.blue * (1 - lamp.mixed * x / 480);
			for (int c = 0; c < 3; c++)
				p[c] = (uint8_t)(235 * pow(fmin(rgb[c], 1),
				    1 / 2.2) + shaken(&state, copy.noise));
		}
	}
	assert_int_equal(chroma_measure(&r, &out), OK);
	return out;
}

static double
measured_of(bool coloured, struct lamp lamp, struct copy copy)
{
	return both_of(coloured, lamp, copy).all;
}

static double
measured(bool coloured, struct lamp lamp)
{
	return measured_of(coloured, lamp, (struct copy){0, 0, false, false});
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
sees_none_in_a_tinted_copy(void **state)
{
	struct lamp warm = {1.2, 0.8, 0.1};
	(void)state;
	assert_true(measured_of(false, warm, (struct copy){0.3, 0, false, false}) <
	    0.03);
}

static void
sees_none_in_noise(void **state)
{
	struct lamp lamp = {1, 1, 0};
	(void)state;
	assert_true(measured_of(false, lamp, (struct copy){0, 12, false, false}) <
	    0.03);
	assert_true(measured_of(true, lamp, (struct copy){0, 12, false, false}) >
	    0.05);
}

static void
leaves_out_a_finger_over_the_edge(void **state)
{
	struct lamp lamp = {1, 1, 0};
	(void)state;
	assert_true(measured_of(false, lamp, (struct copy){0, 0, true, false}) <
	    0.03);
	assert_true(measured_of(true, lamp, (struct copy){0, 0, true, false}) > 0.1);
}

static void
says_nothing_of_what_is_dark_or_burnt(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct chroma out;
	(void)state;
	assert_int_equal(raster_make(100, 60, 3, &r), OK);
	assert_int_equal(chroma_measure(&r, &out), ERR_NOT_FOUND);
	for (int i = 0; i < 100 * 60 * 3; i++)
		r.data[i] = 255;
	assert_int_equal(chroma_measure(&r, &out), ERR_NOT_FOUND);
}

static void
tells_a_stamp_from_the_colours_of_a_document(void **state)
{
	const struct lamp lamp = {1.0, 0.9, 0.05};
	struct chroma copy = both_of(false, lamp,
	    (struct copy){.noise = 3, .stamp = true});
	struct chroma page = both_of(true, lamp,
	    (struct copy){.noise = 3, .stamp = true});
	(void)state;
	assert_true(copy.all > 0.05);
	assert_true(copy.rest < 0.03);
	assert_true(page.rest > copy.rest + 0.01);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tells_a_stamp_from_the_colours_of_a_document),
	    cmocka_unit_test(sees_the_colours_of_a_page),
	    cmocka_unit_test(sees_none_in_grey_under_any_lamp),
	    cmocka_unit_test(sees_none_in_grey_between_two_lamps),
	    cmocka_unit_test(sees_none_in_a_tinted_copy),
	    cmocka_unit_test(sees_none_in_noise),
	    cmocka_unit_test(leaves_out_a_finger_over_the_edge),
	    cmocka_unit_test(says_nothing_of_what_is_dark_or_burnt)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
