/*
 * What is reported of permits and of cards with manners of their own: both
 * names in one line, numbered fields, a number without a label.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/print/printed_alone_fixture.h"

static void
begin_permit(void)
{
	begin();
	print_at(30, 4, 2, "RESIDENCE PERMIT");
}

static void
two_words_of_a_permit_are_both_names_in_doubt(void **state)
{
	(void)state;
	begin_permit();
	print_at(30, 10, 1.2f, "NAME");
	print_at(30, 13.5f, 1.8f, "SABBAGH NIZAR");
	print_at(30, 20, 1.8f, "23-04-2031");
	assert_string_equal(said(FINDING_printed_surname), "SABBAGH");
	assert_string_equal(said(FINDING_printed_given_names), "NIZAR");
	assert_true(sure_of(FINDING_printed_surname) <= 0.5f);
	assert_true(sure_of(FINDING_printed_given_names) <= 0.5f);
	begin_permit();
	print_at(30, 10, 1.2f, "1. ONOMA / NAME");
	print_at(30, 13.5f, 1.8f, "SABBAGH NIZAR");
	assert_string_equal(said(FINDING_printed_surname), "SABBAGH");
	begin_permit(); /* whose own people's names stand in two scripts */
	print_at(60, 4, 1.4f, "KIBRIS CYPRUS");
	print_at(30, 10, 1.2f, "NAME");
	print_at(30, 13.5f, 1.8f, "SABBAGH NIZAR");
	assert_string_equal(said(FINDING_printed_surname), "SABBAGH");
	assert_string_equal(sheet.country, "CYP");
	begin(); /* no permit: either may be first */
	print_at(30, 10, 1.2f, "Name");
	print_at(30, 13.5f, 1.8f, "NIZAR SABBAGH");
	assert_string_equal(said(FINDING_printed_given_names), "");
}

static void
a_word_that_goes_before_a_surname_is_none(void **state)
{
	(void)state;
	begin_permit();
	print_at(30, 10, 1.2f, "NAME");
	print_at(30, 13.5f, 1.8f, "DELA CRUZ");
	assert_string_equal(said(FINDING_printed_given_names), "");
}

static void
given_names_that_stand_below_leave_the_line_to_the_surname(void **state)
{
	(void)state;
	begin_permit();
	print_at(30, 10, 1.2f, "NAME");
	print_at(30, 13.5f, 1.8f, "DURAND MERCIER");
	print_at(30, 20, 1.8f, "PAULE");
	assert_string_equal(said(FINDING_printed_surname), "DURAND MERCIER");
	assert_string_equal(said(FINDING_printed_given_names), "PAULE");
}

static void
more_words_in_one_line_are_told_as_no_name_surely(void **state)
{
	(void)state;
	begin_permit();
	print_at(30, 10, 1.2f, "Forenames");
	print_at(30, 13.5f, 1.8f, "TRAN THI HONG NHUNG");
	said(FINDING_printed_surname);
	assert_true(sure_of(FINDING_printed_surname) <= 0.5f);
	assert_true(sure_of(FINDING_printed_given_names) <= 0.5f);
	begin_permit(); /* where each has a label they are */
	print_at(30, 10, 1.2f, "Surname");
	print_at(30, 13.5f, 1.8f, "TRAN");
	print_at(30, 18, 1.2f, "Forenames");
	print_at(30, 21.5f, 1.8f, "THI HONG NHUNG");
	assert_string_equal(said(FINDING_printed_given_names),
	    "THI HONG NHUNG");
	assert_true(sure_of(FINDING_printed_given_names) > 0.5f);
}

