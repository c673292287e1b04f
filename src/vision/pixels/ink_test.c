/*
 * Spots of ink.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "vision/pixels/ink.h"

#define PAPER 230

static struct spots spots;

static void
paper(int width, int height, struct raster *out)
{
	assert_int_equal(raster_make(width, height, 1, out), OK);
	memset(out->data, PAPER, (size_t)width * (size_t)height);
}

static void
draw(struct raster *r, int x, int y, int width, int height, int level)
{
	for (int row = y; row < y + height; row++)
		memset(raster_row(r, row) + x, level, (size_t)width);
}

static size_t
count(const struct raster *r, int darker, int least, int most)
{
	assert_int_equal(ink_spots(r, 40, darker, least, most, &spots), OK);
	return spots.count;
}

static void
finds_each_spot_with_its_box(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	(void)state;
	paper(200, 100, &r);
	draw(&r, 10, 20, 8, 14, 40);
	draw(&r, 30, 20, 8, 14, 40);
	assert_int_equal(count(&r, 30, 5, 50), 2);
	assert_int_equal(spots.at[0].left, 10);
	assert_int_equal(spots.at[0].right, 18);
	assert_int_equal(spots.at[0].top, 20);
	assert_int_equal(spots.at[0].bottom, 34);
	assert_int_equal(spots.at[0].area, 8 * 14);
	assert_int_equal(spots.at[1].left, 30);
}

static void
strokes_that_meet_below_are_one_spot(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	(void)state;
	paper(200, 100, &r);
	draw(&r, 10, 20, 4, 20, 40); /* a U */
	draw(&r, 24, 20, 4, 20, 40);
	draw(&r, 10, 40, 18, 4, 40);
	draw(&r, 50, 20, 4, 4, 40); /* touching at a corner */
	draw(&r, 54, 24, 4, 4, 40);
	assert_int_equal(count(&r, 30, 3, 50), 2);
	assert_int_equal(spots.at[0].right, 28);
	assert_int_equal(spots.at[0].bottom, 44);
	assert_int_equal(spots.at[1].area, 32);
}

static void
leaves_out_the_faint_the_small_and_the_tall(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	(void)state;
	paper(200, 100, &r);
	draw(&r, 10, 20, 8, 14, PAPER - 20);
	draw(&r, 30, 20, 2, 2, 40);
	draw(&r, 60, 10, 4, 80, 40);
	assert_int_equal(count(&r, 30, 5, 50), 0);
	assert_int_equal(count(&r, 10, 2, 90), 3);
}

static void
tells_how_dark_a_spot_is(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	(void)state;
	paper(200, 100, &r);
	draw(&r, 60, 20, 4, 14, 100);
	assert_int_equal(count(&r, 30, 5, 50), 1);
	assert_in_range(spots.at[0].dark, 110, 130);
}

/* A line of the ground that runs through letters. */
static void
leaves_out_what_is_too_pale_for_its_place(void **state)
{
	AUTO(raster_clear) struct raster r = {0}, limits = {0};
	(void)state;
	paper(200, 100, &r);
	draw(&r, 0, 26, 200, 2, PAPER - 40);
	draw(&r, 60, 20, 4, 14, 60);
	draw(&r, 70, 20, 4, 14, 60);
	assert_int_equal(count(&r, 20, 5, 50), 1);
	assert_int_equal(raster_make(200, 100, 1, &limits), OK);
	memset(limits.data, 20, 200 * 100);
	draw(&limits, 50, 10, 40, 30, 80);
	assert_int_equal(ink_spots_above(&r, 40, &limits, 5, 50, &spots), OK);
	assert_int_equal(spots.count, 4);
	draw(&limits, 0, 0, 200, 100, 80);
	assert_int_equal(ink_spots_above(&r, 40, &limits, 5, 50, &spots), OK);
	assert_int_equal(spots.count, 2);
	limits.height = 99;
	assert_int_equal(ink_spots_above(&r, 40, &limits, 5, 50, &spots),
	    ERR_INTERNAL);
	err_clear();
	limits.height = 100;
}

/* A row of squares that goes down to the right is level on the turned page. */
static void
tells_spots_as_they_lie_on_the_turned_page(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	AUTO(ink_clear) struct ink ink = {0};
	(void)state;
	paper(200, 100, &r);
	for (int i = 0; i < 3; i++)
		draw(&r, 60 + 26 * i, 35 + 15 * i, 10, 10, 40);
	assert_int_equal(ink_of(&r, 40, 30, &ink), OK);
	assert_int_equal(ink_side(&r), 224);
	assert_int_equal(ink_turned(&ink, 30, 5, 50, &spots), OK);
	assert_int_equal(spots.count, 3);
	for (size_t i = 0; i < 3; i++) {
		const struct spot *s = &spots.at[i];
		assert_in_range(s->bottom - s->top, 12, 14);
		assert_in_range(s->right - s->left, 12, 14);
		assert_in_range(abs(s->top - spots.at[0].top), 0, 1);
		assert_int_equal(s->area, 100);
	}
	assert_in_range(spots.at[1].left - spots.at[0].left, 29, 31);
	assert_in_range((spots.at[1].left + spots.at[1].right) / 2, 105, 108);
	assert_in_range((spots.at[1].top + spots.at[1].bottom) / 2, 119, 122);
	assert_int_equal(ink_turned(&ink, 30, 15, 50, &spots), OK);
	assert_int_equal(spots.count, 0);
}

static void
a_page_of_noise_is_bounded(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	unsigned at = 1;
	(void)state;
	paper(1500, 1500, &r);
	for (size_t i = 0; i < 1500u * 1500u; i++) {
		at = at * 1103515245u + 12345u;
		r.data[i] = (uint8_t)(at >> 16);
	}
	assert_true(count(&r, 30, 1, 90) <= SPOTS_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_each_spot_with_its_box),
	    cmocka_unit_test(strokes_that_meet_below_are_one_spot),
	    cmocka_unit_test(leaves_out_the_faint_the_small_and_the_tall),
	    cmocka_unit_test(tells_how_dark_a_spot_is),
	    cmocka_unit_test(leaves_out_what_is_too_pale_for_its_place),
	    cmocka_unit_test(tells_spots_as_they_lie_on_the_turned_page),
	    cmocka_unit_test(a_page_of_noise_is_bounded)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
