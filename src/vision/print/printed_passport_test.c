/*
 * What is reported of passports and cards of further states whose zone was
 * not read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/print/printed_alone_fixture.h"

/* Passports of the Emirates and of Egypt: given names, then the surname. */
static void
a_line_that_may_have_both_names_is_in_doubt(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Name");
	print_at(30, 13.5f, 2, "MARYAM SAEED KHALFAN AL MAZROUEI");
	print_at(30, 20, 2, "EMIRATI");
	assert_string_equal(said(FINDING_printed_surname),
	    "MARYAM SAEED KHALFAN AL MAZROUEI");
	assert_true(sure_of(FINDING_printed_surname) <= 0.5f);
	assert_string_equal(said(FINDING_printed_given_names), "");
}

/* "Name" alone names two lines: given names stand first in Oman, the surname in
 * Europe. */
static void
two_lines_below_name_are_in_doubt(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Name");
	print_at(30, 13.5f, 2, "KHALID BIN MURAD");
	print_at(30, 16.5f, 2, "AL BALUSHI");
	assert_string_equal(said(FINDING_printed_surname), "KHALID BIN MURAD");
	assert_true(sure_of(FINDING_printed_surname) <= 0.5f);
	assert_true(sure_of(FINDING_printed_given_names) <= 0.5f);
}

/* Singapore, Malaysia. */
static void
a_stroke_between_letters_is_of_a_name(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Name");
	print_at(30, 13.5f, 2, "THIRUNAVUKKARASU S/O MUTHU");
	assert_string_equal(said(FINDING_printed_surname),
	    "THIRUNAVUKKARASU S O MUTHU");
}

/* Travel documents of refugees. */
static void
the_day_of_a_convention_is_nobodys_birthday(void **state)
{
	(void)state;
	begin();
	print_at(30, 4, 1.2f, "(Convention of 28 July 1951)");
	print_at(30, 10, 1.2f, "Date of birth");
	print_at(30, 13.5f, 2, "10.10.1982");
	print_at(30, 20, 1.2f, "Date of expiry");
	print_at(30, 23.5f, 2, "03.11.2031");
	assert_string_equal(said(FINDING_printed_birth_date), "1982-10-10");
}

/* British, Nigerian, Maltese passports. */
static void
a_year_of_two_digits_stands_behind_the_months_name(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Date of birth");
	print_at(30, 13.5f, 2, "26 APR / AVR 56");
	print_at(30, 20, 1.2f, "Date of expiry");
	print_at(30, 23.5f, 2, "14 JUL / JUL 33");
	assert_string_equal(said(FINDING_printed_birth_date), "1956-04-26");
	assert_string_equal(said(FINDING_printed_expiry), "2033-07-14");
}

/* Romanian cards issued in 2019. */
static void
the_first_of_two_dates_takes_no_digit_of_the_second(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Valabilitate/Validite/Validity");
	print_at(30, 13.5f, 2, "10.05.19-10.05.2029");
	assert_string_equal(said(FINDING_printed_issue_date), "");
	assert_string_equal(said(FINDING_printed_expiry), "2029-05-10");
}

/* A label without its gap is no title. */
static void
a_number_stands_below_passportno(void **state)
{
	(void)state;
	begin();
	print_at(50, 4, 1.2f, "PassportNo");
	print_at(50, 7.5f, 2, "K6984281V");
	assert_string_equal(said(FINDING_printed_number), "K6984281V");
}

/* No label was read: the kind of passport and the state are no names. */
static void
codes_and_states_are_not_guessed_to_be_names(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 2, "PM");
	print_at(30, 16, 2, "NAMKUNG");
	print_at(30, 22, 2, "MIN JUN");
	print_at(30, 30, 2, "02 JUL 1943");
	assert_string_equal(said(FINDING_printed_surname), "NAMKUNG");
	assert_string_equal(said(FINDING_printed_given_names), "MIN JUN");
	begin();
	print_at(5, 4, 2.4f, "UNITED ARAB EMIRATES");
	print_at(30, 10, 2, "MARYAM SAEED");
	print_at(30, 16, 2, "UNITED ARAB EMIRATES");
	print_at(30, 24, 2, "30 SEP 1977");
	assert_string_equal(said(FINDING_printed_given_names), "");
}

