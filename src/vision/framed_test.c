/*
 * Fields on one ground, and one with a piece of another ground under it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "vision/framed.h"

#define WIDE 800
#define HIGH 560
#define ROWS 5
#define LETTERS 8
#define LEFT 200
#define PITCH 24
#define TALL 26
#define AIR 8   /* pixels of a patch around the letters */
#define LINE 10 /* of checks/field_retouched.c */

struct scene {
	struct still still;
	struct field_looks fields;
	double of[PATCHES_MAX];
};

static void
scene_clear(struct scene *s)
{
	still_clear(&s->still);
}
DEFINE_AUTO_CLEAR(scene_clear, struct scene)

static unsigned seed;

static int
noise(int most)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)(seed >> 16) % (2 * most + 1) - most;
}

static int
top_of(int row)
{
	return 50 + 90 * row;
}

static bool
is_ink(int u, int v, int which)
{
	return u < 5 || (which & 1 && v < 5) || (which & 2 && v >= TALL - 5) ||
	    (which & 4 && abs(v - 13) < 3);
}

static void
write_row(struct raster *grey, int row)
{
	for (int i = 0; i < LETTERS; i++)
		for (int v = 0; v < TALL; v++)
			for (int u = 0; u < 16; u++)
				if (is_ink(u, v, (i * 5 + row * 3) % 8))
					raster_row(grey, top_of(row) + v)[
					    LEFT + PITCH * i + u] = 50;
}

static void
set(struct scene *s)
{
	seed = 1;
	*s = (struct scene){.fields = {.count = ROWS}};
	s->still = (struct still){.width = WIDE, .height = HIGH,
	    .reduction = 1, .orientation = 1};
	assert_int_equal(raster_make(WIDE, HIGH, 1, &s->still.grey), OK);
	for (int i = 0; i < WIDE * HIGH; i++)
		s->still.grey.data[i] = (uint8_t)(200 + noise(3));
	for (int row = 0; row < ROWS; row++) {
		write_row(&s->still.grey, row);
		s->fields.at[row] = (struct field_look){.candidate = true,
		    .spot = {LEFT, top_of(row), PITCH * LETTERS - 8, TALL,
		    NULL}};
	}
}

/* A patch under a field, lighter by so many levels; right: how far it goes. */
static void
lay_under(struct scene *s, int row, int by, int right)
{
	for (int y = top_of(row) - AIR; y < top_of(row) + TALL + AIR; y++)
		for (int x = LEFT - AIR; x < right; x++) {
			uint8_t *at = raster_row(&s->still.grey, y) + x;
			if (*at > 100)
				*at = (uint8_t)(*at + by);
		}
}

static double
apart(struct scene *s, size_t which)
{
	static const struct page page = {.corners = {0, 0, WIDE, 0, WIDE,
	    HIGH, 0, HIGH}, .width = WIDE / CARD_PER_MM,
	    .height = HIGH / CARD_PER_MM};
	struct plane plane;
	plane_of(&page, &plane);
	assert_int_equal(framed_measure(&s->still, &plane, &s->fields,
	    s->of), OK);
	return framed_apart(s->of, s->fields.count, which);
}

static void
fields_on_one_ground_lie_together(void **state)
{
	AUTO(scene_clear) struct scene s;

	(void)state;
	set(&s);
	for (size_t row = 0; row < ROWS; row++)
		assert_true(apart(&s, row) < LINE / 2);
}

static void
a_patch_of_another_tone_stands_apart(void **state)
{
	static const int tones[] = {5, -5};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		AUTO(scene_clear) struct scene s;
		set(&s);
		lay_under(&s, 3, tones[i], LEFT + PITCH * LETTERS - 8 + AIR);
		assert_true(apart(&s, 3) > LINE);
		assert_true(apart(&s, 1) < LINE / 2);
	}
}

/* A band of the artwork: it has no end beside the field. */
static void
a_band_across_the_page_is_no_patch(void **state)
{
	AUTO(scene_clear) struct scene s;

	(void)state;
	set(&s);
	lay_under(&s, 3, 5, WIDE);
	assert_true(apart(&s, 3) < LINE);
}

static void
says_nothing_of_too_few_fields_and_of_small_ones(void **state)
{
	AUTO(scene_clear) struct scene s;

	(void)state;
	set(&s);
	s.fields.at[2].spot.height = 7;
	assert_true(isnan(apart(&s, 2)));
	assert_true(isfinite(apart(&s, 3)));
	s.fields.at[0].candidate = s.fields.at[4].candidate = false;
	assert_true(isnan(apart(&s, 3)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(fields_on_one_ground_lie_together),
	    cmocka_unit_test(a_patch_of_another_tone_stands_apart),
	    cmocka_unit_test(a_band_across_the_page_is_no_patch),
	    cmocka_unit_test(says_nothing_of_too_few_fields_and_of_small_ones),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
