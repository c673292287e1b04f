/*
 * What else is reported of a side without a zone: numbers, dates, places.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/print/printed_alone_fixture.h"

static void
national_script_is_not_reported_as_latin(void **state)
{
	(void)state;
	begin();
	print_at(10, 5, 2, "REPUBLIC OF BULGARIA");
	print_at(30, 10, 1.2f, "Surname");
	print_at(30, 13.5f, 2, "MBAHOBA");
	print_at(30, 16.6f, 2, "IVANOVA");
	print_at(30, 22, 1.2f, "Place of birth");
	print_at(30, 25.5f, 2, "CO\u00d8\u0130");
	assert_string_equal(said(FINDING_printed_surname), "IVANOVA");
	assert_string_equal(said(FINDING_printed_birth_place), "");
	print_at(30, 28.6f, 2, "SOFIA");
	assert_string_equal(said(FINDING_printed_birth_place), "SOFIA");
	print_at(70, 22, 1.2f, "Nationality");
	print_at(70, 25.5f, 2, "EAAHNIKH");
	print_at(70, 28.6f, 2, "02 OKT/OCT 1969");
	assert_string_equal(said(FINDING_printed_nationality), "");
}

static void
letters_among_the_digits_of_a_number_are_digits(void **state)
{
	static const char *const texts[][2] = {{"Y7I197O42", "Y71197042"},
	    {"IA1234567", "IA1234567"}, {"CA12345AI", "CA12345AI"},
	    {"1234567AI", "1234567AI"}};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		begin();
		print_at(30, 10, 1.2f, "Document No");
		print_at(30, 13.5f, 2, texts[i][0]);
		assert_string_equal(said(FINDING_printed_number),
		    texts[i][1]);
	}
}

static void
birth_is_the_first_date_and_expiry_the_last(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Date of birth");
	print_at(30, 13.5f, 2, "13.07.1990");
	print_at(30, 17, 1.2f, "Date of expiry"); /* issue was not read */
	print_at(30, 20.5f, 2, "12.02.2020");
	print_at(60, 20.5f, 2, "11.02.2030");
	assert_string_equal(said(FINDING_printed_birth_date), "1990-07-13");
	assert_string_equal(said(FINDING_printed_expiry), "2030-02-11");
	assert_true(sure_of(FINDING_printed_expiry) < 0.8f);
}

static void
the_last_date_of_a_permit_is_its_expiry(void **state)
{
	(void)state;
	begin();
	print_at(10, 5, 2, "AUFENTHALTSTITEL / RESIDENCE PERMIT");
	print_at(30, 20, 2, "13.07.1990");
	print_at(30, 30, 2, "11.02.2030");
	assert_string_equal(said(FINDING_printed_expiry), "2030-02-11");
	assert_string_equal(said(FINDING_printed_birth_date), "1990-07-13");
	/* any other document that tells its day of issue */
	sheet.prints.at[0].count = 6;
	print_at(30, 26.5f, 1.2f, "Date of issue");
	assert_string_equal(said(FINDING_printed_expiry), "");
}

static void
of_two_dates_the_second_is_the_expiry_but_in_doubt(void **state)
{
	(void)state;
	begin();
	print_at(30, 20, 2, "13.07.1990");
	print_at(30, 30, 2, "11.02.2030");
	assert_string_equal(said(FINDING_printed_expiry), "2030-02-11");
	assert_true(sure_of(FINDING_printed_expiry) < 0.8f);
	begin();
	print_at(30, 20, 2, "13.07.1990"); /* a child's: which is which? */
	print_at(30, 30, 2, "11.02.2000");
	assert_string_equal(said(FINDING_printed_expiry), "");
}

static void
a_lonely_number_is_the_document_s_unless_a_label_claims_it(void **state)
{
	(void)state;
	begin();
	print_at(30, 13.5f, 2, "MXV718252");
	assert_string_equal(said(FINDING_printed_number), "MXV718252");
	print_at(30, 10, 1.2f, "Personal No.");
	assert_string_equal(said(FINDING_printed_number), "");
}

