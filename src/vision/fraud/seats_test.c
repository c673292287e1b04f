#include "vision/fraud/seats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "vision/fraud/letters.h"

#define PITCH 24
#define LEFT 40
#define TOP 40
#define WIDE (2 * LEFT + SEATS_COLUMNS * PITCH)
#define HIGH 160
#define NEARER 0.0004f /* a pixel: the right end is seen 1.8 times as wide */
#define ONE "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define TWO "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

static const char *const lines[] = {ONE, TWO};

/* Where a place of the flat page is seen: tilted sideways. */
static void
seen_at(float u, float v, float *x, float *y)
{
	float w = 1 - NEARER * u / 1.8f;
	*x = u / w / 1.8f;
	*y = HIGH / 2.0f + (v - HIGH / 2.0f) / w / 1.2f;
}

static void
flat_at(float x, float y, float *u, float *v)
{
	float w = 1 / (1 + NEARER * x);
	*u = 1.8f * x * w;
	*v = HIGH / 2.0f + (y - HIGH / 2.0f) * w * 1.2f;
}

static void
ink_letter(struct raster *r, char letter, int left, int top)
{
	struct glyph g;
	if (!glyph_draw(letter, &g))
		return;
	for (int y = 0; y < PITCH * 3 / 2; y++)
		for (int x = 0; x < PITCH; x++) {
			float level = g.level[0][y * 2 / 3 * GLYPH_WIDE +
			    x * 2 / 3];
			raster_row(r, top + y)[left + x] = (uint8_t)fmaxf(0,
			    200 - 1200 * fmaxf(level, 0));
		}
}

/* A page of two lines 2.5 pitches apart, then the same seen from one side. */
static void
draw(struct raster *out, bool bars)
{
	AUTO(raster_clear) struct raster flat = {0};
	assert_int_equal(raster_make(WIDE, HIGH, 1, &flat), OK);
	assert_int_equal(raster_make(2 * WIDE, HIGH * 2, 1, out), OK);
	memset(flat.data, 200, (size_t)WIDE * HIGH);
	memset(out->data, 200, (size_t)out->width * (size_t)out->height);
	for (int line = 0; line < 2; line++)
		for (int k = 0; k < SEATS_COLUMNS; k++) {
			int left = LEFT + k * PITCH, top = TOP + line * 60 -
			    PITCH * 3 / 4;
			ink_letter(&flat, lines[line][k], left, top);
			for (int y = 9; bars && y < 27; y++)
				memset(raster_row(&flat, top + y) + left + 4,
				    40, 16);
		}
	for (int y = 0; y < out->height; y++)
		for (int x = 0; x < out->width; x++) {
			float u, v;
			flat_at((float)x, (float)y, &u, &v);
			if (u > 1 && v > 1 && u < WIDE - 2 && v < HIGH - 2)
				raster_row(out, y)[x] =
				    (uint8_t)raster_at(&flat, u, v);
		}
}

/* As a reader has them: right at the ends, the second some letters late. */
static void
read_as(float late, struct mrz_found *out)
{
	*out = (struct mrz_found){.columns = SEATS_COLUMNS};
	out->reading.line_count = 2;
	for (int line = 0; line < 2; line++) {
		float at[3][2], n = SEATS_COLUMNS - 1;
		struct line *l = &out->lines[line];
		snprintf(out->reading.lines[line],
		    sizeof(out->reading.lines[line]), "%s", lines[line]);
		for (int i = 0; i < 3; i++)
			seen_at(LEFT + PITCH / 2.0f + (n * (float)i / 2 +
			    late * (float)line) * PITCH, TOP + 60.0f *
			    (float)line, &at[i][0], &at[i][1]);
		l->qx = 2 * (at[2][0] - 2 * at[1][0] + at[0][0]) / n / n;
		l->qy = 2 * (at[2][1] - 2 * at[1][1] + at[0][1]) / n / n;
		l->sx = (at[2][0] - at[0][0]) / n - n * l->qx;
		l->sy = (at[2][1] - at[0][1]) / n - n * l->qy;
		l->x = at[0][0];
		l->y = at[0][1];
		l->letters = SEATS_COLUMNS;
		line_square(l, 1);
	}
}

static struct letters said;

static void
letters_are_found_where_a_tilted_page_has_them(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct mrz_found zone;
	struct seats seats;
	(void)state;
	draw(&r, false);
	read_as(0.5f, &zone);
	assert_true(seats_sought(&r, &zone, &seats));
	for (int line = 0; line < 2; line++)
		for (int k = 0; k < SEATS_COLUMNS; k += 6) {
			float x, y;
			const struct seat *s = &seats.at[line][k];
			seen_at(LEFT + ((float)k + 0.5f) * PITCH, TOP +
			    60.0f * (float)line, &x, &y);
			assert_true(hypotf(s->x - x, s->y - y) < 2.5f);
		}
}

static void
ocr_b_is_known_there(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct mrz_found zone;
	(void)state;
	draw(&r, false);
	read_as(0.5f, &zone);
	assert_int_equal(letters_measure(&r, &zone, &said), OK);
	assert_true(said.likeness > 0.9f);
	assert_true(said.unevenness < 0.1f);
}

static void
ocr_b_is_known_on_a_line_read_letters_beside_its_place(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct mrz_found zone;
	(void)state;
	draw(&r, false);
	read_as(2, &zone);
	assert_int_equal(letters_measure(&r, &zone, &said), OK);
	assert_true(said.likeness > 0.9f);
}

static void
other_shapes_are_not_like_it_there_either(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct mrz_found zone;
	(void)state;
	draw(&r, true);
	read_as(0.5f, &zone);
	assert_int_equal(letters_measure(&r, &zone, &said), OK);
	assert_true(said.likeness < 0.8f);
}

static void
nothing_is_sought_on_a_card(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct mrz_found zone;
	struct seats seats;
	(void)state;
	draw(&r, false);
	read_as(0.5f, &zone);
	zone.columns = 30;
	assert_false(seats_sought(&r, &zone, &seats));
}

static void
nothing_is_found_on_empty_paper(void **state)
{
	AUTO(raster_clear) struct raster r = {0};
	struct mrz_found zone;
	struct seats seats;
	(void)state;
	assert_int_equal(raster_make(2 * WIDE, HIGH * 2, 1, &r), OK);
	memset(r.data, 200, (size_t)r.width * (size_t)r.height);
	read_as(0.5f, &zone);
	assert_false(seats_sought(&r, &zone, &seats));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(letters_are_found_where_a_tilted_page_has_them),
	    cmocka_unit_test(ocr_b_is_known_there),
	    cmocka_unit_test(
		ocr_b_is_known_on_a_line_read_letters_beside_its_place),
	    cmocka_unit_test(other_shapes_are_not_like_it_there_either),
	    cmocka_unit_test(nothing_is_sought_on_a_card),
	    cmocka_unit_test(nothing_is_found_on_empty_paper),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
