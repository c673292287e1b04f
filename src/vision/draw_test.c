/*
 * Labels on a picture: none hides another.
 */
#include "vision/draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static const struct ink ink = {200, 30, 40};

static bool
overlap(const struct box *a, const struct box *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width &&
	       a->y < b->y + b->height && b->y < a->y + a->height;
}

static void
assert_apart(const struct plates *p, const struct raster *r)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct box *b = &p->of[i];

		assert_true(b->x >= 0 && b->x + b->width <= r->width);
		assert_true(b->y >= 0 && b->y + b->height <= r->height);
		for (size_t j = 0; j < i; j++)
			assert_false(overlap(b, &p->of[j]));
	}
}

static void
labels_at_one_place_lie_behind_and_under_each_other(void **state)
{
	struct raster r;
	struct plates p = {.count = 0};
	const struct box place = {150, 20, 40, 12};

	(void)state;
	assert_int_equal(raster_make(300, 400, 3, &r), OK);
	for (int i = 0; i < 12; i++)
		assert_int_equal(
		    draw_label(&r, &p, place, "birth_date", ink, 15), OK);
	assert_int_equal(p.count, 12);
	assert_apart(&p, &r);
	raster_clear(&r);
}

/* Two lines of print: neither is covered. */
static void
a_label_lies_beside_what_it_names(void **state)
{
	struct raster r;
	struct plates p = {.count = 0};
	const struct box one = {100, 50, 80, 16}, two = {100, 76, 80, 16};

	(void)state;
	assert_int_equal(raster_make(400, 200, 3, &r), OK);
	plates_keep(&p, one);
	plates_keep(&p, two);
	assert_int_equal(draw_label(&r, &p, one, "surname", ink, 15), OK);
	assert_int_equal(draw_label(&r, &p, two, "number", ink, 15), OK);
	assert_int_equal(p.count, 4);
	assert_apart(&p, &r);
	for (size_t i = 2; i < 4; i++)
		assert_in_range(p.of[i].x, 180, 186);
	raster_clear(&r);
}

/* They are drawn all the same, and nothing is written past the table. */
static void
more_labels_than_there_is_room_for_lie_on_each_other(void **state)
{
	struct raster r;
	struct plates p = {.count = 0};
	const struct box place = {0, 0, 1, 1};

	(void)state;
	assert_int_equal(raster_make(60, 40, 3, &r), OK);
	for (int i = 0; i < 2 * PLATES_MAX; i++)
		assert_int_equal(draw_label(&r, &p, place, "a", ink, 15), OK);
	assert_in_range(p.count, 2, PLATES_MAX);
	assert_apart(&p, &r);
	raster_clear(&r);
}

static void
a_small_picture_is_drawn_larger(void **state)
{
	struct raster small, large;

	(void)state;
	assert_int_equal(raster_make(3, 2, 3, &small), OK);
	memset(small.data, 90, 3 * 2 * 3);
	assert_int_equal(draw_larger(&small, 4, &large), OK);
	assert_int_equal(large.width, 12);
	assert_int_equal(large.height, 8);
	assert_int_equal(large.data[0], 90);
	assert_int_equal(large.data[12 * 8 * 3 - 1], 90);
	raster_clear(&large);
	raster_clear(&small);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		labels_at_one_place_lie_behind_and_under_each_other),
	    cmocka_unit_test(a_label_lies_beside_what_it_names),
	    cmocka_unit_test(
		more_labels_than_there_is_room_for_lie_on_each_other),
	    cmocka_unit_test(a_small_picture_is_drawn_larger),
	};

	return cmocka_run_group_tests_name("draw", tests, NULL, NULL);
}