static void
what_nothing_was_compared_with_is_never_certain(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Date of expiry");
	print_at(30, 13.5f, 2, "18.03.2034");
	for (int i = 0; i < sheet.prints.at[1].count; i++)
		sheet.prints.at[1].at[i].sure = 1;
	assert_string_equal(said(FINDING_printed_expiry), "2034-03-18");
	assert_true(sure_of(FINDING_printed_expiry) > 0.9f);
	assert_true(sure_of(FINDING_printed_expiry) < 0.98f);
}

/* "GIVEN NAME" of a small label, of which its last word alone was read. */
static void
a_number_with_the_day_of_birth_is_the_holders(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Date of birth");
	print_at(30, 13.5f, 2, "21.08.1968");
	print_at(30, 20, 1.2f, "Kort nr");
	print_at(30, 23.5f, 2, "19680821-2391");
	assert_string_equal(said(FINDING_printed_number), "");
	print_at(60, 23.5f, 2, "096680673"); /* the only other one */
	assert_string_equal(said(FINDING_printed_number), "096680673");
	sheet.prints.count--;
	sheet.prints.at[3].at[0].glyph = (uint8_t)glyph_find("7");
	assert_string_equal(said(FINDING_printed_number), "79680821-2391");
}

static float
sure_of_surname_at(float x, int width)
{
	begin();
	print_at(x, 10, 1.2f, "Surname");
	print_at(x, 13.5f, 2, "REIL");
	print_at(x, 17, 1.2f, "Given names");
	print_at(x, 20.5f, 2, "THOM");
	said(FINDING_printed_surname);
	printed_doubt_cut(&sheet, width, 648, &printed);
	return sure_of(FINDING_printed_surname);
}

static void
a_name_that_reaches_an_edge_is_in_doubt(void **state)
{
	(void)state;
	assert_true(sure_of_surname_at(40, 1027) > 0.9f);
	assert_true(sure_of_surname_at(79.2f, 1027) < 0.6f);
	assert_true(sure_of_surname_at(0.2f, 1027) < 0.6f);
	/* the picture ends before the page does */
	assert_true(sure_of_surname_at(40, 540) < 0.6f);
}

/* "19810101-1234", cut off at the page's edge, above other dates. */
static void
the_begin_of_a_personal_number_is_no_sure_birth_date(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Date of birth");
	print_at(30, 13.5f, 2, "13.07.1990");
	print_at(60, 13.5f, 2, "19810101");
	print_at(30, 20, 1.2f, "Date of expiry");
	print_at(30, 23.5f, 2, "11.02.2030");
	assert_string_equal(said(FINDING_printed_birth_date), "1990-07-13");
	assert_true(sure_of(FINDING_printed_birth_date) > 0.9f);
	begin();
	print_at(30, 13.5f, 2, "19810101");
	print_at(30, 23.5f, 2, "11.02.2030");
	said(FINDING_printed_birth_date);
	assert_true(sure_of(FINDING_printed_birth_date) < 0.6f);
}

static void
a_one_read_as_a_letter_is_of_the_date(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Date of expiry");
	print_at(30, 13.5f, 2, "I8.03.2034");
	assert_string_equal(said(FINDING_printed_expiry), "2034-03-18");
	begin();
	print_at(30, 10, 1.2f, "Date of birth");
	print_at(30, 13.5f, 2, "1I10I1983"); /* the 1st, or the 11th */
	assert_string_equal(said(FINDING_printed_birth_date), "1983-10-01");
	assert_true(sure_of(FINDING_printed_birth_date) < 0.5f);
}

