/*
 * The shipped network, asked about fields that are drawn here by arithmetic
 * and by nothing that it was trained with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vision/fraud/retyped.h"
#include "vision/sight.h"

#define WIDE 1010
#define HIGH 640
#define ROWS 6
#define LETTERS 7
#define LINE 2.5 /* of checks/field_retouched.c */

static struct net *net;
static unsigned seed;

static void
load(void)
{
	AUTO(buf_clear) struct buf bytes;
	uint8_t part[65536];
	char path[1000];
	size_t size;
	snprintf(path, sizeof(path), "%s/retyped.onnx", getenv("MODELS"));
	AUTO(fclose) FILE *file = fopen(path, "rb");
	assert_non_null(file);
	buf_init(&bytes, (size_t)1 << 20);
	while ((size = fread(part, 1, sizeof(part), file)) > 0)
		assert_int_equal(buf_add(&bytes, part, size), OK);
	opencv_start();
	assert_int_equal(net_load(span_of_buf(&bytes), &net), OK);
}

static int
noise(int most)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)(seed >> 16) % (2 * most + 1) - most;
}

static bool
is_ink(int u, int v, int which, int stroke)
{
	return u < stroke || (which & 1 && v < stroke) ||
	    (which & 2 && v >= 28 - stroke) ||
	    (which & 4 && abs(v - 14) < stroke / 2 + 1);
}

/* Hard letters on paper without grain, as a program sets them. */
static void
draw(struct raster *picture, int row, int level, int stroke)
{
	int top = 60 + 90 * row;
	for (int y = top - 14; y < top + 42; y++)
		memset(raster_row(picture, y) + 3 * 280, 205, 3 * 240);
	for (int i = 0; i < LETTERS; i++)
		for (int v = 0; v < 28; v++)
			for (int u = 0; u < 16; u++)
				if (is_ink(u, v, (i * 5 + row * 3) % 8,
				    stroke))
					memset(raster_row(picture, top + v) +
					    3 * (300 + 24 * i + u), level, 3);
}

/* Through a lens, onto a sensor with grain. */
static void
photograph(struct raster *picture)
{
	AUTO(raster_clear) struct raster soft = {0};
	assert_int_equal(raster_make(WIDE, HIGH, 3, &soft), OK);
	for (int y = 1; y < HIGH - 1; y++)
		for (int i = 3; i < 3 * (WIDE - 1); i++) {
			int sum = 0;
			for (int n = 0; n < 9; n++)
				sum += raster_row(picture, y + n / 3 -
				    1)[i + 3 * (n % 3 - 1)];
			raster_row(&soft, y)[i] = (uint8_t)(sum / 9 +
			    noise(6));
		}
	memcpy(picture->data, soft.data, (size_t)WIDE * HIGH * 3);
}

static void
set(struct still *still, struct plane *plane, struct field_looks *f)
{
	struct page page = {.width = WIDE / CARD_PER_MM,
	    .height = HIGH / CARD_PER_MM, .upright = true,
	    .corners = {0, 0, WIDE, 0, WIDE, HIGH, 0, HIGH}};
	seed = 1;
	*f = (struct field_looks){.count = ROWS};
	*still = (struct still){.width = WIDE, .height = HIGH,
	    .reduction = 1, .orientation = 1};
	plane_of(&page, plane);
	assert_int_equal(raster_make(WIDE, HIGH, 3, &still->colour), OK);
	memset(still->colour.data, 205, (size_t)WIDE * HIGH * 3);
	for (int row = 0; row < ROWS; row++) {
		draw(&still->colour, row, row == 1 ? 90 : 50,
		    row == 2 ? 7 : 5);
		f->at[row] = (struct field_look){.candidate = true,
		    .tall = true,
		    .spot = {300, 60 + 90 * row, 24 * LETTERS, 28, NULL}};
	}
	photograph(&still->colour);
}

static void
says_little_of_fields_that_went_through_one_lens(void **state)
{
	AUTO(still_clear) struct still still;
	struct plane plane;
	struct field_looks f;
	double scores[PATCHES_MAX];

	(void)state;
	set(&still, &plane, &f);
	assert_int_equal(retyped_scores(net, &still, &plane, &f, scores), OK);
	for (int row = 0; row < ROWS; row++)
		assert_true(scores[row] < LINE);
	assert_true(isnan(scores[ROWS]));
}

static void
tells_the_field_that_was_set_in_the_file(void **state)
{
	AUTO(still_clear) struct still still;
	struct plane plane;
	struct field_looks f;
	double scores[PATCHES_MAX];

	(void)state;
	set(&still, &plane, &f);
	draw(&still.colour, 3, 50, 5);
	assert_int_equal(retyped_scores(net, &still, &plane, &f, scores), OK);
	assert_true(scores[3] > LINE);
	for (int row = 0; row < ROWS; row++)
		assert_true(row == 3 || scores[row] < scores[3]);
}

static void
does_not_compare_three_fields(void **state)
{
	AUTO(still_clear) struct still still;
	struct plane plane;
	struct field_looks f;
	double scores[PATCHES_MAX];

	(void)state;
	set(&still, &plane, &f);
	for (int row = 0; row < 3; row++)
		f.at[row].tall = f.at[row].candidate = false;
	assert_int_equal(retyped_scores(net, &still, &plane, &f, scores),
	    ERR_NOT_FOUND);
	err_clear();
}

static void
leaves_out_labels_signs_and_what_lies_outside(void **state)
{
	AUTO(still_clear) struct still still;
	struct plane plane;
	struct field_looks f;
	double scores[PATCHES_MAX];

	(void)state;
	set(&still, &plane, &f);
	f.at[0].tall = false;
	f.at[0].spot.height = 12;
	f.at[1].spot.width = 30;
	f.count = ROWS + 1;
	f.at[ROWS] = f.at[2];
	f.at[ROWS].spot.x = 5 * WIDE;
	assert_int_equal(retyped_scores(net, &still, &plane, &f, scores), OK);
	assert_true(isnan(scores[0]) && isnan(scores[1]));
	assert_true(isnan(scores[ROWS]));
	assert_true(isfinite(scores[2]) && isfinite(scores[3]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(says_little_of_fields_that_went_through_one_lens),
	    cmocka_unit_test(tells_the_field_that_was_set_in_the_file),
	    cmocka_unit_test(does_not_compare_three_fields),
	    cmocka_unit_test(leaves_out_labels_signs_and_what_lies_outside),
	};
	load();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	net_free(net);
	return failed;
}
