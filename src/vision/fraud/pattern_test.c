/*
 * Patterns, on pages drawn by arithmetic: lines of ink, dots, the stripes of
 * a display, and the table around them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vision/fraud/pattern.h"

#define WIDTH 1200
#define HEIGHT 900
#define STEP 5.3 /* pixels */

enum drawn { PAPER, LINES, DOTS, STRIPES, THIRD_ROWS, FOURTH_ROWS,
	HALF_OF_IT, STROKES };

/* The light of one channel at a place. */
static double
light(enum drawn what, double x, double y, int channel)
{
	double k = 2 * M_PI / STEP;
	double u = x * cos(0.26) + y * sin(0.26);
	double v = y * cos(0.26) - x * sin(0.26);
	switch (what) {
	case PAPER:
		return 0;
	case LINES:
		return (channel == 0 ? 40 : 15) * sin(k * u + 0.05 * v);
	case DOTS:
		return 20 * (cos(k * u) + cos(k * v));
	case THIRD_ROWS:
		return (int)y % 3 == 0 ? -25 : 0;
	case FOURTH_ROWS:
		return (int)y % 4 == 0 ? -25 : 0;
	case HALF_OF_IT:
		return x < WIDTH / 2 && (int)y % 3 == 0 ? -25 : 0;
	case STROKES:
		return (int)(x / 1.7) % 3 == 0 ? -110 : 100;
	case STRIPES:
		return 30 * cos(k * (x + 0.07 * y) + channel * 2 * M_PI / 3) +
		    12 * cos(k * (y - 0.07 * x));
	}
	return 0;
}

static void
draw(enum drawn on, enum drawn around, struct still *s, struct page *p)
{
	const float corners[8] = {250, 200, 950, 200, 950, 640, 250, 640};
	*s = (struct still){.width = WIDTH, .height = HEIGHT, .reduction = 1};
	*p = (struct page){.width = 85.6f, .height = 53.98f, .upright = true};
	memcpy(p->corners, corners, sizeof(corners));
	assert_int_equal(raster_make(WIDTH, HEIGHT, 3, &s->colour), OK);
	srand(3);
	for (int y = 0; y < HEIGHT; y++) {
		uint8_t *row = raster_row(&s->colour, y);
		for (int x = 0; x < WIDTH; x++, row += 3) {
			bool inside = x >= 250 && x < 950 && y >= 200 &&
			    y < 640;
			double grain = rand() % 13 - 6;
			for (int c = 0; c < 3; c++)
				row[c] = (uint8_t)(128 + grain + light(inside ?
				    on : around, x, y, c));
		}
	}
}

static struct pattern
measured(enum drawn on, enum drawn around)
{
	AUTO(still_clear) struct still s;
	struct page p;
	struct pattern out;
	draw(on, around, &s, &p);
	assert_int_equal(pattern_measure(&s, &p, &out), OK);
	assert_true(out.inside > 4 && out.outside > 4);
	return out;
}

static void
finds_nothing_in_grain(void **state)
{
	struct pattern p = measured(PAPER, PAPER);
	(void)state;
	assert_true(p.fringe.height < 3.5);
	assert_true(p.grid.height < 3.5);
	assert_true(p.beyond.height < 3.5);
}

static void
knows_lines_of_ink_from_a_grid_and_from_a_display(void **state)
{
	struct pattern p = measured(LINES, PAPER);
	(void)state;
	assert_true(p.grid.height < 5);
	assert_true(p.fringe.height < 5);
	assert_true(p.beyond.height < 5);
}

static void
finds_dots_and_how_they_are_turned(void **state)
{
	struct pattern p = measured(DOTS, PAPER);
	(void)state;
	assert_true(p.grid.height > 12);
	assert_true(fabs(p.grid_turn - 15) < 3);
	assert_true(p.fringe.height < 5);
}

static void
finds_the_stripes_of_a_display_and_that_they_go_on(void **state)
{
	struct pattern p = measured(STRIPES, STRIPES);
	(void)state;
	assert_true(p.fringe.height > 8);
	assert_true(p.beyond.height > 8);
	assert_true(p.grid_turn < 8);
}

static void
finds_rows_that_lie_over_all_of_the_document(void **state)
{
	(void)state;
	for (enum drawn what = THIRD_ROWS; what <= FOURTH_ROWS; what++) {
		struct pattern p = measured(what, what);
		assert_true(p.everywhere.height > 12);
		assert_true(p.everywhere_turn < 1);
	}
}

static void
does_not_call_everywhere_what_half_of_the_document_has(void **state)
{
	struct pattern p = measured(HALF_OF_IT, PAPER);
	(void)state;
	assert_true(p.everywhere.height < 6);
}

static void
tells_how_lines_of_ink_all_over_a_page_are_turned(void **state)
{
	struct pattern p = measured(LINES, PAPER);
	(void)state;
	assert_true(p.everywhere.height > 12);
	assert_true(fabs(p.everywhere_turn - 18) < 4);
}

/* Cloth has a pattern of its own. */
static void
does_not_take_the_table_for_the_document(void **state)
{
	struct pattern p = measured(PAPER, DOTS);
	(void)state;
	assert_true(p.beyond.height < 5);
	assert_true(p.grid.height < 5);
}

/* A document shown on a page of text has print of its own. */
static void
does_not_ask_print_around_the_document(void **state)
{
	AUTO(still_clear) struct still s;
	struct page page;
	struct pattern p;
	(void)state;
	draw(STROKES, STROKES, &s, &page);
	assert_int_equal(pattern_measure(&s, &page, &p), OK);
	assert_int_equal(p.outside, 0);
	assert_true(p.beyond.height < 5);
}

static void
takes_the_middle_where_no_page_is_known(void **state)
{
	AUTO(still_clear) struct still s;
	struct page page;
	struct pattern p;
	(void)state;
	draw(STRIPES, STRIPES, &s, &page);
	assert_int_equal(pattern_measure(&s, NULL, &p), OK);
	assert_int_equal(p.outside, 0);
	assert_true(p.fringe.height > 8);
}

static void
refuses_pictures_smaller_than_a_square(void **state)
{
	AUTO(still_clear) struct still s = {.width = 120, .height = 110,
	    .reduction = 1};
	struct pattern p;
	(void)state;
	assert_int_equal(raster_make(120, 110, 3, &s.colour), OK);
	assert_int_equal(pattern_measure(&s, NULL, &p), ERR_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_nothing_in_grain),
	    cmocka_unit_test(
		knows_lines_of_ink_from_a_grid_and_from_a_display),
	    cmocka_unit_test(finds_dots_and_how_they_are_turned),
	    cmocka_unit_test(
		finds_the_stripes_of_a_display_and_that_they_go_on),
	    cmocka_unit_test(
		finds_rows_that_lie_over_all_of_the_document),
	    cmocka_unit_test(
		does_not_call_everywhere_what_half_of_the_document_has),
	    cmocka_unit_test(
		tells_how_lines_of_ink_all_over_a_page_are_turned),
	    cmocka_unit_test(does_not_take_the_table_for_the_document),
	    cmocka_unit_test(does_not_ask_print_around_the_document),
	    cmocka_unit_test(takes_the_middle_where_no_page_is_known),
	    cmocka_unit_test(refuses_pictures_smaller_than_a_square)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
