#include "vision/fraud/fields.h"
#include "vision/fraud/copies.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#define WIDE 1010
#define HIGH 640
#define ROWS 5
#define LETTERS 8

static unsigned seed;

static int
noise(int most)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)(seed >> 16) % (2 * most + 1) - most;
}

/* A letter of three strokes, which tells one from another. */
static void
letter(struct raster *r, int x, int y, int which, const int ink[3])
{
	for (int v = 0; v < 28; v++)
		for (int u = 0; u < 18; u++) {
			bool dark = u < 5 || (which & 1 && v < 5) ||
			    (which & 2 && v > 22) ||
			    (which & 4 && abs(v - 14) < 3);
			uint8_t *at = raster_row(r, y + v) +
			    (size_t)(x + u) * 3;
			for (int c = 0; c < 3 && dark; c++)
				at[c] = (uint8_t)(ink[c] + noise(6));
		}
}

static void
paper(struct raster *r, int x, int y, int w, int h, int grain)
{
	for (int v = y; v < y + h; v++)
		for (int u = 3 * x; u < 3 * (x + w); u++)
			raster_row(r, v)[u] = (uint8_t)(205 + noise(grain));
}

static const int black[3] = {40, 40, 48}, brown[3] = {80, 44, 30};

static void
row_of(struct raster *r, int row, const int ink[3])
{
	for (int i = 0; i < LETTERS; i++)
		letter(r, 300 + 24 * i, 60 + 90 * row, (i * 5 + row * 3) % 8,
		    ink);
}

struct stage {
	struct sight sight;
	struct raster card;
	struct patches prints;
};

/* Five fields on a page that fills the picture, all of them read. */
static void
set(struct stage *s)
{
	seed = 1;
	*s = (struct stage){0};
	assert_int_equal(raster_make(WIDE, HIGH, 3, &s->card), OK);
	paper(&s->card, 0, 0, WIDE, HIGH, 8);
	s->sight.has_page = true;
	s->sight.page = (struct page){{0, 0, WIDE, 0, WIDE, HIGH, 0, HIGH},
	    WIDE / CARD_PER_MM, HIGH / CARD_PER_MM, true, true};
	s->sight.view = (struct view){WIDE, HIGH, 0, 1};
	for (int row = 0; row < ROWS; row++) {
		float x0 = 298, x1 = 300 + 24 * LETTERS;
		float y0 = (float)(58 + 90 * row), y1 = y0 + 32;
		const float corners[8] = {x0, y0, x1, y0, x1, y1, x0, y1};
		struct printed_field *f =
		    &s->sight.printed.at[s->sight.printed.count++];
		f->name = FINDING_printed_surname;
		for (int i = 0; i < 8; i++)
			f->corners[i] = corners[i];
		row_of(&s->card, row, black);
	}
}

static void
done(struct stage *s)
{
	raster_clear(&s->card);
	raster_clear(&s->sight.still.grey);
}

/* The row that stands out most, and how far. */
static double
worst(struct stage *s, int *row)
{
	struct field_looks f;
	double most = -1;
	assert_int_equal(patches_find(&s->sight, &s->card, &s->prints), OK);
	assert_int_equal(fields_measure(&s->card, &s->prints, &f), OK);
	assert_true(f.count >= ROWS);
	for (size_t i = 0; i < f.count; i++) {
		double off = fields_outlier(&f, i, NULL);
		if (off > most) {
			most = off;
			*row = (f.at[i].spot.y - 20) / 90;
		}
	}
	return most;
}

static void
fields_of_one_make_do_not_stand_out(void **state)
{
	struct stage s;
	int row;

	(void)state;
	set(&s);
	assert_true(worst(&s, &row) < 6);
	done(&s);
}

static void
another_ink_stands_out(void **state)
{
	struct stage s;
	int row;

	(void)state;
	set(&s);
	paper(&s.card, 290, 52 + 180, 210, 44, 8);
	row_of(&s.card, 2, brown);
	assert_true(worst(&s, &row) > 8);
	assert_int_equal(row, 2);
	done(&s);
}