/* "NHUNG", of which a fold made "NHU, IC". */
static void
two_letters_behind_a_comma_are_a_doubt(void **state)
{
	(void)state;
	begin_permit();
	print_at(30, 10, 1.2f, "NAME");
	print_at(30, 13.5f, 1.8f, "TRAN NHU, IC");
	assert_string_equal(said(FINDING_printed_given_names), "IC");
	assert_true(sure_of(FINDING_printed_surname) <= 0.5f);
	assert_true(sure_of(FINDING_printed_given_names) <= 0.5f);
	/* and no more certain than its letters are */
	struct print *line = &sheet.prints.at[sheet.prints.count - 1];
	line->at[line->count - 1].sure = line->at[line->count - 2].sure = 0;
	assert_string_equal(said(FINDING_printed_given_names), "");
}

static void
seven_digits_alone_are_a_permit_s_number(void **state)
{
	(void)state;
	begin_permit();
	print_at(60, 9, 1.8f, "7761865");
	assert_string_equal(said(FINDING_printed_number), "7761865");
	begin_permit(); /* of letters as well it may be a word */
	print_at(60, 9, 1.8f, "AB61865");
	assert_string_equal(said(FINDING_printed_number), "");
	begin();
	print_at(60, 9, 1.8f, "7761865");
	assert_string_equal(said(FINDING_printed_number), "");
}

static void
a_label_may_be_numbered(void **state)
{
	(void)state;
	begin();
	print_at(28, 30, 1.4f, "07 N");
	print_at(40, 30, 1.8f, "V91252490");
	print_at(28, 35, 1.4f, "4b V\u00c1LIDO AT\u00c9");
	print_at(48, 35, 1.8f, "01 08 2030");
	print_at(28, 40, 1.8f, "1712345678");
	assert_string_equal(said(FINDING_printed_number), "V91252490");
	assert_string_equal(said(FINDING_printed_expiry), "2030-08-01");
}

/* Words with a digit beside them: an I would be a 1, an O a 0. */
static void
words_are_no_number(void **state)
{
	(void)state;
	begin_permit();
	print_at(28, 30, 1.4f, "N.\u00ba");
	print_at(40, 30, 1.8f, "09 EMITIDO EM");
	assert_string_equal(said(FINDING_printed_number), "");
	begin_permit();
	print_at(28, 30, 1.4f, "N.\u00ba");
	print_at(40, 30, 1.8f, "ABC 123 456");
	assert_string_equal(said(FINDING_printed_number), "ABC 123 456");
}

/* Its label calls it the person's, and so it is. */
static void
a_state_may_number_its_cards_as_its_people(void **state)
{
	(void)state;
	begin();
	print_at(6, 5, 2, "REP\u00daBLICA DEL PER\u00da");
	print_at(40, 5, 1.4f, "DOCUMENTO NACIONAL DE IDENTIDAD");
	print_at(62, 9.5f, 1.4f, "DNI");
	print_at(62, 12.4f, 1.8f, "84949440");
	assert_string_equal(said(FINDING_printed_number), "84949440");
	assert_string_equal(sheet.country, "PER");
}

static void
finland_has_a_swedish_title_as_well(void **state)
{
	(void)state;
	begin();
	print_at(6, 5, 2, "OLESKELULUPA");
	print_at(40, 5, 1.4f, "UPPEH\u00c5LLSTILLST\u00c5ND");
	said(FINDING_printed_number);
	assert_string_equal(sheet.country, "FIN");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(two_words_of_a_permit_are_both_names_in_doubt),
	    cmocka_unit_test(a_word_that_goes_before_a_surname_is_none),
	    cmocka_unit_test(
		given_names_that_stand_below_leave_the_line_to_the_surname),
	    cmocka_unit_test(more_words_in_one_line_are_told_as_no_name_surely),
	    cmocka_unit_test(two_letters_behind_a_comma_are_a_doubt),
	    cmocka_unit_test(seven_digits_alone_are_a_permit_s_number),
	    cmocka_unit_test(a_label_may_be_numbered),
	    cmocka_unit_test(words_are_no_number),
	    cmocka_unit_test(a_state_may_number_its_cards_as_its_people),
	    cmocka_unit_test(finland_has_a_swedish_title_as_well)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
