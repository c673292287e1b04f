/*
 * Dark things of a letter's size, in their order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "vision/pixels/specks.h"

#define WIDTH 90
#define HEIGHT 60

static const struct glyph_search usual = {15, 12, 3, 30};

static struct {
	struct raster grey;
	struct glyph found[GLYPHS_MAX];
	size_t count;
} s;

static int
setup(void **state)
{
	(void)state;
	assert_int_equal(raster_make(WIDTH, HEIGHT, 1, &s.grey), OK);
	memset(s.grey.data, 200, WIDTH * HEIGHT);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	raster_clear(&s.grey);
	return 0;
}

static void
box(int x, int y, int w, int h, uint8_t level)
{
	for (int row = y; row < y + h; row++)
		memset(raster_row(&s.grey, row) + x, level, (size_t)w);
}

static void
look(void)
{
	assert_int_equal(specks_find(&s.grey, &usual, s.found, &s.count), OK);
}

static void
tells_the_box_and_the_area(void **state)
{
	(void)state;
	box(20, 10, 6, 3, 40);
	box(20, 13, 2, 4, 40);
	look();
	assert_int_equal(s.count, 1);
	assert_true(s.found[0].x == 23 && s.found[0].y == 13.5f);
	assert_true(s.found[0].w == 6 && s.found[0].h == 7);
	assert_true(s.found[0].area == 26);
}

static void
a_corner_joins_and_a_gap_parts(void **state)
{
	(void)state;
	box(20, 10, 4, 4, 40);
	box(24, 14, 4, 4, 40);
	look();
	assert_int_equal(s.count, 1);
	box(24, 14, 4, 4, 200);
	box(25, 14, 4, 4, 40);
	look();
	assert_int_equal(s.count, 2);
}

/* Arms that meet only far below are one thing. */
static void
arms_that_meet_below_are_one(void **state)
{
	(void)state;
	box(20, 10, 2, 9, 40);
	box(28, 10, 2, 9, 40);
	box(20, 19, 10, 2, 40);
	look();
	assert_int_equal(s.count, 1);
	assert_true(s.found[0].w == 10 && s.found[0].h == 11);
}

static void
what_is_hardly_darker_is_none(void **state)
{
	(void)state;
	box(20, 10, 4, 4, 190);
	look();
	assert_int_equal(s.count, 0);
	box(20, 10, 4, 4, 180);
	look();
	assert_int_equal(s.count, 1);
}

static void
what_is_small_large_or_a_line_is_no_letter(void **state)
{
	(void)state;
	box(10, 10, 2, 2, 40);
	box(20, 10, 3, 32, 40);
	for (int i = 0; i < 28; i++)
		box(40 + i, 20 + i, 1, 1, 40);
	look();
	assert_int_equal(s.count, 0);
}

static void
edges_of_the_picture_hide_nothing(void **state)
{
	(void)state;
	box(0, 0, 4, 4, 40);
	box(WIDTH - 4, HEIGHT - 4, 4, 4, 40);
	look();
	assert_int_equal(s.count, 2);
	assert_true(s.found[0].x == 2 && s.found[0].y == 2);
	assert_true(s.found[1].x == WIDTH - 2 && s.found[1].y == HEIGHT - 2);
}

/* Squares of two pixels: what begins one row lower may come first. */
static void
the_order_is_from_above_then_from_the_left(void **state)
{
	(void)state;
	box(50, 10, 4, 4, 40);
	box(20, 11, 4, 4, 40);
	box(5, 12, 4, 4, 40);
	look();
	assert_int_equal(s.count, 3);
	assert_true(s.found[0].x == 22);
	assert_true(s.found[1].x == 52);
	assert_true(s.found[2].x == 7);
}

static void
a_picture_of_one_pixel_has_none(void **state)
{
	(void)state;
	s.grey.width = s.grey.height = 1;
	look();
	assert_int_equal(s.count, 0);
}

int
main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(tells_the_box_and_the_area),
		T(a_corner_joins_and_a_gap_parts),
		T(arms_that_meet_below_are_one),
		T(what_is_hardly_darker_is_none),
		T(what_is_small_large_or_a_line_is_no_letter),
		T(edges_of_the_picture_hide_nothing),
		T(the_order_is_from_above_then_from_the_left),
		T(a_picture_of_one_pixel_has_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
