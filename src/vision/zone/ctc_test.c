/*
 * Decoding: what the best path says, and how sure each place is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "vision/zone/ctc.h"

/* Columns that are sure of one class each, and then of nothing; '_' is
 * nothing. Not quite probabilities. */
static struct ctc_votes
votes(const char *columns)
{
	struct ctc_votes v = {.columns = (int)strlen(columns)};
	for (int t = 0; t < v.columns; t++) {
		const char *at = strchr(ctc_alphabet, columns[t]);
		long class = at ? at - ctc_alphabet : CTC_BLANK;
		for (int c = 0; c < CTC_CLASSES; c++)
			v.log[t][c] = logf(c == class ? 0.9f :
			    c == CTC_BLANK ? 0.03f : 0.002f);
	}
	return v;
}

static void
expect(const struct ctc_text *t, const char *text)
{
	char got[CTC_TEXT_MAX + 1] = "";
	for (int i = 0; i < t->count; i++)
		got[i] = t->at[i].letter;
	assert_string_equal(got, text);
}

static void
equal_neighbours_are_one_letter(void **state)
{
	struct ctc_votes v = votes("_PP_<<__U_");
	struct ctc_text text;
	(void)state;
	ctc_best(&v, &text);
	expect(&text, "P<U");
	assert_float_equal(text.at[0].column, 1.5, 0.01);
	assert_float_equal(ctc_sure(&text), 0.9, 0.001);
}

static void
a_gap_parts_equal_letters(void **state)
{
	struct ctc_votes v = votes("<_<_<");
	struct ctc_text text;
	(void)state;
	ctc_best(&v, &text);
	expect(&text, "<<<");
}

static void
nothing_reads_as_nothing(void **state)
{
	struct ctc_votes v = votes("______");
	struct ctc_text text;
	(void)state;
	ctc_best(&v, &text);
	assert_int_equal(text.count, 0);
	assert_true(ctc_sure(&text) == 0);
}

static void
expect_cells(const struct ctc_cells *c, const char *text)
{
	char got[CTC_TEXT_MAX + 1] = "";
	for (int k = 0; k < c->count; k++) {
		int best = 0;
		float sum = 0;
		for (int i = 0; i < CTC_LETTERS; i++) {
			sum += c->p[k][i];
			if (c->p[k][i] > c->p[k][best])
				best = i;
		}
		assert_float_equal(sum, 1, 0.001);
		got[k] = ctc_alphabet[best];
	}
	assert_string_equal(got, text);
}

static float
sure_of(const struct ctc_cells *c, int place)
{
	float top = 0;
	for (int i = 0; i < CTC_LETTERS; i++)
		top = fmaxf(top, c->p[place][i]);
	return top;
}

static void
cells_agree_with_the_path_where_the_count_is_right(void **state)
{
	struct ctc_votes v = votes("_A_B_<<_<_9_");
	struct ctc_cells cells;
	(void)state;
	assert_int_equal(ctc_cells_of(&v, 5, 1, 2.2f, 0, &cells), OK);
	expect_cells(&cells, "AB<<9");
	for (int k = 0; k < 5; k++)
		assert_true(sure_of(&cells, k) > 0.8f);
}

static void
cells_find_a_filler_lost_in_a_run(void **state)
{
	struct ctc_votes v = votes("_A_<_<<<_<_");
	struct ctc_text text;
	struct ctc_cells cells;
	(void)state;
	ctc_best(&v, &text);
	assert_int_equal(text.count, 4);
	assert_int_equal(ctc_cells_of(&v, 5, 1, 2, 0, &cells), OK);
	expect_cells(&cells, "A<<<<");
}

static void
what_was_forced_is_not_sure(void **state)
{
	struct ctc_votes v = votes("_A___________B_");
	struct ctc_cells cells;
	(void)state;
	assert_int_equal(ctc_cells_of(&v, 3, 1, 6, 0, &cells), OK);
	assert_true(sure_of(&cells, 0) > 0.8f);
	assert_true(sure_of(&cells, 1) < 0.1f);
	assert_true(sure_of(&cells, 2) > 0.8f);
}

