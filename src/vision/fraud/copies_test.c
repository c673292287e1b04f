/*
 * Copied letters, on pictures drawn here: letters of four kinds, each with a
 * grain of its own, on six lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "vision/fraud/copies.h"
#include "vision/sight.h"

#define WIDE 1010
#define HIGH 640
#define ROWS 6
#define LETTERS 8
#define KINDS 4
#define TALL 26
#define BROAD 16
#define STEP 30
#define LINE 2.6 /* of checks/copied_glyphs.c */

static unsigned seed;

static int
noise(int most)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)(seed >> 16) % (2 * most + 1) - most;
}

static int
left_of(int letter)
{
	return 300 + STEP * letter;
}

static int
top_of(int row)
{
	return 60 + 90 * row;
}

static bool
is_ink(int kind, int u, int v)
{
	return u < 5 || (kind & 1 && v < 5) || (kind & 2 && v >= TALL - 5);
}

/* Each kind of letter stands in each row twice. */
static void
draw(struct sight *s, struct patches *prints)
{
	struct raster *grey = &s->still.grey;
	seed = 5;
	*s = (struct sight){.still = {.width = WIDE, .height = HIGH,
	    .reduction = 1, .orientation = 1}, .has_page = true,
	    .page = {.width = WIDE / CARD_PER_MM,
		.height = HIGH / CARD_PER_MM, .upright = true,
		.corners = {0, 0, WIDE, 0, WIDE, HIGH, 0, HIGH}}};
	prints->count = ROWS;
	assert_int_equal(raster_make(WIDE, HIGH, 1, grey), OK);
	memset(grey->data, 200, (size_t)WIDE * HIGH);
	for (int row = 0; row < ROWS; row++) {
		prints->at[row] = (struct patch){left_of(0) - 8,
		    top_of(row) - 8, STEP * LETTERS + 16, TALL + 16, NULL};
		for (int i = 0; i < LETTERS; i++)
			for (int v = 0; v < TALL; v++)
				for (int u = 0; u < BROAD; u++)
					if (is_ink((i + row) % KINDS, u, v))
						raster_row(grey, top_of(row) +
						    v)[left_of(i) + u] = 50;
	}
	for (int i = 0; i < WIDE * HIGH; i++)
		grey->data[i] = (uint8_t)(grey->data[i] + noise(14));
}

/* As an editor copies: pixel by pixel. */
static void
copy(struct raster *grey, int from_row, int from, int to_row, int to)
{
	for (int v = -4; v < TALL + 4; v++)
		memcpy(raster_row(grey, top_of(to_row) + v) + left_of(to) - 4,
		    raster_row(grey, top_of(from_row) + v) + left_of(from) - 4,
		    BROAD + 8);
}

static double
closeness(const struct copies *c)
{
	return c->usual / (c->closest > 1e-3 ? c->closest : 1e-3);
}

static void
says_little_of_letters_with_a_grain_of_their_own(void **state)
{
	AUTO(sight_clear) struct sight s;
	struct patches prints;
	struct copies c;

	(void)state;
	draw(&s, &prints);
	assert_int_equal(copies_find(&s, &prints, &c), OK);
	assert_true(c.pairs > 12);
	assert_true(closeness(&c) < LINE / 1.5);
}

static void
finds_a_letter_copied_to_another_line(void **state)
{
	AUTO(sight_clear) struct sight s;
	struct patches prints;
	struct copies c;

	(void)state;
	draw(&s, &prints);
	copy(&s.still.grey, 0, 1, 4, 3);
	assert_int_equal(copies_find(&s, &prints, &c), OK);
	assert_true(closeness(&c) > LINE);
	/* around one of the two */
	float x = (c.corners[0] + c.corners[4]) / 2;
	float y = (c.corners[1] + c.corners[5]) / 2;
	bool first = abs((int)x - left_of(1) - BROAD / 2) < 6 &&
	    abs((int)y - top_of(0) - TALL / 2) < 6;
	bool second = abs((int)x - left_of(3) - BROAD / 2) < 6 &&
	    abs((int)y - top_of(4) - TALL / 2) < 6;
	assert_true(first || second);
}

/* An I is like another that fell on the same part of a pixel. */
static void
says_little_of_bars(void **state)
{
	AUTO(sight_clear) struct sight s;
	struct patches prints;
	struct copies c;

	(void)state;
	draw(&s, &prints);
	copy(&s.still.grey, 0, 0, 4, 0);
	assert_int_equal(copies_find(&s, &prints, &c), OK);
	assert_true(closeness(&c) < LINE);
}

/* Where many pairs are equal the picture was drawn, and nobody copied. */
static void
says_little_where_many_pairs_are_equal(void **state)
{
	AUTO(sight_clear) struct sight s;
	struct patches prints;
	struct copies c;

	(void)state;
	draw(&s, &prints);
	for (int i = 0; i < LETTERS; i++)
		copy(&s.still.grey, 0, i, 4, i);
	assert_int_equal(copies_find(&s, &prints, &c), OK);
	assert_true(closeness(&c) < LINE);
}

static void
does_not_compare_letters_that_stand_there_once(void **state)
{
	AUTO(sight_clear) struct sight s;
	struct patches prints;
	struct copies c;

	(void)state;
	draw(&s, &prints);
	prints.count = 1;
	prints.at[0].width = STEP * 3;
	assert_int_equal(copies_find(&s, &prints, &c), ERR_NOT_FOUND);
	err_clear();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(says_little_of_letters_with_a_grain_of_their_own),
	    cmocka_unit_test(finds_a_letter_copied_to_another_line),
	    cmocka_unit_test(says_little_of_bars),
	    cmocka_unit_test(says_little_where_many_pairs_are_equal),
	    cmocka_unit_test(does_not_compare_letters_that_stand_there_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
