/*
 * Outlines of cards that are drawn here: at any turn, pale on pale, partly
 * hidden; and none where there is none. And what is measured on them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "vision/page/quality.h"

#include "vision/page/outline.h"
#include "vision/pixels/blur.h"

#define W 800
#define H 600
#define SOFT 24 /* pixels that a step out of focus takes */

/* Corners of a card of 400 x 252 about the middle, turned. */
static void
corners_at(float degrees, float out[8])
{
	const float x[4] = {-200, 200, 200, -200};
	const float y[4] = {-126, -126, 126, 126};
	float turn = degrees * (float)M_PI / 180;
	for (int i = 0; i < 4; i++) {
		out[2 * i] = W / 2 + x[i] * cosf(turn) - y[i] * sinf(turn);
		out[2 * i + 1] = H / 2 + x[i] * sinf(turn) + y[i] * cosf(turn);
	}
}

static bool
is_inside(const float c[8], float x, float y)
{
	for (int i = 0; i < 4; i++) {
		int k = (i + 1) & 3;
		if ((c[2 * k] - c[2 * i]) * (y - c[2 * i + 1]) -
		    (c[2 * k + 1] - c[2 * i + 1]) * (x - c[2 * i]) < 0)
			return false;
	}
	return true;
}

static struct raster
card(float degrees, uint8_t table, uint8_t paper)
{
	struct raster r = {0};
	float c[8];
	corners_at(degrees, c);
	assert_int_equal(raster_make(W, H, 3, &r), OK);
	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++)
			memset(raster_row(&r, y) + x * 3,
			    is_inside(c, (float)x, (float)y) ? paper : table,
			    3);
	return r;
}

static float
found_at(const struct raster *r, float degrees)
{
	AUTO(raster_clear) struct raster grey = {0};
	struct page page;
	float c[8];
	corners_at(degrees, c);
	assert_int_equal(raster_grey(r, &grey), OK);
	if (page_find(r, &grey, NULL, &page) != OK)
		return 0;
	/* page_find begins where the longer side does */
	return outline_overlap(page.corners, c);
}

static void
finds_a_card_at_any_turn(void **state)
{
	(void)state;
	for (float degrees = 0; degrees < 360; degrees += 23) {
		AUTO(raster_clear) struct raster r = card(degrees, 60, 200);
		assert_true(found_at(&r, degrees) > 0.97f);
	}
}

static void
finds_a_pale_card_on_a_pale_table(void **state)
{
	AUTO(raster_clear) struct raster r = card(17, 205, 217);
	(void)state;
	assert_true(found_at(&r, 17) > 0.97f);
}

static void
finds_a_card_behind_a_finger(void **state)
{
	AUTO(raster_clear) struct raster r = card(0, 60, 200);
	(void)state;
	for (int y = 120; y < 230; y++) /* over its upper side */
		memset(raster_row(&r, y) + 300 * 3, 150, 80 * 3);
	assert_true(found_at(&r, 0) > 0.97f);
}

/* Fingers leave so little of its sides that it might be anything. */
static struct raster
held_card(bool printed)
{
	struct raster r = card(0, 60, 200);
	for (int y = 70; y < 220; y++)
		memset(raster_row(&r, y) + 320 * 3, 150, 160 * 3);
	for (int y = 380; y < 530; y++)
		memset(raster_row(&r, y) + 320 * 3, 150, 160 * 3);
	for (int y = 222; printed && y < 378; y++)
		for (int x = 225; x < 575; x++)
			if (y % 24 < 8 && x % 9 < 6)
				memset(raster_row(&r, y) + x * 3, 20, 3);
	return r;
}

static void
finds_a_card_among_fingers_by_its_print(void **state)
{
	AUTO(raster_clear) struct raster printed = held_card(true);
	AUTO(raster_clear) struct raster bare = held_card(false);
	(void)state;
	assert_true(found_at(&printed, 0) > 0.95f);
	assert_true(found_at(&bare, 0) <= 0);
}

/* From 0 at one side of what is out of focus to 1 at the other. */
static float
risen(float inside)
{
	return fminf(fmaxf(inside / SOFT + 0.5f, 0), 1);
}

/* Print, and a pale card below it whose sides are out of focus. */
static struct raster
soft_card(int paler)
{
	struct raster r = card(0, 200, 200);
	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++) {
			float across = 200 - fabsf((float)(x - W / 2));
			float down = 126 - fabsf((float)(y - H / 2));
			bool ink = across > 25 && down > 48 && y % 24 < 8 &&
			    x % 9 < 6;
			int paper = 200 + (int)((float)paler *
			    risen(across) * risen(down));
			memset(raster_row(&r, y) + x * 3, ink ? 20 : paper,
			    3);
		}
	return r;
}