/* "Name" is the only label of a name that was read: Myanmar's. */
static void
a_kind_of_passport_above_a_name_is_no_surname(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 2, "PV");
	print_at(30, 14, 1.2f, "Name");
	print_at(30, 17.5f, 2, "THIRI SHWE YEE WIN");
	print_at(30, 30, 2, "02 JUL 1943");
	assert_string_equal(said(FINDING_printed_surname),
	    "THIRI SHWE YEE WIN");
	assert_true(sure_of(FINDING_printed_surname) <= 0.5f);
	assert_string_equal(said(FINDING_printed_given_names), "");
}

/* What no label says is a doubt. */
static void
guessed_names_are_in_doubt(void **state)
{
	(void)state;
	begin();
	print_at(30, 16, 2, "NAMKUNG");
	print_at(30, 22, 2, "MIN JUN");
	print_at(30, 30, 2, "02 JUL 1943");
	assert_string_equal(said(FINDING_printed_surname), "NAMKUNG");
	assert_true(sure_of(FINDING_printed_surname) < 0.6f);
	assert_true(sure_of(FINDING_printed_given_names) < 0.6f);
}

static void
given_names_stand_above_where_a_state_prints_them_so(void **state)
{
	(void)state;
	begin();
	print_at(5, 4, 2.4f, "R\u00c9PUBLIQUE DU S\u00c9N\u00c9GAL");
	print_at(30, 16, 2, "PAPE OUSMANE");
	print_at(30, 22, 2, "BADJI");
	print_at(30, 30, 2, "21/10/1989");
	assert_string_equal(said(FINDING_printed_surname), "BADJI");
	assert_string_equal(said(FINDING_printed_given_names),
	    "PAPE OUSMANE");
	print_at(30, 19, 1.2f, "Nom");
	assert_string_equal(said(FINDING_printed_surname), "BADJI");
	assert_string_equal(said(FINDING_printed_given_names),
	    "PAPE OUSMANE");
}

/* "KUWAIT" below it is the nationality. */
static void
a_line_of_both_names_is_parted_without_a_label(void **state)
{
	(void)state;
	begin();
	print_at(5, 4, 2.4f, "STATE OF KUWAIT");
	print_at(30, 16, 2, "SHAIKHA FAHAD SAUD ALMUTAIRI");
	print_at(30, 22, 2, "KUWAIT");
	print_at(30, 30, 2, "08/04/1974");
	assert_string_equal(said(FINDING_printed_surname), "ALMUTAIRI");
	assert_string_equal(said(FINDING_printed_given_names),
	    "SHAIKHA FAHAD SAUD");
	assert_true(sure_of(FINDING_printed_surname) < 0.6f);
}

/* No label was read. */
static void
two_letters_may_be_a_surname(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 2, "PA");
	print_at(30, 16, 2, "NG");
	print_at(30, 22, 2, "WEI MING");
	print_at(30, 30, 2, "02 JUL 1943");
	assert_string_equal(said(FINDING_printed_surname), "NG");
	assert_string_equal(said(FINDING_printed_given_names), "WEI MING");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_line_that_may_have_both_names_is_in_doubt),
	    cmocka_unit_test(two_lines_below_name_are_in_doubt),
	    cmocka_unit_test(a_stroke_between_letters_is_of_a_name),
	    cmocka_unit_test(the_day_of_a_convention_is_nobodys_birthday),
	    cmocka_unit_test(
		a_year_of_two_digits_stands_behind_the_months_name),
	    cmocka_unit_test(
		the_first_of_two_dates_takes_no_digit_of_the_second),
	    cmocka_unit_test(a_number_stands_below_passportno),
	    cmocka_unit_test(codes_and_states_are_not_guessed_to_be_names),
	    cmocka_unit_test(a_kind_of_passport_above_a_name_is_no_surname),
	    cmocka_unit_test(guessed_names_are_in_doubt),
	    cmocka_unit_test(
		given_names_stand_above_where_a_state_prints_them_so),
	    cmocka_unit_test(a_line_of_both_names_is_parted_without_a_label),
	    cmocka_unit_test(two_letters_may_be_a_surname),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
