/*
 * Which letters in a reflection matter: zones made here, no picture.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "vision/zone/dazzle.h"

#define NOW INT64_C(1781481600000) /* 2026-06-15 */
#define P_1 "P<GBRERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define P_2 "L898902C36GBR7408122F1204159ZE184226B<<<<<10"
#define C_1 "I<UTOD231458907<<<<<<<<<<<<<<<"
#define C_2 "7408122F1204159UTO<<<<<<<<<<<6"
#define C_3 "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
#define F_1 "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<"
#define F_2 "8806923102858CORINNE<<<<<<<6512068F6"
#define CLEAR 0.9999f

static struct mrz_seen seen;
static struct dazzle dazzle;

static float *
likely(size_t line, size_t column, char letter)
{
	return &seen.p[line][column - 1][strchr(mrz_letters, letter) -
	    mrz_letters];
}

/* Lines that were read as clear as can be, none of them in a reflection. */
static void
see(const char *a, const char *b, const char *c)
{
	const char *lines[] = {a, b, c};
	memset(&seen, 0, sizeof(seen));
	memset(&dazzle, 0, sizeof(dazzle));
	for (; seen.count < 3 && lines[seen.count]; seen.count++) {
		const char *line = lines[seen.count];
		seen.columns[seen.count] = (int)strlen(line);
		for (size_t i = 1; i <= strlen(line); i++)
			*likely(seen.count, i, line[i - 1]) = CLEAR;
	}
}

/* Columns from 1, as the standard counts. */
static void
shine(size_t line, size_t first, size_t last)
{
	for (size_t k = first; k <= last; k++)
		dazzle.at[line][k - 1] = true;
}

static bool
hides(void)
{
	struct mrz_reading r;
	assert_int_equal(mrz_decide(&seen, NOW, &r), OK);
	return dazzle_hides(&dazzle, &seen, &r);
}

static void
expect(size_t line, size_t first, size_t last, bool hidden)
{
	memset(&dazzle, 0, sizeof(dazzle));
	shine(line, first, last);
	assert_int_equal(hides(), hidden);
}

static void
has_no_doubt_where_nothing_shines(void **state)
{
	(void)state;
	see(P_1, P_2, NULL);
	assert_false(hides());
}

static void
doubts_a_letter_of_a_name(void **state)
{
	(void)state;
	see(P_1, P_2, NULL);
	expect(0, 7, 7, true);
	expect(0, 20, 20, true);  /* of the filler between given names */
	expect(0, 3, 3, true);    /* the issuer */
	expect(1, 12, 12, true);  /* and the nationality */
	expect(1, 21, 21, true);  /* and the sex */
}

/* The arithmetic that all else stands on. */
static void
sees_any_one_digit_exchanged_but_not_any_two(void **state)
{
	char text[] = "740812";
	char right = mrz_check_digit(text, 6);
	(void)state;
	for (size_t i = 0; i < 6; i++) {
		char was = text[i];
		for (char c = '0'; c <= '9'; c++) {
			text[i] = c;
			assert_int_equal(mrz_check_digit(text, 6) == right,
			    c == was);
		}
		text[i] = was;
	}
	assert_int_equal(mrz_check_digit("850812", 6), right);
}

static void
trusts_one_digit_of_a_date(void **state)
{
	(void)state;
	see(P_1, P_2, NULL);
	for (size_t k = 14; k <= 19; k++)
		expect(1, k, k, false);
	expect(1, 25, 25, false);
	shine(1, 15, 15); /* one of each date */
	assert_false(hides());
}

static void
doubts_two_digits_of_a_date(void **state)
{
	(void)state;
	see(P_1, P_2, NULL);
	expect(1, 14, 15, true);
	expect(1, 19, 20, true); /* its check digit is one of the two */
}

static void
doubts_a_zero_that_may_be_a_filler(void **state)
{
	(void)state;
	see(P_1, P_2, NULL);
	*likely(1, 16, '<') = 0.001f;
	expect(1, 16, 16, true);
	see(P_1, P_2, NULL);
	*likely(1, 16, 'A') = 0.001f; /* which no date has */
	expect(1, 16, 16, false);
}

static void
trusts_check_digits(void **state)
{
	static const size_t columns[] = {10, 20, 28, 43, 44};
	(void)state;
	see(P_1, P_2, NULL);
	for (size_t i = 0; i < 5; i++)
		expect(1, columns[i], columns[i], false);
	shine(1, 20, 20);
	assert_false(hides());
}

static void
doubts_what_a_wrong_digit_covers(void **state)
{
	(void)state;
	see(P_1, "L898902C36GBR7408123F1204159ZE184226B<<<<<10", NULL);
	expect(1, 15, 15, true);
	expect(1, 25, 25, false);
}

static void
trusts_one_letter_of_a_number_without_rivals(void **state)
{
	(void)state;
	see(P_1, P_2, NULL);
	expect(1, 8, 8, false);
	*likely(1, 8, 'G') = 0.05f; /* 16, C is 12 */
	expect(1, 8, 8, false);
	*likely(1, 8, 'W') = 0.001f; /* 32 */
	expect(1, 8, 8, true);
}