static void
finds_a_pale_card_out_of_focus(void **state)
{
	AUTO(raster_clear) struct raster r = soft_card(20);
	AUTO(raster_clear) struct raster print = soft_card(0);
	(void)state;
	assert_true(found_at(&r, 0) > 0.95f);
	assert_true(found_at(&print, 0) <= 0);
}

static void
finds_nothing_on_an_empty_table(void **state)
{
	AUTO(raster_clear) struct raster r = card(0, 90, 90);
	(void)state;
	assert_true(found_at(&r, 0) <= 0);
}

static void
knows_the_shape_of_what_it_sees_from_the_side(void **state)
{
	/* 85.6 x 54 seen with its upper side farther away */
	const float flat[8] = {100, 100, 500, 100, 500, 352, 100, 352};
	const float tilted[8] = {130, 120, 470, 120, 500, 352, 100, 352};
	(void)state;
	assert_true(fabsf(outline_aspect(flat, 640, 480) - 1.587f) < 0.01f);
	assert_true(outline_aspect(tilted, 640, 480) < 1.6f);
}

static void
overlap_is_the_share_in_common(void **state)
{
	const float a[8] = {0, 0, 10, 0, 10, 10, 0, 10};
	const float half[8] = {5, 0, 15, 0, 15, 10, 5, 10};
	const float away[8] = {20, 0, 30, 0, 30, 10, 20, 10};
	(void)state;
	assert_true(fabsf(outline_overlap(a, a) - 1) < 1e-4f);
	assert_true(fabsf(outline_overlap(a, half) - 1 / 3.0f) < 1e-4f);
	assert_true(outline_overlap(a, away) < 1e-4f);
}

/* Stripes of print on paper, the whole picture. */
static void
make_still(struct still *s, int stripe, uint8_t ink, uint8_t paper)
{
	*s = (struct still){.width = W, .height = H, .reduction = 1,
	    .orientation = 1};
	assert_int_equal(raster_make(W, H, 3, &s->colour), OK);
	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++)
			memset(raster_row(&s->colour, y) + x * 3,
			    (x / stripe + y / stripe) & 1 ? ink : paper, 3);
	assert_int_equal(raster_grey(&s->colour, &s->grey), OK);
}

static double
blur_after(double sigma)
{
	AUTO(still_clear) struct still s = {0};
	struct raster soft = {0};
	struct quality q;
	make_still(&s, 20, 40, 200);
	assert_int_equal(blur_by(&s.grey, sigma, &soft), OK);
	raster_move(&soft, &s.grey);
	assert_int_equal(quality_measure(&s, NULL, &q), OK);
	return q.blur;
}

static void
blur_is_told_in_millimetres(void **state)
{
	double two = blur_after(2), four = blur_after(4);
	(void)state;
	/* 800 pixels stand for 85.6 mm where no page was found */
	assert_true(fabs(two - 2 * 85.6 / W) < 0.07);
	assert_true(fabs(four - 4 * 85.6 / W) < 0.1);
}

static void
a_blot_of_light_is_glare_and_white_paper_is_not(void **state)
{
	AUTO(still_clear) struct still lit = {0};
	AUTO(still_clear) struct still white = {0};
	struct quality q;
	(void)state;
	make_still(&lit, 16, 60, 200);
	for (int y = 100; y < 260; y++)
		memset(raster_row(&lit.grey, y) + 300, 255, 160);
	assert_int_equal(quality_measure(&lit, NULL, &q), OK);
	assert_true(q.glare > 0.03);
	assert_true(q.shining.x > 25 && q.shining.x < 40);
	make_still(&white, 100, 255, 255);
	assert_int_equal(quality_measure(&white, NULL, &q), OK);
	assert_true(q.glare <= 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_a_card_at_any_turn),
	    cmocka_unit_test(finds_a_pale_card_on_a_pale_table),
	    cmocka_unit_test(finds_a_card_behind_a_finger),
	    cmocka_unit_test(finds_a_card_among_fingers_by_its_print),
	    cmocka_unit_test(finds_a_pale_card_out_of_focus),
	    cmocka_unit_test(finds_nothing_on_an_empty_table),
	    cmocka_unit_test(knows_the_shape_of_what_it_sees_from_the_side),
	    cmocka_unit_test(overlap_is_the_share_in_common),
	    cmocka_unit_test(blur_is_told_in_millimetres),
	    cmocka_unit_test(
		a_blot_of_light_is_glare_and_white_paper_is_not)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
