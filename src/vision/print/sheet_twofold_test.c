/*
 * Sheets with the labels of two documents, and those with one's said twice.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/enum.h"
#include "vision/print/sheet_fixture.h"

static void
card_at(float x, float y)
{
	print_at(x, y, 1.3f, "Surname");
	print_at(x, y + 7, 1.3f, "Given names");
	print_at(x, y + 14, 1.3f, "Date of birth");
	print_at(x + 24, y + 14, 1.3f, "Nationality");
}

static bool
is_twofold(void)
{
	sheet_find_labels(&sheet);
	return sheet_is_twofold(&sheet);
}

static void
two_cards_of_one_model_are_two(void **state)
{
	(void)state;
	begin();
	card_at(20, 10);
	card_at(20.4f, 40);
	assert_true(is_twofold());
	begin();
	card_at(70, 10.5f);
	card_at(10, 10);
	assert_true(is_twofold());
}

static void
one_card_is_one(void **state)
{
	(void)state;
	begin();
	card_at(20, 10);
	assert_false(is_twofold());
}

/* Each label of one language stands above that of the other. */
static void
labels_in_two_languages_are_one_cards(void **state)
{
	(void)state;
	begin();
	card_at(20, 10);
	card_at(20, 12);
	assert_false(is_twofold());
}

/* A passport whose left column is English and whose right one is French. */
static void
a_column_for_each_language_is_one_documents(void **state)
{
	static const char *const words[][2] = {{"Surname", "Nom"},
	    {"Given names", "Prenoms"}, {"Date of birth", "Date de naissance"},
	    {"Date of expiry", "Date d'expiration"}};
	(void)state;
	begin();
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		float y = 10 + 7 * (float)i;
		print_at(10, y, 1.3f, words[i][0]);
		print_at(70, y, 1.3f, words[i][1]);
	}
	assert_false(is_twofold());
}

/* A letter of a label misread on one of the two. */
static void
a_misread_label_is_the_same(void **state)
{
	(void)state;
	begin();
	card_at(20, 10);
	print_at(20, 40, 1.3f, "Surnane");
	print_at(20, 47, 1.3f, "Given names");
	print_at(20, 54, 1.3f, "Date of birth");
	assert_true(is_twofold());
}

/* As on a back, or where one language is set in another order. */
static void
two_labels_again_are_no_second_card(void **state)
{
	(void)state;
	begin();
	card_at(20, 10);
	print_at(20, 40, 1.3f, "Surname");
	print_at(20, 47, 1.3f, "Given names");
	print_at(60, 49, 1.3f, "Date of birth");
	assert_false(is_twofold());
}

/* More pairs than are compared: no harm. */
static void
a_sheet_full_of_one_label_is_judged_all_the_same(void **state)
{
	(void)state;
	begin();
	for (int i = 0; i < 120; i++)
		print_at((float)(i % 6) * 20, (float)(i / 6) * 4, 1.3f,
		    "Surname");
	assert_false(is_twofold());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(two_cards_of_one_model_are_two),
	    cmocka_unit_test(one_card_is_one),
	    cmocka_unit_test(labels_in_two_languages_are_one_cards),
	    cmocka_unit_test(a_column_for_each_language_is_one_documents),
	    cmocka_unit_test(a_misread_label_is_the_same),
	    cmocka_unit_test(two_labels_again_are_no_second_card),
	    cmocka_unit_test(
		a_sheet_full_of_one_label_is_judged_all_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