/* C is gone. Held to their places D, E and F stay where they are; else they
 * move up, and the last one is told twice. */
static void
letters_held_to_their_places_leave_a_gap(void **state)
{
	struct ctc_votes v = votes("_A___B_______D___EE__FFFF_");
	struct ctc_cells cells;
	(void)state;
	assert_int_equal(ctc_cells_of(&v, 6, 1, 4, 0.6f, &cells), OK);
	for (int k = 0; k < 6; k++) {
		if (k == 2)
			assert_true(sure_of(&cells, k) < 0.1f);
		else
			assert_int_equal(ctc_cells_letter(&cells, k), 'A' + k);
	}
	assert_int_equal(ctc_cells_of(&v, 6, 1, 4, 0, &cells), OK);
	assert_true(sure_of(&cells, 2) > 0.1f ||
	    ctc_cells_letter(&cells, 4) != 'E');
}

/* A column in doubt between two letters gives each its share. */
static void
cells_share_a_doubt(void **state)
{
	struct ctc_votes v = votes("_A_B_C_");
	struct ctc_cells cells;
	(void)state;
	v.log[3]['B' - 'A' + 10] = logf(0.6f);
	v.log[3]['8' - '0'] = logf(0.3f);
	assert_int_equal(ctc_cells_of(&v, 3, 1, 2, 0, &cells), OK);
	assert_float_equal(cells.p[1]['B' - 'A' + 10], 0.65, 0.05);
	assert_float_equal(cells.p[1]['8' - '0'], 0.33, 0.05);
}

static void
refuses_more_letters_than_fit(void **state)
{
	struct ctc_votes v = votes("_A_");
	struct ctc_cells cells;
	(void)state;
	assert_int_equal(ctc_cells_of(&v, 3, 1, 1, 0, &cells), ERR_UNREADABLE);
	assert_int_equal(ctc_cells_of(&v, 0, 1, 1, 0, &cells), ERR_UNREADABLE);
	assert_int_equal(ctc_cells_of(&v, 1, 1, 0, 0, &cells), ERR_UNREADABLE);
}

static void
refuses_a_network_of_another_alphabet(void **state)
{
	float logits[12 * 4] = {0};
	struct ctc_votes v;
	(void)state;
	assert_int_equal(ctc_votes_of(logits, 12, 4, &v), ERR_INTERNAL);
}

static void
votes_are_probabilities(void **state)
{
	static float logits[CTC_CLASSES * 3];
	struct ctc_votes v;
	(void)state;
	for (int i = 0; i < CTC_CLASSES * 3; i++)
		logits[i] = (float)(i * 7 % 13);
	assert_int_equal(ctc_votes_of(logits, CTC_CLASSES, 3, &v), OK);
	for (int t = 0; t < 3; t++) {
		float sum = 0;
		for (int c = 0; c < CTC_CLASSES; c++)
			sum += expf(v.log[t][c]);
		assert_float_equal(sum, 1, 0.001);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(equal_neighbours_are_one_letter),
	    cmocka_unit_test(a_gap_parts_equal_letters),
	    cmocka_unit_test(nothing_reads_as_nothing),
	    cmocka_unit_test(
		cells_agree_with_the_path_where_the_count_is_right),
	    cmocka_unit_test(cells_find_a_filler_lost_in_a_run),
	    cmocka_unit_test(what_was_forced_is_not_sure),
	    cmocka_unit_test(letters_held_to_their_places_leave_a_gap),
	    cmocka_unit_test(cells_share_a_doubt),
	    cmocka_unit_test(refuses_more_letters_than_fit),
	    cmocka_unit_test(refuses_a_network_of_another_alphabet),
	    cmocka_unit_test(votes_are_probabilities)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
