/*
 * What is reported of a side without a zone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/printed_parts.h"
#include "vision/sheet_fixture.h"

static struct page page = {.width = 85.6f, .height = 54,
    .corners = {0, 0, 1027, 0, 1027, 648, 0, 648}};
static struct printed printed;

/* What is reported, "" for nothing. */
static const char *
said(enum finding_name name)
{
	sheet.page = &page;
	printed.count = 0;
	sheet_find_labels(&sheet);
	printed_report(&sheet, NULL, &printed);
	for (size_t i = 0; i < printed.count; i++)
		if (printed.at[i].name == name)
			return printed.at[i].text;
	return "";
}

static float
sure_of(enum finding_name name)
{
	for (size_t i = 0; i < printed.count; i++)
		if (printed.at[i].name == name)
			return printed.at[i].sure;
	return 0;
}

static void
given_names_may_take_two_lines(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Pr\u00e9noms / Given names");
	print_at(30, 13.5f, 2, "Jean-No\u00ebl, Ga\u00ebl");
	print_at(30, 16.6f, 2, "Marie");
	assert_string_equal(said(FINDING_printed_given_names),
	    "Jean-No\u00ebl Ga\u00ebl Marie");
}

static void
given_names_go_on_after_a_wide_space(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Pr\u00e9noms / Given names");
	print_at(30, 13.5f, 2, "ANNA");
	print_at(40, 13.5f, 2, "MARIE");
	assert_string_equal(said(FINDING_printed_given_names), "ANNA MARIE");
	print_at(40, 10, 1.2f, "Lieu de naissance / Place of birth");
	assert_string_equal(said(FINDING_printed_given_names), "ANNA");
}

/* Hungarian cards. */
static void
one_label_may_stand_above_both_names(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Csal\u00e1di \u00e9s ut\u00f3n\u00e9v");
	print_at(30, 13.5f, 2, "NAGY");
	print_at(30, 17.2f, 2, "ANNA");
	assert_string_equal(said(FINDING_printed_surname), "NAGY");
	assert_string_equal(said(FINDING_printed_given_names), "ANNA");
	sheet.prints.count = 2; /* one line: which name it is, nobody knows */
	assert_string_equal(said(FINDING_printed_surname), "");
	assert_string_equal(said(FINDING_printed_given_names), "");
}

static void
the_same_label_in_another_language_is_no_name(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Vorname(n) - Given");
	print_at(30, 13.5f, 2, "Beat");
	assert_string_equal(said(FINDING_printed_given_names), "Beat");
}

static void
another_name_of_the_person_is_cut_off(void **state)
{
	static const char *const texts[][2] = {
	    {"De Bruijn e/v Molenaar", "De Bruijn"},
	    {"MUSTERMANN GEB. GABLER", "MUSTERMANN"},
	    {"DURAND \u00e9pouse PETIT", "DURAND"},
	    {"EVEN", "EVEN"}, {"GEBHARD", "GEBHARD"}};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		begin();
		print_at(30, 10, 1.2f, "Name / Surname / Nom");
		print_at(30, 13.5f, 2, texts[i][0]);
		assert_string_equal(said(FINDING_printed_surname),
		    texts[i][1]);
	}
}

static void
a_usage_name_may_stand_behind_the_surname(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Nom / Surname");
	print_at(30, 13.5f, 2, "DURAND \u00e9pouse PETIT");
	assert_string_equal(said(FINDING_printed_surname), "DURAND");
	assert_string_equal(said(FINDING_printed_usage_name), "PETIT");
}

static void
two_surnames_with_a_label_each_are_one(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "PRIMER APELLIDO");
	print_at(30, 13.5f, 2, "N\u00da\u00d1EZ");
	print_at(30, 17, 1.2f, "SEGUNDO APELLIDO");
	print_at(30, 20.5f, 2, "PE\u00d1A");
	assert_string_equal(said(FINDING_printed_surname),
	    "N\u00da\u00d1EZ PE\u00d1A");
}