static void
doubts_two_letters_of_a_number(void **state)
{
	(void)state;
	see(P_1, P_2, NULL);
	expect(1, 7, 8, true);
	expect(1, 8, 8, false);
	shine(1, 2, 2);
	assert_true(hides());
}

/* The composite of the French card runs over names as well. */
static void
trusts_one_letter_that_the_composite_covers(void **state)
{
	(void)state;
	see(F_1, F_2, NULL);
	expect(0, 8, 8, false);
	shine(0, 7, 7);
	assert_true(hides());
	expect(0, 8, 8, false);
	shine(1, 36, 36); /* the composite itself */
	assert_true(hides());
	expect(0, 8, 8, false);
	*likely(0, 8, '7') = 0.001f; /* no name has it */
	assert_false(hides());
	*likely(0, 8, 'H') = 0.001f; /* 17, R is 27 */
	assert_true(hides());
}

static void
trusts_fillers_among_fillers(void **state)
{
	(void)state;
	see(C_1, C_2, C_3);
	expect(2, 24, 26, false);
	expect(2, 24, 30, false); /* up to the end of the name */
	expect(0, 19, 30, false); /* and of the optional data */
	expect(1, 22, 29, false);
	shine(2, 24, 30);
	assert_false(hides());
}

static void
doubts_fillers_too_near_to_letters(void **state)
{
	(void)state;
	see(C_1, C_2, C_3);
	expect(2, 23, 23, true);
	expect(2, 21, 30, true);
	expect(0, 18, 19, true);
	expect(1, 20, 21, true);
	see("I<UTOD231458907<<<<<<<<<7<<<<<", C_2, C_3);
	expect(0, 20, 21, false);
	expect(0, 21, 22, true); /* a digit comes again */
	expect(0, 28, 29, true);
	expect(0, 29, 30, false);
}

static void
doubts_lines_of_no_layout(void **state)
{
	struct mrz_reading r = {.line_count = 1, .lines = {"7408122F12"}};
	(void)state;
	see("7408122F12", NULL, NULL);
	shine(0, 3, 3);
	assert_true(dazzle_hides(&dazzle, &seen, &r));
}

#define COLUMNS 30
#define PITCH STRIP_PITCH

/* A line of strokes on paper; one letter has its own. */
static bool
is_dazzled(uint8_t paper, uint8_t ink, uint8_t own_paper, uint8_t own_ink)
{
	AUTO(raster_clear) struct raster grey = {0};
	bool out[MRZ_LINE_SIZE - 1] = {false};
	struct line l = {.x = 40, .y = 40, .sx = PITCH, .dy = PITCH,
	    .letters = COLUMNS};
	struct reader r;
	assert_int_equal(raster_make(40 + PITCH * (COLUMNS + 2), 80, 1,
	    &grey), OK);
	for (int x = 0; x < grey.width; x++)
		for (int y = 0; y < grey.height; y++) {
			int at = (x - 40 + PITCH / 2) / PITCH;
			bool own = at == 9;
			bool stroke = abs(x - 40 - at * PITCH) < 3;
			raster_row(&grey, y)[x] = stroke ?
			    (own ? own_ink : ink) : own ? own_paper : paper;
		}
	reader_init(&r, NULL, &grey);
	assert_int_equal(dazzle_see(&r, &l, COLUMNS, out), OK);
	reader_clear(&r);
	for (int k = 0; k < COLUMNS; k++)
		assert_true(k == 9 || !out[k]);
	return out[9];
}

static void
burnt_paper_with_weak_ink_is_a_reflection(void **state)
{
	(void)state;
	assert_true(is_dazzled(190, 40, 255, 170));
	assert_false(is_dazzled(190, 40, 255, 60));
	assert_false(is_dazzled(190, 40, 190, 140));
}

static void
on_white_paper_only_what_is_nearly_gone_is(void **state)
{
	(void)state;
	assert_true(is_dazzled(250, 40, 255, 200));
	assert_false(is_dazzled(250, 40, 255, 130));
	assert_false(is_dazzled(250, 40, 250, 40));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(burnt_paper_with_weak_ink_is_a_reflection),
	    cmocka_unit_test(on_white_paper_only_what_is_nearly_gone_is),
	    cmocka_unit_test(has_no_doubt_where_nothing_shines),
	    cmocka_unit_test(doubts_a_letter_of_a_name),
	    cmocka_unit_test(sees_any_one_digit_exchanged_but_not_any_two),
	    cmocka_unit_test(trusts_one_digit_of_a_date),
	    cmocka_unit_test(doubts_two_digits_of_a_date),
	    cmocka_unit_test(doubts_a_zero_that_may_be_a_filler),
	    cmocka_unit_test(trusts_check_digits),
	    cmocka_unit_test(doubts_what_a_wrong_digit_covers),
	    cmocka_unit_test(trusts_one_letter_of_a_number_without_rivals),
	    cmocka_unit_test(doubts_two_letters_of_a_number),
	    cmocka_unit_test(trusts_one_letter_that_the_composite_covers),
	    cmocka_unit_test(trusts_fillers_among_fillers),
	    cmocka_unit_test(doubts_fillers_too_near_to_letters),
	    cmocka_unit_test(doubts_lines_of_no_layout)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
