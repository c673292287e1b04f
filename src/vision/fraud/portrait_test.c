#include "vision/fraud/portrait.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "vision/fraud/border.h"
#include "vision/sight.h"

#define WIDE 1000
#define HIGH 636

/* A pale page with a little grain. */
static void
page(struct raster *out)
{
	unsigned seed = 7;
	assert_int_equal(raster_make(WIDE, HIGH, 3, out), OK);
	for (size_t i = 0; i < (size_t)WIDE * HIGH * 3; i++) {
		seed = seed * 1664525u + 1013904223u;
		out->data[i] = (uint8_t)(214 + (seed >> 28) / 3);
	}
}

/* A head of blots: which one tells the faces apart. */
static void
face(struct raster *r, int left, int top, int wide, int which, double strong)
{
	static const double blots[3][6][4] = {
	    {{.5, .25, .30, -90}, {.5, .55, .22, 40}, {.38, .5, .06, -80},
		{.62, .5, .06, -80}, {.5, .74, .10, -50}, {.5, 1.1, .4, -110}},
	    {{.5, .22, .20, 60}, {.42, .6, .26, -60}, {.3, .4, .1, 70},
		{.7, .66, .1, 80}, {.6, .84, .12, -90}, {.3, 1.1, .3, 90}},
	    {{.5, .25, .30, -90}, {.5, .55, .22, 40}, {.38, .62, .06, -80},
		{.62, .62, .06, -80}, {.5, .5, .06, -70}, {.5, 1.1, .4, -110}}};
	int high = wide * 5 / 4;
	for (int y = 0; y < high; y++)
		for (int x = 0; x < wide; x++) {
			double sum = 0, u = x / (double)wide;
			double v = y / (double)wide;
			for (int i = 0; i < 6; i++) {
				const double *b = blots[which][i];
				double far = hypot(u - b[0], v - b[1]) / b[2];
				sum += b[3] * exp(-pow(far, 4));
			}
			uint8_t *at = raster_row(r, top + y) +
			    (size_t)(left + x) * 3;
			for (int c = 0; c < 3; c++)
				at[c] = (uint8_t)fmax(0, fmin(255, at[c] +
				    strong * sum));
		}
}

static void
look(const struct raster *card, struct portrait *p, struct ghost *g)
{
	struct portrait twins[PORTRAIT_TWINS];
	assert_int_equal(portrait_find(card, CARD_PER_MM, p, twins), OK);
	assert_int_equal(portrait_ghost(card, CARD_PER_MM, p, twins,
	    &(struct finders){0}, g), OK);
}

static void
finds_the_portrait_and_its_ghost(void **state)
{
	AUTO(raster_clear) struct raster card = {0};
	struct portrait p;
	struct ghost g;

	(void)state;
	page(&card);
	face(&card, 60, 150, 280, 0, 1);
	face(&card, 800, 300, 140, 0, 0.35);
	look(&card, &p, &g);
	assert_true(p.x * CARD_PER_MM < 130 && p.width * CARD_PER_MM > 150);
	assert_true(g.x * CARD_PER_MM > 750 && g.alike > 0.93);
	assert_true(g.inner > 0.93);
}

/* The same head but for what its middle shows. */
static void
another_middle_under_the_same_hair_is_told(void **state)
{
	AUTO(raster_clear) struct raster card = {0};
	struct portrait p;
	struct ghost g;

	(void)state;
	page(&card);
	face(&card, 60, 150, 280, 0, 1);
	face(&card, 800, 300, 140, 2, 0.35);
	look(&card, &p, &g);
	assert_true(g.x * CARD_PER_MM > 750 && g.alike > 0.7);
	assert_true(g.inner < 0.7);
}

static void
another_face_is_not_alike(void **state)
{
	AUTO(raster_clear) struct raster card = {0};
	struct portrait p;
	struct ghost g;

	(void)state;
	page(&card);
	face(&card, 60, 150, 280, 0, 1);
	face(&card, 800, 300, 140, 1, 0.35);
	look(&card, &p, &g);
	assert_true(g.alike < 0.8);
}

/* Upright strokes of letters from left on, so wide each. */
static void
letters(struct raster *r, int left, int top, int wide, int level)
{
	for (int y = top; y < top + 28; y++)
		for (int i = 0; i < 4; i++)
			memset(raster_row(r, y) + 3 * (left + 18 * i), level,
			    3 * (size_t)wide);
}

/* Lines of a ground, finer than a part of a face, over a place. */
static void
lines(struct raster *r, int left, int top, int wide, int high)
{
	for (int y = top; y < top + high; y++)
		for (int x = 3 * left; x < 3 * (left + wide); x++)
			raster_row(r, y)[x] = (uint8_t)fmax(0, fmin(255,
			    raster_row(r, y)[x] +
			    25 * sin(y * M_PI / 10)));
}

enum over { OVER_NOTHING, OVER_LAMP, OVER_LETTERS, OVER_PALE_LETTERS,
	OVER_LINES };

