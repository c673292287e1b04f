/*
 * Both sides of a card in one picture, drawn here: the one without the zone
 * is found in what the other leaves, and nothing where there is none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "vision/page/outline.h"
#include "vision/page/page.h"

#define CARD_W 400
#define CARD_H 252

struct picture {
	struct raster colour, grey;
	struct page page; /* of the side that has the zone */
};

static void
fill(struct raster *r, int x, int y, int w, int h, uint8_t level)
{
	for (int k = y; k < y + h; k++)
		memset(raster_row(r, k) + x * 3, level, (size_t)w * 3);
}

/* Rows of marks of a letter's size. */
static void
print(struct raster *r, int x, int y, int w, int h)
{
	for (int k = y; k + 8 <= y + h; k += 24)
		for (int i = x; i + 6 <= x + w; i += 9)
			fill(r, i, k, 6, 8, 20);
}

static void
corners_of(int x, int y, float out[8])
{
	float l = (float)x, t = (float)y;
	const float c[8] = {l, t, l + CARD_W, t, l + CARD_W, t + CARD_H, l,
	    t + CARD_H};
	memcpy(out, c, sizeof(c));
}

/* A ground with the zone's side on it. */
static struct picture
picture_of(int width, int height, uint8_t ground, int x, int y)
{
	struct picture p = {.page = {.width = 85.6f, .height = 53.98f,
	    .by_contour = true, .upright = true}};
	assert_int_equal(raster_make(width, height, 3, &p.colour), OK);
	fill(&p.colour, 0, 0, width, height, ground);
	fill(&p.colour, x, y, CARD_W, CARD_H, (uint8_t)(ground - 20));
	corners_of(x, y, p.page.corners);
	return p;
}

static float
beside(struct picture *p, int x, int y)
{
	float c[8];
	corners_of(x, y, c);
	assert_int_equal(raster_grey(&p->colour, &p->grey), OK);
	assert_int_equal(page_find_beside(&p->colour, &p->grey, &p->page),
	    OK);
	return p->page.has_other ? outline_overlap(p->page.other, c) : 0;
}

static void
clear(struct picture *p)
{
	raster_clear(&p->colour);
	raster_clear(&p->grey);
}

static void
finds_a_pale_front_above_below_and_at_either_side(void **state)
{
	static const struct {
		int width, height, back[2], front[2];
	} rows[] = {{440, 560, {20, 290}, {20, 18}},
	    {440, 560, {20, 18}, {20, 290}},
	    {900, 300, {20, 20}, {480, 20}},
	    {900, 300, {480, 20}, {20, 20}}};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int x = rows[i].front[0], y = rows[i].front[1];
		struct picture p = picture_of(rows[i].width, rows[i].height,
		    245, rows[i].back[0], rows[i].back[1]);
		fill(&p.colour, x, y, CARD_W, CARD_H, 225);
		print(&p.colour, x + 150, y + 30, 220, 190);
		assert_true(beside(&p, x, y) > 0.94f);
		clear(&p);
	}
}

static void
finds_a_front_that_touches_the_back_and_the_border(void **state)
{
	struct picture p = picture_of(CARD_W, 2 * CARD_H, 245, 0, CARD_H);
	(void)state;
	fill(&p.colour, 0, 0, CARD_W, CARD_H, 220);
	print(&p.colour, 150, 30, 220, 190);
	assert_true(beside(&p, 0, 0) > 0.9f);
	clear(&p);
}

static void
takes_a_front_without_any_edge_by_its_print(void **state)
{
	struct picture p = picture_of(440, 580, 245, 20, 310);
	(void)state;
	print(&p.colour, 60, 50, 320, 190);
	assert_true(beside(&p, 20, 20) > 0.7f);
	clear(&p);
}

static void
leaves_a_caption_out(void **state)
{
	struct picture p = picture_of(440, 620, 245, 20, 350);
	(void)state;
	fill(&p.colour, 20, 18, CARD_W, CARD_H, 225);
	print(&p.colour, 170, 48, 220, 190);
	print(&p.colour, 150, 300, 120, 12);
	assert_true(beside(&p, 20, 18) > 0.94f);
	clear(&p);
}

static void
finds_nothing_on_an_empty_ground_nor_for_a_side_alone(void **state)
{
	struct picture p = picture_of(440, 560, 245, 20, 290);
	(void)state;
	assert_true(beside(&p, 20, 18) <= 0);
	assert_false(p.page.has_other);
	clear(&p);
	p = picture_of(440, 290, 245, 20, 19);
	assert_true(beside(&p, 20, 18) <= 0);
	clear(&p);
}

static void
is_no_front_when_it_is_of_another_size_or_shape(void **state)
{
	struct picture p = picture_of(440, 560, 245, 20, 290);
	(void)state;
	fill(&p.colour, 20, 18, 200, 200, 120); /* a picture, unprinted */
	assert_true(beside(&p, 20, 18) <= 0);
	clear(&p);
}

static void
what_was_found_beside_is_taken_for_whole(void **state)
{
	struct picture p = picture_of(CARD_W, 2 * CARD_H, 245, 0, CARD_H);
	(void)state;
	fill(&p.colour, 0, 0, CARD_W, CARD_H, 220);
	print(&p.colour, 150, 30, 220, 190);
	assert_true(beside(&p, 0, 0) > 0.9f);
	assert_true(page_take_other(&p.page, &p.grey));
	assert_false(p.page.by_contour);
	assert_false(p.page.upright);
	assert_true(p.page.width < 86);
	clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_a_pale_front_above_below_and_at_either_side),
	    cmocka_unit_test(
		finds_a_front_that_touches_the_back_and_the_border),
	    cmocka_unit_test(takes_a_front_without_any_edge_by_its_print),
	    cmocka_unit_test(leaves_a_caption_out),
	    cmocka_unit_test(
		finds_nothing_on_an_empty_ground_nor_for_a_side_alone),
	    cmocka_unit_test(is_no_front_when_it_is_of_another_size_or_shape),
	    cmocka_unit_test(what_was_found_beside_is_taken_for_whole)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
