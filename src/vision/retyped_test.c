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

#include "vision/retyped.h"

#define WIDE 1010
#define HIGH 640
#define ROWS 6
#define LETTERS 7
#define LINE 1.5 /* of checks/field_retouched.c */

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

/* How a field is set. */
struct setting {
	int ink[3], stroke, grain;
};

static bool
is_ink(int u, int v, int which, int stroke)
{
	return u < stroke || (which & 1 && v < stroke) ||
	    (which & 2 && v >= 28 - stroke) ||
	    (which & 4 && abs(v - 14) < stroke / 2 + 1);
}

static void
draw(struct raster *card, int row, struct setting how)
{
	int top = 60 + 90 * row;
	for (int y = top - 14; y < top + 42; y++)
		for (int x = 280; x < 520; x++)
			for (int c = 0; c < 3; c++)
				raster_row(card, y)[3 * x + c] = (uint8_t)(
				    205 + noise(how.grain));
	for (int i = 0; i < LETTERS; i++)
		for (int v = 0; v < 28; v++)
			for (int u = 0; u < 16; u++) {
				uint8_t *at = raster_row(card, top + v) +
				    3 * (300 + 24 * i + u);
				if (is_ink(u, v, (i * 5 + row * 3) % 8,
				    how.stroke))
					for (int c = 0; c < 3; c++)
						at[c] = (uint8_t)how.ink[c];
			}
}

static const struct setting usual = {{50, 50, 56}, 5, 6};

static void
set(struct raster *card, struct field_looks *f)
{
	seed = 1;
	*f = (struct field_looks){.count = ROWS};
	*card = (struct raster){0};
	assert_int_equal(raster_make(WIDE, HIGH, 3, card), OK);
	for (int i = 0; i < WIDE * HIGH * 3; i++)
		card->data[i] = (uint8_t)(205 + noise(6));
	for (int row = 0; row < ROWS; row++) {
		draw(card, row, usual);
		f->at[row] = (struct field_look){.tall = true,
		    .spot = {300, 60 + 90 * row, 24 * LETTERS, 28, NULL}};
	}
}

static void
says_little_of_fields_of_one_make(void **state)
{
	AUTO(raster_clear) struct raster card;
	struct field_looks f;
	double scores[PATCHES_MAX];

	(void)state;
	set(&card, &f);
	assert_int_equal(retyped_scores(net, &card, &f, scores), OK);
	for (int row = 0; row < ROWS; row++)
		assert_true(scores[row] < LINE);
	assert_true(isnan(scores[ROWS]));
}

static void
tells_the_field_of_another_make(void **state)
{
	static const struct setting others[] = {{{110, 40, 30}, 5, 6},
	    {{50, 50, 56}, 2, 0}};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		AUTO(raster_clear) struct raster card;
		struct field_looks f;
		double scores[PATCHES_MAX];
		set(&card, &f);
		draw(&card, 3, others[i]);
		assert_int_equal(retyped_scores(net, &card, &f, scores), OK);
		assert_true(scores[3] > LINE);
		for (int row = 0; row < ROWS; row++)
			assert_true(row == 3 || scores[row] < scores[3]);
	}
}

static void
does_not_compare_three_fields(void **state)
{
	AUTO(raster_clear) struct raster card;
	struct field_looks f;
	double scores[PATCHES_MAX];

	(void)state;
	set(&card, &f);
	f.at[0].tall = f.at[1].tall = f.at[2].tall = false;
	assert_int_equal(retyped_scores(net, &card, &f, scores),
	    ERR_NOT_FOUND);
	err_clear();
}

static void
leaves_out_what_lies_at_the_edge(void **state)
{
	AUTO(raster_clear) struct raster card;
	struct field_looks f;
	double scores[PATCHES_MAX];

	(void)state;
	set(&card, &f);
	f.at[1].spot = (struct patch){2, 2, 30, 20, NULL};
	f.at[2].spot = (struct patch){WIDE - 40, HIGH - 30, 38, 28, NULL};
	assert_int_equal(retyped_scores(net, &card, &f, scores), OK);
	assert_true(isnan(scores[1]) && isnan(scores[2]));
	assert_true(isfinite(scores[0]) && isfinite(scores[3]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(says_little_of_fields_of_one_make),
	    cmocka_unit_test(tells_the_field_of_another_make),
	    cmocka_unit_test(does_not_compare_three_fields),
	    cmocka_unit_test(leaves_out_what_lies_at_the_edge),
	};
	load();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	net_free(net);
	return failed;
}
