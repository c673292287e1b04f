/*
 * Bars around pictures that are drawn here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "vision/page/bars.h"

#define WIDTH 300
#define HEIGHT 400

/* A camera's picture of a table of one colour: noise is in it. */
static void
draw(struct raster *r)
{
	assert_int_equal(raster_make(WIDTH, HEIGHT, 1, r), OK);
	srand(5);
	for (int i = 0; i < WIDTH * HEIGHT; i++)
		r->data[i] = (uint8_t)(60 + rand() % 25);
}

static void
finds_bars_above_and_below_a_screenshot(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct bars bars;
	(void)state;
	draw(&r);
	memset(r.data, 0, 70 * WIDTH);
	memset(r.data + 330 * WIDTH, 0, 70 * WIDTH);
	for (int y = 8; y < 20; y++) /* its clock */
		memset(raster_row(&r, y) + 20, 230, 60);
	bars_of(&r, &bars);
	assert_int_equal(bars.top, 70);
	assert_int_equal(bars.bottom, 70);
	assert_int_equal(bars.left, 0);
	assert_int_equal(bars.right, 0);
}

static void
finds_the_white_margin_of_a_scan(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct bars bars;
	(void)state;
	draw(&r);
	for (int y = 0; y < HEIGHT; y++)
		memset(raster_row(&r, y) + 180, 255, WIDTH - 180);
	memset(r.data + 260 * WIDTH, 255, 140 * WIDTH);
	bars_of(&r, &bars);
	assert_int_equal(bars.right, 120);
	assert_int_equal(bars.bottom, 140);
	assert_int_equal(bars.left, 0);
	assert_int_equal(bars.top, 0);
}

static void
finds_none_in_what_a_camera_saw(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct bars bars;
	(void)state;
	draw(&r);
	bars_of(&r, &bars);
	assert_int_equal(bars.left + bars.top + bars.right + bars.bottom, 0);
}

static void
leaves_a_picture_of_one_level_alone(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct bars bars;
	(void)state;
	assert_int_equal(raster_make(WIDTH, HEIGHT, 1, &r), OK);
	memset(r.data, 128, WIDTH * HEIGHT);
	bars_of(&r, &bars);
	assert_int_equal(bars.left + bars.top + bars.right + bars.bottom, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_bars_above_and_below_a_screenshot),
	    cmocka_unit_test(finds_the_white_margin_of_a_scan),
	    cmocka_unit_test(finds_none_in_what_a_camera_saw),
	    cmocka_unit_test(leaves_a_picture_of_one_level_alone)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