static void
an_expiry_that_fits_no_other_date_is_doubted(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Date of birth");
	print_at(30, 13.5f, 2, "21.08.1968");
	print_at(30, 20, 1.2f, "Date of issue");
	print_at(30, 23.5f, 2, "18.03.2024");
	print_at(30, 30, 1.2f, "Date of expiry");
	print_at(30, 33.5f, 2, "17.03.2034");
	assert_string_equal(said(FINDING_printed_expiry), "2034-03-17");
	assert_true(sure_of(FINDING_printed_expiry) > 0.9f);
	sheet.prints.at[5].at[0].glyph = (uint8_t)glyph_find("0");
	assert_string_equal(said(FINDING_printed_expiry), "2034-03-07");
	assert_true(sure_of(FINDING_printed_expiry) < 0.8f);
	assert_true(sure_of(FINDING_printed_issue_date) < 0.8f);
	assert_true(sure_of(FINDING_printed_birth_date) > 0.9f);
	sheet.prints.at[5].at[0].glyph = (uint8_t)glyph_find("2");
	sheet.prints.at[5].at[1].glyph = (uint8_t)glyph_find("1");
	sheet.prints.at[5].at[4].glyph = (uint8_t)glyph_find("8");
	assert_string_equal(said(FINDING_printed_expiry), "2034-08-21");
	assert_true(sure_of(FINDING_printed_expiry) > 0.9f); /* a birthday */
}

static void
letters_of_another_script_are_no_value(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Surname");
	print_at(30, 13.5f, 2, "\u00a4EB\u00a4EHKO");
	assert_string_equal(said(FINDING_printed_surname), "");
	print_at(30, 17, 2, "SHEVCHENKO");
	assert_string_equal(said(FINDING_printed_surname), "SHEVCHENKO");
	begin();
	print_at(30, 10, 1.2f, "Surname");
	print_at(30, 13.5f, 2, "KOPAHOBA");
	assert_string_equal(said(FINDING_printed_surname), "KOPAHOBA");
}

/* Zhukova in Cyrillic: the first letter alone is like no Latin one. */
static void
a_foreign_letter_at_a_word_s_end_is_no_speck(void **state)
{
	static const char *const words[] = {"\u00a4YKOBA", "YKOBA\u00a4",
	    "\u00a4\u00a4YKOBA", "\u00a4YKOBA-\u00a4"};
	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		begin();
		print_at(30, 10, 1.2f, "Surname");
		print_at(30, 13.5f, 2, words[i]);
		print_at(30, 20, 1.2f, "Place of birth");
		print_at(30, 23.5f, 2, words[i]);
		assert_string_equal(said(FINDING_printed_surname), "");
		assert_string_equal(said(FINDING_printed_birth_place), "");
	}
	begin();
	print_at(30, 10, 1.2f, "Surname");
	print_at(30, 13.5f, 2, "\u00a4 SHEVCHENKO \u00a4");
	print_at(30, 20, 1.2f, "Sex");
	print_at(30, 23.5f, 2, "\u00a4/F");
	assert_string_equal(said(FINDING_printed_surname), "SHEVCHENKO");
	assert_string_equal(said(FINDING_printed_sex), "F");
}

/* Damaged print, of which one letter was taken for a foreign one. */
static void
what_stands_below_a_foreign_value_may_be_another_field(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1, "Surname");
	print_at(30, 12.5f, 2, "\u00a4KERBLOM");
	print_at(30, 14.5f, 1, "Given names");
	print_at(30, 17, 2, "HAKAN");
	print_at(30, 24, 1, "Place of birth");
	print_at(30, 26.5f, 2, "V\u00a4XJO");
	print_at(30, 28.5f, 1, "Nationality");
	print_at(30, 31, 2, "SWEDISH");
	assert_string_equal(said(FINDING_printed_surname), "");
	assert_string_equal(said(FINDING_printed_given_names), "HAKAN");
	assert_string_equal(said(FINDING_printed_birth_place), "");
	assert_string_equal(said(FINDING_printed_nationality), "SWEDISH");
}

