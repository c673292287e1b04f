/*
 * What names are reported of a side without a zone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/print/printed_alone_fixture.h"

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

/* Two lines of a surname above given names whose label nobody can read. */
static void
a_husband_s_name_is_no_given_name(void **state)
{
	static const char *const seconds[] = {"\u00e9p. DIENG",
	    "e/v Molenaar", "geb. Gabler"};
	(void)state;
	for (size_t i = 0; i < sizeof(seconds) / sizeof(seconds[0]); i++) {
		begin();
		print_at(30, 10, 1.2f, "Nom / Surname");
		print_at(30, 13.5f, 2, "NDOYE");
		print_at(30, 17.5f, 2, seconds[i]);
		print_at(30, 23.5f, 2, "AMINATA");
		assert_string_equal(said(FINDING_printed_surname), "NDOYE");
		assert_string_equal(said(FINDING_printed_given_names),
		    "AMINATA");
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
	    {"lsabelle-lngrid", "Isabelle-Ingrid"},
	    {"Ana lr\u00e8ne", "Ana Ir\u00e8ne"},
	    {"de la Cruz", "de la Cruz"}, {"llunga", "llunga"},
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
no_nationality_begins_with_a_small_l_before_a_consonant(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Nationality");
	print_at(30, 13.5f, 2, "ltaliana");
	assert_string_equal(said(FINDING_printed_nationality), "Italiana");
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

static void
a_comma_parts_both_names_of_a_permit(void **state)
{
	(void)state;
	begin();
	print_at(30, 4, 2, "OPHOLDSTILLADELSE");
	print_at(30, 10, 1.2f, "Efternavn");
	print_at(30, 13.5f, 1.8f, "NGUYEN, THI LAN");
	assert_string_equal(said(FINDING_printed_surname), "NGUYEN");
	assert_string_equal(said(FINDING_printed_given_names), "THI LAN");
	begin();
	print_at(30, 4, 2, "OPHOLDSTILLADELSE");
	print_at(30, 13.5f, 1.8f, "NGUYEN, THI LAN");
	print_at(30, 20, 1.8f, "23-04-1975");
	assert_string_equal(said(FINDING_printed_surname), "NGUYEN");
	assert_true(sure_of(FINDING_printed_surname) < 0.85f);
	begin();
	print_at(30, 10, 1.2f, "Given names");
	print_at(30, 13.5f, 1.8f, "MARIE, CLAIRE");
	assert_string_equal(said(FINDING_printed_given_names),
	    "MARIE CLAIRE");
}

static void
a_state_s_code_is_no_name(void **state)
{
	(void)state;
	begin();
	print_at(30, 9, 2, "ZANE");
	print_at(30, 13.5f, 2, "LVA");
	print_at(30, 18, 2, "12.08.1974");
	assert_string_equal(said(FINDING_printed_given_names), "");
}

static void
a_name_in_small_letters_has_lost_its_first(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Surname");
	print_at(30, 13.5f, 2, "LIE");
	print_at(30, 16.5f, 1.2f, "Given names");
	print_at(30, 20, 2, "shild");
	assert_string_equal(said(FINDING_printed_given_names), "shild");
	assert_true(sure_of(FINDING_printed_given_names) < 0.6f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(given_names_go_on_after_a_wide_space),
	    cmocka_unit_test(a_comma_parts_both_names_of_a_permit),
	    cmocka_unit_test(a_state_s_code_is_no_name),
	    cmocka_unit_test(a_name_in_small_letters_has_lost_its_first),
	    cmocka_unit_test(one_label_may_stand_above_both_names),
	    cmocka_unit_test(the_same_label_in_another_language_is_no_name),
	    cmocka_unit_test(given_names_may_take_two_lines),
	    cmocka_unit_test(another_name_of_the_person_is_cut_off),
	    cmocka_unit_test(a_husband_s_name_is_no_given_name),
	    cmocka_unit_test(a_usage_name_may_stand_behind_the_surname),
	    cmocka_unit_test(two_surnames_with_a_label_each_are_one),
	    cmocka_unit_test(
		a_name_below_the_surname_needs_no_label_of_its_own),
	    cmocka_unit_test(a_mark_before_a_german_surname_is_none_of_it),
	    cmocka_unit_test(name_alone_labels_both_names_in_two_lines),
	    cmocka_unit_test(name_beside_surname_labels_given_names),
	    cmocka_unit_test(a_label_read_in_two_pieces_is_one),
	    cmocka_unit_test(names_without_labels_stand_above_the_first_date),
	    cmocka_unit_test(letters_of_a_name_are_mended_by_its_case),
	    cmocka_unit_test(
		no_nationality_begins_with_a_small_l_before_a_consonant),
	    cmocka_unit_test(a_word_of_mixed_case_is_doubted),
	    cmocka_unit_test(a_name_below_a_cut_label_is_no_surname),
	    cmocka_unit_test(a_latin_name_takes_nothing_foreign_to_it),
	    cmocka_unit_test(a_surname_below_given_names_is_doubted),
	    cmocka_unit_test(a_name_without_its_other_half_is_doubted),
	    cmocka_unit_test(half_a_label_of_a_permit_names_both)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
