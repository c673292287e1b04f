/*
 * Pictures that are saved, changed in a place, and saved again, here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vision/file/history.h"

#define WIDTH 640
#define HEIGHT 480
#define LEFT 240
#define TOP 200
#define WIDE 120
#define HIGH 32

static uint8_t
level(int x, int y, double phase)
{
	return (uint8_t)(128 + 40 * sin(x * 0.9 + y * 0.2 + phase) +
	    25 * sin(y * 0.5 - x * 0.13) + rand() % 20 - 10);
}

static void
draw(struct raster *r)
{
	assert_int_equal(raster_make(WIDTH, HEIGHT, 3, r), OK);
	srand(7);
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++)
			memset(raster_row(r, y) + (size_t)x * 3,
			    level(x, y, 0), 3);
}

static void
change(struct raster *r)
{
	for (int y = TOP; y < TOP + HIGH; y++)
		for (int x = LEFT; x < LEFT + WIDE; x++)
			memset(raster_row(r, y) + (size_t)x * 3,
			    level(x, y, 1.5), 3);
}

/* Saved, changed or not, saved again; what it went through. */
static RESULT
saved(int first, bool changed, int second, struct still *s,
    struct history *out)
{
	AUTO(raster_clear) struct raster r = {0};
	AUTO(buf_clear) struct buf before;
	AUTO(buf_clear) struct buf after;
	AUTO(still_clear) struct still old = {0};
	struct jpeg_file f;
	draw(&r);
	buf_init(&before, STILL_CLEAN_MAX);
	buf_init(&after, STILL_CLEAN_MAX);
	assert_int_equal(still_write(&r, first, &before), OK);
	assert_int_equal(still_decode(span_of_buf(&before), false, &old), OK);
	if (changed)
		change(&old.colour);
	assert_int_equal(still_write(&old.colour, second, &after), OK);
	assert_int_equal(still_decode(span_of_buf(&after), false, s), OK);
	assert_int_equal(jpeg_file_parse(span_of_buf(&after), &f), OK);
	return history_read(span_of_buf(&after), &f, s, out);
}

static double
against(const struct history *h, const struct still *s, float x, float y)
{
	struct apart a;
	const float points[8] = {x, y, x + WIDE, y, x + WIDE, y + HIGH, x,
	    y + HIGH};
	assert_int_equal(history_apart(h, s, points, 4, &a), OK);
	return a.against;
}

static void
finds_the_place_that_was_changed(void **state)
{
	static const int pairs[][2] = {{60, 80}, {75, 92}, {85, 95}};
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		AUTO(still_clear) struct still s = {0};
		AUTO(history_clear) struct history h = {0};
		struct apart a;
		assert_int_equal(saved(pairs[i][0], true, pairs[i][1], &s, &h),
		    OK);
		assert_int_equal(history_apart(&h, &s, NULL, 0, &a), OK);
		assert_true(a.against > 80);
		assert_true(a.corners[0] > LEFT - 24 &&
		    a.corners[2] < LEFT + WIDE + 24 &&
		    a.corners[1] > TOP - 16 &&
		    a.corners[5] < TOP + HIGH + 16);
		assert_true(against(&h, &s, LEFT, TOP) > 80);
		assert_true(against(&h, &s, 20, 20) < 20);
		/* as a whole the picture is what it was */
		const float all[8] = {0, 0, WIDTH, 0, WIDTH, HEIGHT, 0,
		    HEIGHT};
		assert_int_equal(history_apart_whole(&h, &s, all, 4, &a), OK);
		assert_true(a.against == 0);
	}
}

static void
finds_nothing_where_nothing_was_changed(void **state)
{
	AUTO(still_clear) struct still s = {0};
	AUTO(history_clear) struct history h = {0};
	struct apart a;
	(void)state;
	assert_int_equal(saved(75, false, 92, &s, &h), OK);
	assert_int_equal(history_apart(&h, &s, NULL, 0, &a), OK);
	assert_true(a.against < 20);
}

/* Without an outline all of the picture is looked at, whatever is counted. */
static void
looks_at_all_of_a_picture_without_an_outline(void **state)
{
	AUTO(still_clear) struct still s = {0};
	AUTO(history_clear) struct history h = {0};
	struct apart a, b;
	const float far[8] = {-1e12f, -1e12f, 1e12f, -1e12f, 1e12f, 1e12f,
	    -1e12f, 1e12f};
	(void)state;
	assert_int_equal(saved(75, true, 92, &s, &h), OK);
	assert_int_equal(history_apart(&h, &s, NULL, 4, &a), OK);
	assert_int_equal(history_apart(&h, &s, far, 4, &b), OK);
	assert_true(a.against > 80);
	assert_true(b.against == a.against);
}