static void
paper_without_grain_stands_out(void **state)
{
	struct stage s;
	int row;

	(void)state;
	set(&s);
	paper(&s.card, 290, 52 + 270, 210, 44, 0);
	row_of(&s.card, 3, black);
	assert_true(worst(&s, &row) >= 5);
	assert_int_equal(row, 3);
	done(&s);
}

/* Finer, paler print that was read as a field, as a label may be. */
static void
a_label_taken_for_a_field_does_not_stand_out(void **state)
{
	struct stage s;
	int row;

	(void)state;
	set(&s);
	paper(&s.card, 290, 52 + 180, 210, 44, 8);
	for (int i = 0; i < 40; i++)
		for (int y = 0; y < 12; y++)
			for (int c = 0; c < 3; c++)
				raster_row(&s.card, 246 + y)[3 * (300 +
				    4 * i) + c] = (uint8_t)brown[c];
	for (int i = 0; i < 4; i++)
		s.sight.printed.at[2].corners[2 * i + 1] = i < 2 ? 244 : 260;
	assert_true(worst(&s, &row) < 6);
	done(&s);
}

/* A word in red, which lets through what lies below. */
static void
a_word_laid_over_a_field_does_not_stand_out(void **state)
{
	struct stage s;
	int row;

	(void)state;
	set(&s);
	for (int y = 60 + 170; y < 60 + 230; y++)
		for (int x = 340; x < 420; x++)
			for (int c = 0; c < 3; c++) {
				uint8_t *at = raster_row(&s.card, y) + 3 * x +
				    c;
				*at = (uint8_t)(*at * 0.65 +
				    (c == 0 ? 70 : 12));
			}
	assert_true(worst(&s, &row) < 6);
	assert_true(row != 2);
	done(&s);
}

/* Many states print it so. */
static void
a_number_may_have_an_ink_of_its_own(void **state)
{
	static const int red[3] = {180, 40, 50}, rusty[3] = {64, 46, 48};
	struct stage s;
	int row;

	(void)state;
	set(&s);
	paper(&s.card, 290, 52 + 180, 210, 44, 8);
	row_of(&s.card, 2, red);
	assert_true(worst(&s, &row) > 8);
	s.sight.printed.at[2].name = FINDING_printed_number;
	assert_true(worst(&s, &row) < 6);
	paper(&s.card, 290, 52 + 180, 210, 44, 8);
	row_of(&s.card, 2, rusty);
	assert_true(worst(&s, &row) > 8);
	done(&s);
}

static void
a_ground_of_colours_lies_over_nothing(void **state)
{
	struct stage s;
	struct field_looks f;

	(void)state;
	set(&s);
	for (int y = 0; y < HIGH; y++)
		for (int x = 0; x < WIDE; x++)
			for (int c = 0; c < 3 && x / 24 % 2; c++) {
				uint8_t *at = raster_row(&s.card, y) + 3 * x +
				    c;
				*at = (uint8_t)(*at * (c ? 0.84 : 1));
			}
	assert_int_equal(patches_find(&s.sight, &s.card, &s.prints), OK);
	assert_int_equal(fields_measure(&s.card, &s.prints, &f), OK);
	assert_int_equal(f.count, ROWS);
	for (size_t i = 0; i < f.count; i++)
		assert_true(f.at[i].candidate);
	done(&s);
}

/* Told by a second reading, below a word across that lies on it. */
static void
a_value_read_below_a_word_is_not_compared_as_a_field(void **state)
{
	struct stage s;

	(void)state;
	set(&s);
	row_of(&s.card, 2, brown);
	s.sight.printed.at[2].through = true;
	assert_int_equal(patches_find(&s.sight, &s.card, &s.prints), OK);
	assert_true(s.prints.count >= ROWS - 1);
	for (size_t i = 0; i < s.prints.count; i++)
		assert_ptr_not_equal(s.prints.at[i].field,
		    &s.sight.printed.at[2]);
	done(&s);
}

