/*
 * Fields of one lens and one sensor, and one that came in later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "vision/fraud/rims.h"
#include "vision/sight.h"

#define WIDE 800
#define HIGH 560
#define ROWS 5
#define LETTERS 8
#define LEFT 200
#define PITCH 24
#define TALL 26
#define FAR 1.2 /* letters that grain alone tells apart reach .3 */

struct scene {
	struct raster card;
	struct still still;
	struct field_looks fields;
	struct rims rims[PATCHES_MAX];
};

static void
scene_clear(struct scene *s)
{
	raster_clear(&s->card);
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

static double
ink_at(int x, int y, int row)
{
	int which = (x - LEFT) / PITCH, u = (x - LEFT) % PITCH;
	int v = y - top_of(row);
	if (x < LEFT || which >= LETTERS || v < 0 || v >= TALL || u >= 16)
		return 0;
	which = (which * 5 + row * 3) % 8;
	return u < 5 || (which & 1 && v < 5) || (which & 2 && v >= TALL - 5) ||
	    (which & 4 && abs(v - 13) < 3);
}

/* A row of print as a lens of this reach shows it, in grain. */
static void
draw(struct scene *s, int row, int reach, int grain)
{
	int side = 2 * reach + 1;
	for (int y = top_of(row) - 20; y < top_of(row) + TALL + 20; y++)
		for (int x = 0; x < WIDE; x++) {
			double ink = 0;
			for (int v = -reach; v <= reach; v++)
				for (int u = -reach; u <= reach; u++)
					ink += ink_at(x + u, y + v, row);
			int grey = (int)(205 - 150 * ink / (side * side)) +
			    noise(grain);
			for (int c = 0; c < 3; c++)
				raster_row(&s->card, y)[3 * x + c] =
				    (uint8_t)grey;
		}
}

static void
set(struct scene *s)
{
	seed = 1;
	*s = (struct scene){.fields = {.count = ROWS}};
	assert_int_equal(raster_make(WIDE, HIGH, 3, &s->card), OK);
	for (int i = 0; i < WIDE * HIGH * 3; i++)
		s->card.data[i] = 205;
	for (int row = 0; row < ROWS; row++) {
		draw(s, row, 1, 5);
		s->fields.at[row] = (struct field_look){.candidate = true,
		    .spot = {LEFT, top_of(row), PITCH * LETTERS - 8, TALL,
		    NULL}};
	}
}

static void
measure(struct scene *s)
{
	static const struct page page = {.corners = {0, 0, WIDE, 0, WIDE,
	    HIGH, 0, HIGH}, .width = WIDE / CARD_PER_MM,
	    .height = HIGH / CARD_PER_MM};
	struct plane plane;
	plane_of(&page, &plane);
	still_clear(&s->still);
	s->still = (struct still){.width = WIDE, .height = HIGH,
	    .reduction = 1, .orientation = 1};
	assert_int_equal(raster_grey(&s->card, &s->still.grey), OK);
	assert_int_equal(rims_measure(&s->still, &plane, &s->card,
	    &s->fields, s->rims), OK);
}

static void
fields_of_one_lens_lie_together(void **state)
{
	AUTO(scene_clear) struct scene s;

	(void)state;
	set(&s);
	measure(&s);
	for (size_t row = 0; row < ROWS; row++)
		assert_true(rims_apart(&s.fields, s.rims, row) < FAR);
}

static void
letters_without_the_lens_stand_apart(void **state)
{
	/* reach, grain: never seen by it; softened afterwards */
	static const int others[2][2] = {{0, 5}, {2, 0}};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		AUTO(scene_clear) struct scene s;
		set(&s);
		draw(&s, 3, others[i][0], others[i][1]);
		measure(&s);
		assert_true(rims_apart(&s.fields, s.rims, 3) > FAR);
		for (size_t row = 0; row < ROWS; row++)
			assert_true(row == 3 || rims_apart(&s.fields, s.rims,
			    row) < rims_apart(&s.fields, s.rims, 3));
	}
}

static void
says_nothing_of_too_few_fields(void **state)
{
	AUTO(scene_clear) struct scene s;

	(void)state;
	set(&s);
	s.fields.at[0].candidate = s.fields.at[4].candidate = false;
	measure(&s);
	for (size_t row = 0; row < ROWS; row++)
		assert_true(isnan(rims_apart(&s.fields, s.rims, row)));
}

static void
says_nothing_of_what_lies_at_the_edge_or_is_pale(void **state)
{
	AUTO(scene_clear) struct scene s;

	(void)state;
	set(&s);
	s.fields.at[1].spot.x = 1;
	s.fields.at[2].spot.y = top_of(1) + TALL + 21; /* paper alone */
	s.fields.at[2].spot.height = 20;
	measure(&s);
	assert_true(isnan(s.rims[1].of[RIMS_FINE]));
	assert_true(isnan(s.rims[2].of[RIMS_FINE]));
	assert_true(isfinite(s.rims[0].of[RIMS_FINE]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(fields_of_one_lens_lie_together),
	    cmocka_unit_test(letters_without_the_lens_stand_apart),
	    cmocka_unit_test(says_nothing_of_too_few_fields),
	    cmocka_unit_test(says_nothing_of_what_lies_at_the_edge_or_is_pale),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