static void
a_name_below_the_surname_needs_no_label_of_its_own(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Surname");
	print_at(30, 13.5f, 2, "LINDQVIST");
	print_at(30, 20.5f, 2, "Zo\u00e9");
	assert_string_equal(said(FINDING_printed_given_names), "Zo\u00e9");
	assert_true(sure_of(FINDING_printed_given_names) < 0.8f);
	print_at(30, 17, 1.2f, "Place of birth"); /* which claims it */
	assert_string_equal(said(FINDING_printed_given_names), "");
}

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
a_mark_before_a_german_surname_is_none_of_it(void **state)
{
	(void)state;
	begin();
	print_at(5, 3, 2, "BUNDESREPUBLIK DEUTSCHLAND");
	print_at(30, 10, 1.2f, "[a] Name/Surname/Nom");
	print_at(30, 13.5f, 2, "N MUSTERMANN");
	print_at(34, 16.5f, 2, "GABLER"); /* [b], her name at birth */
	print_at(30, 20, 1.2f, "Vornamen/Given names");
	print_at(30, 23.5f, 2, "ERIKA");
	assert_string_equal(said(FINDING_printed_surname), "MUSTERMANN");
	assert_string_equal(said(FINDING_printed_given_names), "ERIKA");
	begin(); /* read as a piece of its own */
	print_at(30, 10, 1.2f, "Name/Surname/Nom");
	print_at(30, 13.5f, 1.2f, "Ia");
	print_at(33, 13.5f, 2, "MUSTERMANN");
	assert_string_equal(said(FINDING_printed_surname), "MUSTERMANN");
}

static void
name_alone_labels_both_names_in_two_lines(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "NAME");
	print_at(30, 13.5f, 2, "ANDERSON");
	print_at(30, 16.5f, 2, "LINDA CLAIRE");
	print_at(30, 20, 1.2f, "VALID UNTIL");
	print_at(30, 23.5f, 2, "11.02.2030");
	assert_string_equal(said(FINDING_printed_surname), "ANDERSON");
	assert_string_equal(said(FINDING_printed_given_names),
	    "LINDA CLAIRE");
	begin(); /* half of a permit's label: SURNAME, FORENAMES */
	print_at(5, 3, 2, "RESIDENCE PERMIT");
	print_at(30, 10, 1.2f, "FORENAMES");
	print_at(30, 13.5f, 2, "KOVALCHUK");
	print_at(30, 16.5f, 2, "OKSANA");
	assert_string_equal(said(FINDING_printed_surname), "KOVALCHUK");
	assert_string_equal(said(FINDING_printed_given_names), "OKSANA");
	begin(); /* a surname in two lines: the given names stand apart */
	print_at(30, 10, 1.2f, "NAME");
	print_at(30, 13.5f, 2, "ANDERSON");
	print_at(30, 16.5f, 2, "REYES");
	print_at(30, 23, 2, "LINDA");
	assert_string_equal(said(FINDING_printed_surname),
	    "ANDERSON REYES");
}

static void
name_beside_surname_labels_given_names(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Surname");
	print_at(45, 10, 2, "GEORGIEVA");
	print_at(30, 16, 1.2f, "Name");
	print_at(45, 16, 2, "TSVETANA");
	assert_string_equal(said(FINDING_printed_surname), "GEORGIEVA");
	assert_string_equal(said(FINDING_printed_given_names), "TSVETANA");
}

static void
a_label_read_in_two_pieces_is_one(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Datum");
	print_at(35.2f, 10, 1.2f, "poteka / Date of expiry");
	print_at(30, 13.5f, 2, "11.02.2030");
	assert_string_equal(said(FINDING_printed_expiry), "2030-02-11");
	assert_string_equal(said(FINDING_printed_issue_date), "");
	begin(); /* two columns */
	print_at(30, 10, 1.2f, "Datum");
	print_at(30, 13.5f, 2, "11.02.2020");
	print_at(60, 10, 1.2f, "Date of expiry");
	print_at(60, 13.5f, 2, "11.02.2030");
	assert_string_equal(said(FINDING_printed_issue_date), "2020-02-11");
	assert_string_equal(said(FINDING_printed_expiry), "2030-02-11");
}