static void
a_series_before_a_number_is_of_it(void **state)
{
	(void)state;
	begin();
	print_at(20, 8, 2, "SERIA RX");
	print_at(40, 8, 2, "NR 109749");
	assert_string_equal(said(FINDING_printed_number), "RX109749");
	sheet.prints.at[0].where.y += 60; /* on another line */
	assert_string_equal(said(FINDING_printed_number), "109749");
	begin();
	print_at(20, 8, 2, "SERIA RX NR 109749");
	assert_string_equal(said(FINDING_printed_number), "RX109749");
}

static void
a_number_behind_another_script_is_none(void **state)
{
	(void)state;
	begin();
	print_at(20, 8, 1.2f, "Document No");
	print_at(20, 11.5f, 2, "\u00a4\u00a4123456");
	assert_string_equal(said(FINDING_printed_number), "");
	begin();
	print_at(20, 8, 1.2f, "Document No");
	print_at(20, 11.5f, 2, "- 123456");
	assert_string_equal(said(FINDING_printed_number), "123456");
}

static void
a_place_goes_on_in_the_next_piece(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Place of birth");
	print_at(30, 13.5f, 2, "\u00dast\u00ed");
	print_at(38, 13.5f, 2, "nad Labem");
	assert_string_equal(said(FINDING_printed_birth_place),
	    "\u00dast\u00ed nad Labem");
	sheet.prints.at[2].where.x += 10 * PER_MM; /* another column */
	assert_string_equal(said(FINDING_printed_birth_place),
	    "\u00dast\u00ed");
}

static void
the_end_of_a_date_is_no_number(void **state)
{
	(void)state;
	begin();
	print_at(20, 8, 1.2f, "Document No");
	print_at(20, 11.5f, 2, "09.1989");
	assert_string_equal(said(FINDING_printed_number), "");
	begin();
	print_at(20, 8, 1.2f, "Document No");
	print_at(20, 11.5f, 2, "27 015 1972");
	assert_string_equal(said(FINDING_printed_number), "");
	begin();
	print_at(20, 8, 1.2f, "Document No");
	print_at(20, 11.5f, 2, "APR/APR2018");
	assert_string_equal(said(FINDING_printed_number), "");
	begin();
	print_at(20, 8, 1.2f, "Document No");
	print_at(20, 11.5f, 2, "APR201834");
	assert_string_equal(said(FINDING_printed_number), "APR201834");
}

static void
a_number_is_made_as_its_state_s_are(void **state)
{
	(void)state;
	begin();
	print_at(10, 4, 2, "LATVIJAS REPUBLIKA");
	print_at(60, 50, 2, "PAOI22437");
	print_at(30, 45, 2, "2106851234");
	assert_string_equal(said(FINDING_printed_number), "PA0122437");
	begin();
	print_at(10, 4, 2, "ESPA\u00d1A");
	print_at(60, 50, 2, "43612378X");
	print_at(30, 45, 2, "LYM659093");
	assert_string_equal(said(FINDING_printed_number), "LYM659093");
	print_at(30, 50, 2, "LYM659094"); /* two of them: neither */
	assert_string_equal(said(FINDING_printed_number), "");
	begin();
	print_at(10, 4, 2, "KINGDOM OF THE NETHERLANDS");
	print_at(60, 50, 2, "SPECI2021"); /* I or 1: nothing says */
	assert_string_equal(said(FINDING_printed_number), "SPEC12021");
	assert_true(sure_of(FINDING_printed_number) < 0.85f);
	begin();
	print_at(10, 4, 2, "ESPA\u00d1A");
	print_at(60, 40, 1.2f, "Document No");
	print_at(60, 43, 2, "LY0659O93"); /* as it stands by its label */
	assert_string_equal(said(FINDING_printed_number), "LYO659093");
}

