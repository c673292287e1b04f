#include "vision/page/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define WIDE 800
#define HIGH 600

static void
fill(struct raster *r, int x, int y, int w, int h, int grey)
{
	for (int row = y; row < y + h; row++)
		memset(raster_row(r, row) + x, grey, (size_t)w);
}

/* As a camera sees it: where all is one level, it is a bar. */
static void
fill_noisy(struct raster *r, int x, int y, int w, int h, int grey)
{
	for (int row = y; row < y + h; row++)
		for (int i = x; i < x + w; i++)
			raster_row(r, row)[i] = (uint8_t)(grey - 9 +
			    rand() % 19);
}

/* A grey table; a card of 340 x 214 pixels lies in the middle. */
static struct page
table(struct raster *out)
{
	assert_int_equal(raster_make(WIDE, HIGH, 1, out), OK);
	srand(3);
	fill_noisy(out, 0, 0, WIDE, HIGH, 120);
	return (struct page){.corners = {230, 193, 570, 193, 570, 407, 230,
	    407}, .width = 85.6f, .height = 53.98f, .by_contour = true};
}

static int
sides(const struct raster *r, const struct page *p)
{
	int out = -1;
	assert_int_equal(frame_sides(r, p, &out), OK);
	return out;
}

static void
a_bare_table_has_no_frame(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct page p = table(&r);

	(void)state;
	fill(&r, 230, 193, 340, 214, 220);
	assert_int_equal(sides(&r, &p), 0);
}

static void
a_sheet_around_the_card_is_a_frame(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct page p = table(&r);

	(void)state;
	fill(&r, 150, 120, 500, 360, 245);
	fill(&r, 230, 193, 340, 214, 200);
	assert_int_equal(sides(&r, &p), 4);
}

static void
a_dark_bezel_is_one_too(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct page p = table(&r);

	(void)state;
	fill(&r, 100, 90, 600, 420, 20);
	fill(&r, 140, 130, 520, 340, 90);
	assert_int_equal(sides(&r, &p), 4);
}

/* As of a card that floats over a web page. */
static void
its_own_shadow_is_no_frame(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct page p = table(&r);

	(void)state;
	for (int k = 0; k < 20; k++) /* from far to near, darker and darker */
		for (int y = 213 + k; y < 440 - k; y++)
			for (int x = 250 + k; x < 603 - k; x++)
				raster_row(&r, y)[x] -= 4;
	fill(&r, 230, 193, 340, 214, 220);
	assert_int_equal(sides(&r, &p), 0);
}

/* A pencil, say, and the border of the table. */
static void
one_straight_thing_beside_it_is_one_side(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct page p = table(&r);

	(void)state;
	fill_noisy(&r, 640, 0, 160, HIGH, 40);
	assert_int_equal(sides(&r, &p), 1);
}

static void
what_does_not_run_along_a_side_is_nothing(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct page p = table(&r);

	(void)state;
	for (int y = 0; y < HIGH; y++) /* a border that leans by 20 degrees */
		fill(&r, 590 + y / 3, y, WIDE - 590 - y / 3, 1, 40);
	assert_int_equal(sides(&r, &p), 0);
}

/* A screenshot of a gallery. */
static void
bars_of_one_level_are_no_frame(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct page p = table(&r);
	int out;

	(void)state;
	fill(&r, 0, 0, WIDE, 150, 0);
	fill(&r, 0, 450, WIDE, 150, 0);
	assert_int_equal(sides(&r, &p), 0);
	/* and without anything between bars and document nothing is said */
	fill(&r, 0, 0, 225, HIGH, 0);
	fill(&r, 575, 0, 225, HIGH, 0);
	assert_int_equal(frame_sides(&r, &p, &out), ERR_NOT_FOUND);
}

static void
nothing_is_said_of_a_document_that_fills_the_picture(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct page p = table(&r);
	const float all[8] = {4, 4, WIDE - 4, 4, WIDE - 4, HIGH - 4, 4,
	    HIGH - 4};
	int out;

	(void)state;
	memcpy(p.corners, all, sizeof(all));
	assert_int_equal(frame_sides(&r, &p, &out), ERR_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_bare_table_has_no_frame),
	    cmocka_unit_test(a_sheet_around_the_card_is_a_frame),
	    cmocka_unit_test(a_dark_bezel_is_one_too),
	    cmocka_unit_test(its_own_shadow_is_no_frame),
	    cmocka_unit_test(one_straight_thing_beside_it_is_one_side),
	    cmocka_unit_test(bars_of_one_level_are_no_frame),
	    cmocka_unit_test(what_does_not_run_along_a_side_is_nothing),
	    cmocka_unit_test(
		nothing_is_said_of_a_document_that_fills_the_picture),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