static void
a_value_that_was_not_read_is_known_by_its_height(void **state)
{
	struct stage s;
	struct field_looks f;

	(void)state;
	set(&s);
	s.sight.printed.count = 3;
	for (size_t i = 0; i < 3; i++)
		for (int k = 0; k < 4; k++)
			s.sight.printed.at[i].corners[2 * k + 1] +=
			    k < 2 ? -4 : 4;
	assert_int_equal(patches_find(&s.sight, &s.card, &s.prints), OK);
	assert_int_equal(fields_measure(&s.card, &s.prints, &f), OK);
	assert_int_equal(f.count, ROWS);
	assert_false(f.at[0].even);
	assert_true(f.at[4].even);
	done(&s);
}

/* Three curls of a ground stand like letters of a value. */
static void
pale_lines_that_were_not_read_are_no_value(void **state)
{
	static const int pale[3] = {120, 150, 170};
	struct stage s;
	struct field_looks f;

	(void)state;
	set(&s);
	s.sight.printed.count = 4;
	paper(&s.card, 290, 52 + 360, 210, 44, 8);
	row_of(&s.card, 4, pale);
	assert_int_equal(patches_find(&s.sight, &s.card, &s.prints), OK);
	assert_int_equal(fields_measure(&s.card, &s.prints, &f), OK);
	assert_int_equal(f.count, ROWS);
	assert_true(f.at[3].candidate);
	assert_false(f.at[4].candidate);
	assert_false(fields_outlier(&f, 4, NULL) >= 0);
	done(&s);
}

static void
two_fields_cannot_be_compared(void **state)
{
	struct stage s;
	struct field_looks f;

	(void)state;
	set(&s);
	assert_int_equal(patches_find(&s.sight, &s.card, &s.prints), OK);
	s.prints.count = 2;
	assert_int_equal(fields_measure(&s.card, &s.prints, &f), OK);
	assert_false(fields_outlier(&f, 0, NULL) >= 0);
	done(&s);
}

static void
print_that_was_not_read_is_found_too(void **state)
{
	struct stage s;

	(void)state;
	set(&s);
	s.sight.printed.count = 2;
	assert_int_equal(patches_find(&s.sight, &s.card, &s.prints), OK);
	assert_int_equal(s.prints.count, ROWS);
	assert_null(s.prints.at[4].field);
	assert_true(abs(s.prints.at[4].x - 300) < 6);
	done(&s);
}

static double
closeness(struct stage *s)
{
	struct copies c;
	raster_clear(&s->sight.still.grey);
	assert_int_equal(raster_grey(&s->card, &s->sight.still.grey), OK);
	assert_int_equal(patches_find(&s->sight, &s->card, &s->prints), OK);
	assert_int_equal(copies_find(&s->sight, &s->prints, &c), OK);
	return c.usual / c.closest;
}

static void
a_copied_letter_is_alike_to_the_grain(void **state)
{
	struct stage s;

	(void)state;
	set(&s);
	assert_true(closeness(&s) < 2);
	for (int y = 0; y < 36; y++)
		for (int x = 0; x < 3 * 26; x++)
			raster_row(&s.card, 60 + 90 * 3 - 4 + y)
			    [3 * (300 + 48 - 4) + x] =
			    raster_row(&s.card, 60 - 4 + y)
			    [3 * (300 + 96 - 4) + x];
	assert_true(closeness(&s) > 4);
	done(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(fields_of_one_make_do_not_stand_out),
	    cmocka_unit_test(another_ink_stands_out),
	    cmocka_unit_test(paper_without_grain_stands_out),
	    cmocka_unit_test(a_label_taken_for_a_field_does_not_stand_out),
	    cmocka_unit_test(a_word_laid_over_a_field_does_not_stand_out),
	    cmocka_unit_test(a_number_may_have_an_ink_of_its_own),
	    cmocka_unit_test(a_ground_of_colours_lies_over_nothing),
	    cmocka_unit_test(
		a_value_read_below_a_word_is_not_compared_as_a_field),
	    cmocka_unit_test(a_value_that_was_not_read_is_known_by_its_height),
	    cmocka_unit_test(pale_lines_that_were_not_read_are_no_value),
	    cmocka_unit_test(two_fields_cannot_be_compared),
	    cmocka_unit_test(print_that_was_not_read_is_found_too),
	    cmocka_unit_test(a_copied_letter_is_alike_to_the_grain),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
