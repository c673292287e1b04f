/*
 * Texts among votes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/print/seen_fixture.h"

/* The reader holds it possible that letter `at` is another one. */
static void
doubt(struct seen *s, int at, const char *glyph, float vote)
{
	int g = glyph_of(glyph, strlen(glyph));
	for (int t = 4 * at + 1; t < 4 * at + 4; t++)
		s->votes[g * s->print.columns + t] = vote;
}

static struct match
look(struct seen *s, const char *text, bool name, bool open)
{
	const struct search what = {text, name, open};
	struct match m;
	prints_fold(&s->print, s->spelled, s->separators);
	assert_int_equal(search_in(&s->print, &what, &m), OK);
	return m;
}

static float
score(const char *printed, const char *text)
{
	static struct seen s;
	see(printed, &s);
	return look(&s, text, true, false).score;
}

static void
finds_what_is_printed_with_its_accents(void **state)
{
	static const char *const cases[][3] = {
	    {"Nom LEF\u00c8VRE", "LEFEVRE", "LEF\u00c8VRE"},
	    {"Zo\u00e9 \u00c5sa", "ZOE AASA", "Zo\u00e9 \u00c5sa"},
	    {"Zo\u00e9 \u00c5sa", "ZOE ASA", "Zo\u00e9 \u00c5sa"},
	    {"M\u00fcller", "MUELLER", "M\u00fcller"},
	    {"M\u00fcller", "MULLER", "M\u00fcller"},
	    {"GRO\u1e9e", "GROSS", "GRO\u1e9e"},
	    {"D'AMICO", "DAMICO", "D'AMICO"},
	    {"Marie-Claire", "MARIE CLAIRE", "Marie-Claire"},
	    {"MARIE, CLAIRE", "MARIE CLAIRE", "MARIE, CLAIRE"},
	    {"\u00a4OPO\u00a4\u0159DZIUBA", "DZIUBA", "DZIUBA"},
	    {"ANNA", "ANNA", "ANNA"}};
	static struct seen s;
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		see(cases[i][0], &s);
		struct match m = look(&s, cases[i][1], true, false);
		if (m.score < -1.5f)
			print_message("%s: %f\n", cases[i][0], (double)m.score);
		assert_true(m.score > -1.5f);
		assert_string_equal(m.text, cases[i][2]);
		assert_true(m.sure > 0.9f);
	}
}

static void
refuses_what_differs_by_one_letter(void **state)
{
	static const char *const cases[][2] = {
	    {"LEFEVRE", "LEFEBRE"}, {"LEFEVRE", "LEFEVR"},
	    {"LEFEVR", "LEFEVRE"}, {"ANNA", "ANA"}, {"ANA", "ANNA"},
	    {"M\u00fcller", "MOELLER"}, {"MARIE CLAIRE", "MARIE"},
	    {"", "A"}};
	(void)state;
	for (size_t i = 0; i + 2 < sizeof(cases) / sizeof(cases[0]); i++)
		assert_true(score(cases[i][0], cases[i][1]) < -9);
	/* one of two given names is there, as far as this piece says */
	assert_true(score("MARIE CLAIRE", "MARIE") > -1);
	assert_true(score("x", "ANNA") == SEARCH_NOTHING);
}

static void
finds_no_name_inside_another(void **state)
{
	(void)state;
	assert_true(score("LEROUX", "ROUX") < -9);
	assert_true(score("ROUXEL", "ROUX") < -9);
	assert_true(score("LE ROUX", "ROUX") > -1);
	assert_true(score("Nom:ROUX.", "ROUX") > -1);
}

static void
an_open_end_takes_the_beginning_of_a_name(void **state)
{
	static struct seen s;
	(void)state;
	see("DEJTHAMRONGUL", &s);
	assert_true(look(&s, "DEJTHAM", true, true).score > -1);
	assert_true(look(&s, "DEJTHAM", true, false).score < -9);
	assert_true(look(&s, "EJTHAM", true, true).score < -9);
}

static void
a_doubtful_letter_costs_what_the_reader_doubts(void **state)
{
	static struct seen s;
	(void)state;
	see("X4X2838", &s);
	doubt(&s, 5, "8", -1);
	doubt(&s, 6, "3", -2.5f);
	assert_float_equal(look(&s, "X4X2838", false, false).score, 0, 0.01);
	assert_true(look(&s, "X4X2888", false, false).score < -2.9f);
	assert_true(look(&s, "X4X2888", false, false).score > -3.1f);
	assert_true(look(&s, "X4X2833", false, false).score < -7.4f);
}

static void
finds_numbers_and_dates_with_any_signs_between(void **state)
{
	static struct seen s;
	(void)state;
	see("No 12.345-678 9", &s);
	assert_true(look(&s, "123456789", false, false).score > -0.1f);
	assert_true(look(&s, "123456780", false, false).score < -9);
	see("15.11.1988", &s);
	assert_true(look(&s, "15 11 1988", false, false).score > -0.1f);
	assert_true(look(&s, "15 11 1989", false, false).score < -9);
	see("15I11J1988", &s);
	assert_true(look(&s, "15/11/1988", false, false).score > -0.1f);
	assert_true(look(&s, "15 11 1988", false, false).score < -9);
	assert_true(look(&s, "15/11/1980", false, false).score < -9);
	see("04 MAI/MAY 1971", &s);
	assert_true(look(&s, "04 MAI*1971", false, false).score > -0.1f);
	assert_true(look(&s, "04 MAI*1972", false, false).score < -9);
	/* nothing alike stands between so few letters that nothing fits */
	see("l2 O3 197O", &s);
	assert_true(look(&s, "12 03 1970", false, false).score > -0.1f);
}

static void
a_text_of_no_length_or_too_much_is_nowhere(void **state)
{
	char much[400];
	static struct seen s;
	(void)state;
	memset(much, 'A', sizeof(much) - 1);
	much[sizeof(much) - 1] = '\0';
	see("AAAA", &s);
	assert_true(look(&s, "", true, false).score == SEARCH_NOTHING);
	assert_true(look(&s, " * ", true, false).score == SEARCH_NOTHING);
	assert_true(look(&s, much, true, false).score == SEARCH_NOTHING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_what_is_printed_with_its_accents),
	    cmocka_unit_test(refuses_what_differs_by_one_letter),
	    cmocka_unit_test(finds_no_name_inside_another),
	    cmocka_unit_test(an_open_end_takes_the_beginning_of_a_name),
	    cmocka_unit_test(a_doubtful_letter_costs_what_the_reader_doubts),
	    cmocka_unit_test(finds_numbers_and_dates_with_any_signs_between),
	    cmocka_unit_test(a_text_of_no_length_or_too_much_is_nowhere)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
