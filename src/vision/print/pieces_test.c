/*
 * Spots into pieces of print.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "vision/print/pieces.h"

#define PER_MM 12

static struct spots spots;
static struct pieces pieces;

/* Letters of 12 x 20 pixels, 16 from one to the next, on a base line. */
static void
write_line(float x, float base, int letters, float slope)
{
	for (int i = 0; i < letters; i++) {
		float left = x + 16.0f * (float)i;
		int foot = (int)lroundf(base + slope * (left - x));
		spots.at[spots.count++] = (struct spot){(int)left, foot - 20,
		    (int)left + 12, foot, 120, 90};
	}
}

static size_t
join(void)
{
	pieces_of(&spots, PER_MM, &pieces);
	return pieces.count;
}

static void
letters_of_one_line_are_one_piece(void **state)
{
	(void)state;
	spots.count = 0;
	write_line(100, 200, 9, 0);
	assert_int_equal(join(), 1);
	assert_float_equal(pieces.at[0].x, 100, 0.5);
	assert_float_equal(pieces.at[0].y, 200, 0.5);
	assert_float_equal(pieces.at[0].length, 8 * 16 + 12, 1);
	assert_float_equal(pieces.at[0].capital, 20, 1);
	assert_int_equal(pieces.at[0].spots, 9);
}

static void
a_gap_and_another_line_part_pieces(void **state)
{
	(void)state;
	spots.count = 0;
	write_line(100, 200, 5, 0);
	write_line(300, 200, 5, 0);
	write_line(100, 232, 6, 0);
	assert_int_equal(join(), 3);
}

/* A J that reaches below: the digits before it must not go on with the U. */
static void
a_letter_with_a_tail_is_passed_over_by_nobody(void **state)
{
	(void)state;
	spots.count = 0;
	write_line(100, 200, 2, 0);
	spots.at[spots.count++] = (struct spot){137, 180, 146, 208, 100, 90};
	write_line(147, 200, 2, 0);
	assert_int_equal(join(), 1);
	assert_int_equal(pieces.at[0].spots, 5);
}

static void
follows_a_line_that_is_not_level(void **state)
{
	(void)state;
	spots.count = 0;
	write_line(100, 200, 20, 0.05f);
	assert_int_equal(join(), 1);
	assert_float_equal(pieces.at[0].slope, 0.05, 0.01);
	assert_float_equal(pieces.at[0].y, 200.3, 1.5);
}

static void
tails_do_not_move_the_base_line(void **state)
{
	(void)state;
	spots.count = 0;
	write_line(100, 200, 9, 0);
	spots.at[2].bottom += 6; /* a g and a p */
	spots.at[6].bottom += 6;
	assert_int_equal(join(), 1);
	assert_float_equal(pieces.at[0].y, 200, 0.5);
	assert_float_equal(pieces.at[0].capital, 20, 0.5);
}

static void
small_letters_behind_a_capital_are_no_other_print(void **state)
{
	(void)state;
	spots.count = 0;
	write_line(100, 200, 4, 0);
	write_line(176, 200, 3, 0); /* a hyphen between them was lost */
	for (size_t i = 2; i < 7; i++)
		spots.at[i].top += 7;
	assert_int_equal(join(), 1);
	for (size_t i = 2; i < 4; i++)
		spots.at[i].top -= 7; /* a label and a value behind it */
	assert_int_equal(join(), 2);
}

/* Letters so high and so wide, with a gap before the next. */
static float
write_size(float x, float base, int letters, int height)
{
	for (int i = 0; i < letters; i++) {
		float pitch = 0.8f * (float)height;
		int left = (int)(x + pitch * (float)i);
		spots.at[spots.count++] = (struct spot){left,
		    (int)base - height, left + height * 6 / 10, (int)base,
		    height * height / 3, 90};
	}
	return x + 0.8f * (float)height * (float)letters;
}

/* Small letters with a capital in front, and a value more than twice as high as
 * those: neither may be lost as a stray of the other. */
static void
a_value_beside_its_label_is_a_piece_of_its_own(void **state)
{
	(void)state;
	spots.count = 0;
	float x = write_size(100, 200, 9, 12);
	spots.at[0].top -= 5;
	x = write_size(x + 16, 200, 2, 28); /* "10-03-25" */
	write_size(write_size(x + 10, 200, 2, 28) + 10, 200, 2, 28);
	assert_int_equal(join(), 2);
	assert_float_equal(fmaxf(pieces.at[0].capital, pieces.at[1].capital),
	    28, 1);
	assert_int_equal(pieces.at[0].spots + pieces.at[1].spots, 15);
}

static void
specks_and_pictures_are_no_print(void **state)
{
	(void)state;
	spots.count = 3;
	spots.at[0] = (struct spot){10, 10, 14, 14, 12};
	spots.at[1] = (struct spot){50, 50, 250, 250, 20000};
	spots.at[2] = (struct spot){300, 100, 700, 110, 500};
	assert_int_equal(join(), 0);
	spots.count = 0;
	assert_int_equal(join(), 0);
}

static void
a_page_full_of_spots_gives_as_many_as_there_is_room(void **state)
{
	(void)state;
	spots.count = 0;
	for (int row = 0; row < 60; row++)
		for (int part = 0; part < 5; part++)
			write_line((float)(part * 200),
			    (float)(40 + 40 * row), 6, 0);
	assert_int_equal(join(), PIECES_MAX);
}

static void
a_word_parted_by_a_speck_is_one_piece(void **state)
{
	(void)state;
	spots.count = 0;
	write_line(100, 100, 3, 0);
	write_line(158, 100, 4, 0);
	spots.at[spots.count++] = (struct spot){148, 91, 157, 100, 60, 90};
	assert_int_equal(join(), 1);
	assert_true(fabsf(pieces.at[0].length - 118) < 2);
	spots.count = 0;
	write_line(100, 100, 3, 0);
	write_line(190, 100, 4, 0); /* another column */
	assert_int_equal(join(), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_word_parted_by_a_speck_is_one_piece),
	    cmocka_unit_test(letters_of_one_line_are_one_piece),
	    cmocka_unit_test(a_gap_and_another_line_part_pieces),
	    cmocka_unit_test(a_letter_with_a_tail_is_passed_over_by_nobody),
	    cmocka_unit_test(follows_a_line_that_is_not_level),
	    cmocka_unit_test(tails_do_not_move_the_base_line),
	    cmocka_unit_test(
		small_letters_behind_a_capital_are_no_other_print),
	    cmocka_unit_test(a_value_beside_its_label_is_a_piece_of_its_own),
	    cmocka_unit_test(specks_and_pictures_are_no_print),
	    cmocka_unit_test(
		a_page_full_of_spots_gives_as_many_as_there_is_room)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