static void
names_without_labels_stand_above_the_first_date(void **state)
{
	(void)state;
	begin();
	print_at(5, 4, 2, "IDENTITY CARD");
	print_at(30, 13, 2, "MARTIN");
	print_at(30, 19, 2, "SARAH");
	print_at(30, 25, 2, "13.07.1990");
	assert_string_equal(said(FINDING_printed_surname), "MARTIN");
	assert_string_equal(said(FINDING_printed_given_names), "SARAH");
	assert_true(sure_of(FINDING_printed_surname) < 0.8f);
	begin(); /* below the date stand other things */
	print_at(30, 25, 2, "13.07.1990");
	print_at(30, 31, 2, "PARIS");
	print_at(30, 37, 2, "PREFECTURE");
	assert_string_equal(said(FINDING_printed_surname), "");
	begin(); /* not one below the other */
	print_at(5, 13, 2, "MARTIN");
	print_at(30, 19, 2, "SARAH");
	print_at(30, 25, 2, "13.07.1990");
	assert_string_equal(said(FINDING_printed_surname), "");
}

static void
letters_of_a_name_are_mended_by_its_case(void **state)
{
	static const char *const texts[][2] = {
	    {"M\u00e9SZ\u00c1ROS", "M\u00c9SZ\u00c1ROS"},
	    {"PauI Jo\u00eb", "Paul Jo\u00eb"}, {"MARII", "MARII"},
	    {"Henri II", "Henri II"}};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		begin();
		print_at(30, 10, 1.2f, "Surname");
		print_at(30, 13.5f, 2, texts[i][0]);
		assert_string_equal(said(FINDING_printed_surname),
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
a_word_of_mixed_case_is_doubted(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Surname");
	print_at(30, 13.5f, 2, "OZrURK");
	assert_string_equal(said(FINDING_printed_surname), "OZrURK");
	assert_true(sure_of(FINDING_printed_surname) < 0.5f);
	begin();
	print_at(30, 10, 1.2f, "Surname");
	print_at(30, 13.5f, 2, "McKay");
	print_at(30, 20, 1.2f, "Given names");
	print_at(30, 23.5f, 2, "Rose");
	assert_string_equal(said(FINDING_printed_surname), "McKay");
	assert_true(sure_of(FINDING_printed_surname) > 0.9f);
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
a_name_below_a_cut_label_is_no_surname(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 2, "PAPAGEORGIOU");
	print_at(30, 13, 1, "NAME");
	print_at(30, 16.4f, 2, "VASILIKI");
	assert_string_equal(said(FINDING_printed_surname), "PAPAGEORGIOU");
	assert_true(sure_of(FINDING_printed_surname) < 0.8f);
	assert_string_equal(said(FINDING_printed_given_names), "VASILIKI");
	print_at(30, 8.4f, 1, "SURNAME"); /* now it is as it seems */
	assert_string_equal(said(FINDING_printed_surname), "PAPAGEORGIOU");
	assert_true(sure_of(FINDING_printed_surname) > 0.9f);
}

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
a_latin_name_takes_nothing_foreign_to_it(void **state)
{
	static const float places[][2] = {{30, 16.6f}, {50, 13.5f}};
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		begin();
		print_at(30, 10, 1.2f, "Surname");
		print_at(30, 13.5f, 2, "SHEVCHENKO");
		print_at(places[i][0], places[i][1], 2, "EB\u00a4EHKO");
		print_at(30, 20, 1.2f, "Given names");
		print_at(30, 23.5f, 2, "OLENA");
		assert_string_equal(said(FINDING_printed_surname),
		    "SHEVCHENKO");
		assert_string_equal(said(FINDING_printed_given_names),
		    "OLENA");
	}
}

static void
a_surname_below_given_names_is_doubted(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Given names");
	print_at(30, 13.5f, 2, "HUBER");
	print_at(30, 20, 1.2f, "Name");
	print_at(30, 23.5f, 2, "GRETE");
	assert_string_equal(said(FINDING_printed_surname), "GRETE");
	assert_true(sure_of(FINDING_printed_surname) < 0.6f);
	assert_true(sure_of(FINDING_printed_given_names) < 0.6f);
	begin();
	print_at(30, 10, 1.2f, "Name");
	print_at(30, 13.5f, 2, "HUBER");
	print_at(30, 20, 1.2f, "Given names");
	print_at(30, 23.5f, 2, "GRETE");
	assert_string_equal(said(FINDING_printed_surname), "HUBER");
	assert_true(sure_of(FINDING_printed_surname) > 0.9f);
	assert_true(sure_of(FINDING_printed_given_names) > 0.9f);
}

static void
a_name_without_its_other_half_is_doubted(void **state)
{
	(void)state;
	begin();
	print_at(30, 20, 1.2f, "Given names");
	print_at(30, 23.5f, 2, "HUBER");
	assert_string_equal(said(FINDING_printed_given_names), "HUBER");
	assert_true(sure_of(FINDING_printed_given_names) < 0.85f);
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
half_a_label_of_a_permit_names_both(void **state)
{
	(void)state;
	begin();
	print_at(30, 4, 2, "RESIDENCE PERMIT");
	print_at(30, 10, 1.2f, "Pr\u00e9nemsfsu , Forenames");
	print_at(30, 13.5f, 1.8f, "TRAOR\u00c9");
	print_at(30, 17, 1.8f, "MAMADOU");
	assert_string_equal(said(FINDING_printed_surname), "TRAOR\u00c9");
	assert_string_equal(said(FINDING_printed_given_names), "MAMADOU");
	begin();
	print_at(30, 4, 2, "RESIDENCE PERMIT");
	print_at(30, 10, 1.2f, "NOM, Pr\u00e9nemsfsu , Forenames");
	print_at(30, 13.5f, 1.8f, "TRAOR\u00c9");
	print_at(30, 17, 1.8f, "MAMADOU");
	assert_string_equal(said(FINDING_printed_surname), "TRAOR\u00c9");
	assert_string_equal(said(FINDING_printed_given_names), "MAMADOU");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		what_nothing_was_compared_with_is_never_certain),
	    cmocka_unit_test(given_names_go_on_after_a_wide_space),
	    cmocka_unit_test(one_label_may_stand_above_both_names),
	    cmocka_unit_test(the_same_label_in_another_language_is_no_name),
	    cmocka_unit_test(given_names_may_take_two_lines),
	    cmocka_unit_test(another_name_of_the_person_is_cut_off),
	    cmocka_unit_test(a_usage_name_may_stand_behind_the_surname),
	    cmocka_unit_test(two_surnames_with_a_label_each_are_one),
	    cmocka_unit_test(
		a_name_below_the_surname_needs_no_label_of_its_own),
	    cmocka_unit_test(national_script_is_not_reported_as_latin),
	    cmocka_unit_test(letters_among_the_digits_of_a_number_are_digits),
	    cmocka_unit_test(a_mark_before_a_german_surname_is_none_of_it),
	    cmocka_unit_test(name_alone_labels_both_names_in_two_lines),
	    cmocka_unit_test(name_beside_surname_labels_given_names),
	    cmocka_unit_test(a_label_read_in_two_pieces_is_one),
	    cmocka_unit_test(names_without_labels_stand_above_the_first_date),
	    cmocka_unit_test(letters_of_a_name_are_mended_by_its_case),
	    cmocka_unit_test(birth_is_the_first_date_and_expiry_the_last),
	    cmocka_unit_test(the_last_date_of_a_permit_is_its_expiry),
	    cmocka_unit_test(of_two_dates_the_second_is_the_expiry_but_in_doubt),
	    cmocka_unit_test(
		a_lonely_number_is_the_document_s_unless_a_label_claims_it),
	    cmocka_unit_test(a_word_of_mixed_case_is_doubted),
	    cmocka_unit_test(a_name_below_a_cut_label_is_no_surname),
	    cmocka_unit_test(a_number_with_the_day_of_birth_is_the_holders),
	    cmocka_unit_test(an_expiry_that_fits_no_other_date_is_doubted),
	    cmocka_unit_test(letters_of_another_script_are_no_value),
	    cmocka_unit_test(a_foreign_letter_at_a_word_s_end_is_no_speck),
	    cmocka_unit_test(
		what_stands_below_a_foreign_value_may_be_another_field),
	    cmocka_unit_test(a_latin_name_takes_nothing_foreign_to_it),
	    cmocka_unit_test(a_surname_below_given_names_is_doubted),
	    cmocka_unit_test(a_name_without_its_other_half_is_doubted),
	    cmocka_unit_test(a_series_before_a_number_is_of_it),
	    cmocka_unit_test(half_a_label_of_a_permit_names_both),
	    cmocka_unit_test(a_one_read_as_a_letter_is_of_the_date)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