static void
says_nothing_of_a_file_that_was_saved_once_or_worse(void **state)
{
	static const int pairs[][2] = {{92, 70}, {80, 80}};
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		AUTO(still_clear) struct still s = {0};
		AUTO(history_clear) struct history h = {0};
		struct apart a;
		assert_int_equal(saved(pairs[i][0], true, pairs[i][1], &s, &h),
		    ERR_NOT_FOUND);
		assert_int_equal(history_apart(&h, &s, NULL, 0, &a),
		    ERR_NOT_FOUND);
	}
}

/* Kept without losses after the change: its pixels still tell. */
static void
finds_the_place_in_a_file_without_losses(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	AUTO(buf_clear) struct buf file;
	AUTO(still_clear) struct still s = {0};
	AUTO(history_clear) struct history h = {0};
	AUTO(history_clear) struct history none = {0};
	struct apart a;
	(void)state;
	buf_init(&file, STILL_CLEAN_MAX);
	draw(&r);
	assert_int_equal(still_write(&r, 75, &file), OK);
	assert_int_equal(still_decode(span_of_buf(&file), false, &s), OK);
	change(&s.colour);
	raster_clear(&s.grey);
	assert_int_equal(raster_grey(&s.colour, &s.grey), OK);
	assert_int_equal(history_read_pixels(&s, &h), OK);
	assert_int_equal(history_apart(&h, &s, NULL, 0, &a), OK);
	assert_true(a.against > 80 && a.corners[0] > LEFT - 24 &&
	    a.corners[2] < LEFT + WIDE + 24);
	assert_true(against(&h, &s, 20, 20) < 20);

	struct still fresh = {.width = WIDTH, .height = HEIGHT,
	    .reduction = 1, .orientation = 1, .colour = r};
	assert_int_equal(raster_grey(&r, &fresh.grey), OK);
	assert_int_equal(history_read_pixels(&fresh, &none), ERR_NOT_FOUND);
	raster_clear(&fresh.grey);
}

static void
says_nothing_of_a_place_of_one_grey(void **state)
{
	AUTO(still_clear) struct still s = {.width = 640, .height = 480,
	    .reduction = 1, .orientation = 1};
	float says[80 * 60] = {0};
	uint8_t count[80 * 60] = {0};
	const struct history h = {80, 60, 1, says, count};
	struct apart a;
	(void)state;
	assert_int_equal(history_apart(&h, &s, NULL, 0, &a), ERR_NOT_FOUND);
}

/* The same place, told of a picture that lies on its side or mirrored. */
static void
leads_places_back_through_every_turn(void **state)
{
	(void)state;
	for (int turn = 1; turn <= 8; turn++) {
		struct still s = {.width = turn >= 5 ? 480 : 640,
		    .height = turn >= 5 ? 640 : 480, .orientation = turn};
		int box[4] = {10, 20, 30, 70}, was[4];
		memcpy(was, box, sizeof(box));
		still_box_in_file(&s, box);
		still_box_upright(&s, box);
		assert_memory_equal(box, was, sizeof(box));
	}
}

/* One changed field among others; a picture that was read wrongly, where all
 * print speaks; two parts, of which nobody knows which is the usual one. */
static void
hears_one_part_and_not_all_of_them(void **state)
{
	float one[] = {0, 240, 0, 18}, all[] = {233, 101, 172, 257, 248};
	float two[] = {90, 370};

	(void)state;
	assert_true(history_alone(one, 4) > 200);
	assert_true(history_alone(all, 5) == 0);
	assert_true(history_alone(two, 2) == 370);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_the_place_that_was_changed),
	    cmocka_unit_test(finds_nothing_where_nothing_was_changed),
	    cmocka_unit_test(looks_at_all_of_a_picture_without_an_outline),
	    cmocka_unit_test(
		says_nothing_of_a_file_that_was_saved_once_or_worse),
	    cmocka_unit_test(finds_the_place_in_a_file_without_losses),
	    cmocka_unit_test(says_nothing_of_a_place_of_one_grey),
	    cmocka_unit_test(leads_places_back_through_every_turn),
	    cmocka_unit_test(hears_one_part_and_not_all_of_them)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