static void
a_letter_that_its_state_knows_there_is_no_digit_surely(void **state)
{
	float card = page.width;
	(void)state;
	page.width = 125;
	begin();
	print_at(10, 4, 2, "PASSPORT UNITED STATES OF AMERICA");
	print_at(60, 40, 1.2f, "Passport No");
	print_at(60, 43, 2, "A23456789");
	assert_string_equal(said(FINDING_printed_number), "A23456789");
	assert_true(sure_of(FINDING_printed_number) > 0.85f);
	begin();
	print_at(10, 4, 2, "PASSPORT UNITED STATES OF AMERICA");
	print_at(60, 40, 1.2f, "Passport No");
	print_at(60, 43, 2, "I23456789");
	assert_true(strcmp(said(FINDING_printed_number), "I23456789") == 0 ||
	    sure_of(FINDING_printed_number) < 0.85f);
	page.width = card;
}

/* How sure a number is that nothing but its label is told of. */
static float
sure_of_number(const char *sign, const char *text)
{
	begin();
	print_at(10, 4, 2, sign);
	print_at(30, 10, 1.2f, "Document No");
	print_at(30, 13.5f, 2, text);
	said(FINDING_printed_number);
	return sure_of(FINDING_printed_number);
}

static void
a_letter_at_the_end_of_a_number_is_no_digit_surely(void **state)
{
	static const char *const doubts[] = {"I23456789", "O23456789",
	    "l23456789", "AB45678I", "AB45678O", "ABCI23456"};
	static const char *const plain[] = {"123456789", "023456789",
	    "A23I56789", "A2345O789", "IA2345678", "AB456781"};
	(void)state;
	for (size_t i = 0; i < sizeof(doubts) / sizeof(doubts[0]); i++) {
		float sure = sure_of_number("", doubts[i]);
		assert_true(sure > 0);
		assert_true(sure < 0.6f);
	}
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		assert_true(sure_of_number("", plain[i]) > 0.9f);
	/* a state's pattern says which it is */
	assert_true(sure_of_number("CESKA REPUBLIKA", "I23456789") > 0.9f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_nothing_was_compared_with_is_never_certain),
	    cmocka_unit_test(national_script_is_not_reported_as_latin),
	    cmocka_unit_test(letters_among_the_digits_of_a_number_are_digits),
	    cmocka_unit_test(birth_is_the_first_date_and_expiry_the_last),
	    cmocka_unit_test(the_last_date_of_a_permit_is_its_expiry),
	    cmocka_unit_test(
		of_two_dates_the_second_is_the_expiry_but_in_doubt),
	    cmocka_unit_test(
		a_lonely_number_is_the_document_s_unless_a_label_claims_it),
	    cmocka_unit_test(a_number_with_the_day_of_birth_is_the_holders),
	    cmocka_unit_test(an_expiry_that_fits_no_other_date_is_doubted),
	    cmocka_unit_test(letters_of_another_script_are_no_value),
	    cmocka_unit_test(a_foreign_letter_at_a_word_s_end_is_no_speck),
	    cmocka_unit_test(
		what_stands_below_a_foreign_value_may_be_another_field),
	    cmocka_unit_test(a_series_before_a_number_is_of_it),
	    cmocka_unit_test(a_number_behind_another_script_is_none),
	    cmocka_unit_test(a_number_is_made_as_its_state_s_are),
	    cmocka_unit_test(
		a_letter_at_the_end_of_a_number_is_no_digit_surely),
	    cmocka_unit_test(
		a_letter_that_its_state_knows_there_is_no_digit_surely),
	    cmocka_unit_test(the_end_of_a_date_is_no_number),
	    cmocka_unit_test(a_place_goes_on_in_the_next_piece),
	    cmocka_unit_test(a_name_that_reaches_an_edge_is_in_doubt),
	    cmocka_unit_test(
		the_begin_of_a_personal_number_is_no_sure_birth_date),
	    cmocka_unit_test(a_one_read_as_a_letter_is_of_the_date)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
