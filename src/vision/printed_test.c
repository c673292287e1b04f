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
	sheet.prints.at[0].count = 6; /* any other document */
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
	assert_string_equal(said(FINDING_printed_surname), "McKay");
	assert_true(sure_of(FINDING_printed_surname) > 0.9f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
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
	    cmocka_unit_test(birth_is_the_first_date_and_expiry_the_last),
	    cmocka_unit_test(the_last_date_of_a_permit_is_its_expiry),
	    cmocka_unit_test(
		a_lonely_number_is_the_document_s_unless_a_label_claims_it),
	    cmocka_unit_test(a_word_of_mixed_case_is_doubted)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