/* A ghost printed so strong, and what lies over it. */
static double
there_of(int which, double strong, enum over over)
{
	AUTO(raster_clear) struct raster card = {0};
	struct portrait p;
	struct ghost g;
	page(&card);
	face(&card, 60, 150, 280, 0, 1);
	face(&card, 800, 300, 140, which, strong);
	for (int y = 300; over == OVER_LAMP && y < 340; y++)
		memset(raster_row(&card, y) + 3 * 800, 255, 3 * 140);
	if (over == OVER_LINES)
		lines(&card, 800, 300, 140, 175);
	else if (over >= OVER_LETTERS)
		letters(&card, 805, 420, 5, over == OVER_LETTERS ? 30 : 190);
	look(&card, &p, &g);
	assert_true(over != OVER_LINES || g.inner < 0.88);
	return g.there;
}

static double
there_of_another(double strong, enum over over)
{
	return there_of(2, strong, over);
}

static void
a_ghost_that_is_faint_or_lit_is_told_to_be_no_other(void **state)
{
	(void)state;
	assert_true(there_of_another(0.35, OVER_NOTHING) > 0.5);
	assert_true(there_of_another(0.07, OVER_NOTHING) == 0);
	assert_true(there_of_another(0.35, OVER_LAMP) == 0);
}

/* A date that runs into it; letters as pale as the ghost are a ground's. */
static void
a_ghost_under_print_is_told_to_be_no_other(void **state)
{
	(void)state;
	assert_true(there_of_another(0.35, OVER_PALE_LETTERS) > 0.5);
	assert_true(there_of_another(0.35, OVER_LETTERS) == 0);
}

/* What of it is larger than they are stays alike. */
static void
a_ghost_among_lines_is_told_to_be_no_other(void **state)
{
	(void)state;
	assert_true(there_of(0, 0.35, OVER_LINES) == 0);
	assert_true(there_of_another(0.35, OVER_LINES) > 0.5);
}

static void
a_page_without_a_portrait_has_none(void **state)
{
	AUTO(raster_clear) struct raster card = {0};
	struct portrait p, twins[PORTRAIT_TWINS];

	(void)state;
	page(&card);
	assert_int_equal(portrait_find(&card, CARD_PER_MM, &p, twins),
	    ERR_NOT_FOUND);
}

/* A ground of its own for the portrait, turned by so many degrees. */
static double
turned_by(double degrees)
{
	AUTO(raster_clear) struct raster card = {0};
	struct portrait p, twins[PORTRAIT_TWINS];
	double found, slope = tan(degrees * M_PI / 180);
	page(&card);
	for (int y = 100; y < 560; y++)
		for (int x = 20; x < 400; x++) {
			double u = x - 200 + (y - 325) * slope;
			double v = y - 325 - (x - 200) * slope;
			uint8_t *at = raster_row(&card, y) + 3 * x;
			if (fabs(u) < 150 && fabs(v) < 185)
				for (int c = 0; c < 3; c++)
					at[c] = (uint8_t)(at[c] - 40);
		}
	face(&card, 60, 150, 280, 0, 1);
	assert_int_equal(portrait_find(&card, CARD_PER_MM, &p, twins), OK);
	assert_int_equal(border_turned(&card, CARD_PER_MM, &p, &found), OK);
	return found;
}

static void
a_printed_frame_is_not_turned(void **state)
{
	(void)state;
	assert_true(turned_by(0) < 0.3);
}

static void
a_portrait_stuck_on_is_turned(void **state)
{
	(void)state;
	assert_true(turned_by(2) > 1.5 && turned_by(2) < 2.5);
	assert_true(turned_by(-1.5) > 1.1 && turned_by(-1.5) < 1.9);
}

static void
a_portrait_without_a_border_is_not_turned(void **state)
{
	AUTO(raster_clear) struct raster card = {0};
	struct portrait p, twins[PORTRAIT_TWINS];
	double found;

	(void)state;
	page(&card);
	face(&card, 60, 150, 280, 0, 1);
	assert_int_equal(portrait_find(&card, CARD_PER_MM, &p, twins), OK);
	assert_int_equal(border_turned(&card, CARD_PER_MM, &p, &found), OK);
	assert_true(found < 0.5);
	p.x = -1;
	assert_int_equal(border_turned(&card, CARD_PER_MM, &p, &found),
	    ERR_NOT_FOUND);
	err_clear();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_the_portrait_and_its_ghost),
	    cmocka_unit_test(another_face_is_not_alike),
	    cmocka_unit_test(another_middle_under_the_same_hair_is_told),
	    cmocka_unit_test(
		a_ghost_that_is_faint_or_lit_is_told_to_be_no_other),
	    cmocka_unit_test(a_ghost_under_print_is_told_to_be_no_other),
	    cmocka_unit_test(a_ghost_among_lines_is_told_to_be_no_other),
	    cmocka_unit_test(a_page_without_a_portrait_has_none),
	    cmocka_unit_test(a_printed_frame_is_not_turned),
	    cmocka_unit_test(a_portrait_stuck_on_is_turned),
	    cmocka_unit_test(a_portrait_without_a_border_is_not_turned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
