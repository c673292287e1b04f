/*
 * Pages whose values stand above or beside their labels.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/print/sheet_fixture.h"

static const char *
value_of(enum field field)
{
	static struct value v;
	sheet_find_labels(&sheet);
	sheet_value(&sheet, field, sheet.country, "passport", &v);
	return v.print ? v.text : "";
}

/* Of two labels' rows each value stands between: the nearer label's is it. */
static void
takes_what_stands_above_its_label(void **state)
{
	(void)state;
	begin();
	print_at(40, 13, 2.2f, "SOK");
	print_at(40, 16, 1.3f, "Surname");
	print_at(84, 13, 2.2f, "N00123456");
	print_at(84, 16, 1.3f, "Passport No");
	print_at(40, 20, 2.2f, "CHANMONY");
	print_at(40, 23, 1.3f, "Given name");
	print_at(40, 27, 2.2f, "12 MAR 1990");
	print_at(40, 30, 1.3f, "Date of birth");
	print_at(40, 34, 2.2f, "KAMPOT");
	print_at(40, 37, 1.3f, "Place of birth");
	print_at(40, 41, 2.2f, "04 MAY 2031");
	print_at(40, 44, 1.3f, "Date of expiry");
	assert_string_equal(value_of(FIELD_surname), "SOK");
	assert_string_equal(value_of(FIELD_given_names), "CHANMONY");
	assert_string_equal(value_of(FIELD_number), "N00123456");
	assert_string_equal(value_of(FIELD_birth_date), "1990-03-12");
	assert_string_equal(value_of(FIELD_birth_place), "KAMPOT");
	assert_string_equal(value_of(FIELD_expiry), "2031-05-04");
}

/* The last label of a page has lost its value; another page's first one has
 * something above it. */
static void
one_label_with_a_value_above_is_no_manner(void **state)
{
	(void)state;
	begin();
	print_at(40, 10, 2.2f, "MARTIN");
	print_at(40, 13, 1.3f, "Surname");
	print_at(40, 16.5f, 2.2f, "SOK");
	print_at(40, 20, 1.3f, "Date of birth");
	print_at(40, 23.5f, 2.2f, "12 MAR 1990");
	print_at(40, 27, 1.3f, "Date of expiry");
	assert_string_equal(value_of(FIELD_surname), "SOK");
	assert_string_equal(value_of(FIELD_birth_date), "1990-03-12");
	assert_string_equal(value_of(FIELD_expiry), "");
}

/* What stands below a label is nearer than what stands beside it, and on
 * such pages it is the next row's. */
static void
takes_what_stands_beside_where_the_page_is_of_that_manner(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Surname");
	print_at(40, 10, 1.8f, "KAUPA");
	print_at(30, 14, 1.3f, "Given names");
	print_at(45, 14, 1.8f, "WINNIE");
	print_at(30, 18, 1.8f, "PAPUA NEW GUINEAN");
	print_at(30, 22, 1.3f, "Date of birth");
	print_at(46, 22, 1.8f, "12 MAR 1990");
	print_at(30, 26, 1.3f, "Date of expiry");
	print_at(47, 26, 1.8f, "04 MAY 2031");
	assert_string_equal(value_of(FIELD_surname), "KAUPA");
	assert_string_equal(value_of(FIELD_given_names), "WINNIE");
	assert_string_equal(value_of(FIELD_birth_date), "1990-03-12");
	assert_string_equal(value_of(FIELD_expiry), "2031-05-04");
}

/* A place with one text on either side of its label: which it is, the page
 * says. */
static void
begin_place(float beside, float above, float below)
{
	begin();
	print_at(40, 16, 1.3f, "Place of birth");
	if (beside > 0)
		print_at(beside, 16, 2.2f, "WEWAK");
	if (above > 0)
		print_at(40, above, 2.2f, "KAMPOT");
	print_at(40, below, 2.2f, "MADANG");
}

static void
two_values_beside_their_labels_are_no_manner(void **state)
{
	(void)state;
	begin_place(55, 0, 19.5f);
	print_at(40, 40, 1.3f, "Date of birth");
	print_at(55, 40, 2.2f, "12 MAR 1990");
	assert_string_equal(value_of(FIELD_birth_place), "MADANG");
	print_at(40, 50, 1.3f, "Date of expiry");
	print_at(55, 50, 2.2f, "04 MAY 2031");
	assert_string_equal(value_of(FIELD_birth_place), "WEWAK");
	/* nor three, where others have theirs below */
	print_at(40, 60, 1.3f, "Date of issue");
	print_at(40, 63.5f, 2.2f, "05 MAY 2021");
	print_at(80, 60, 1.3f, "Sex");
	print_at(80, 63.5f, 2.2f, "F");
	assert_string_equal(value_of(FIELD_birth_place), "MADANG");
}

static void
values_above_are_a_manner_where_few_are_below(void **state)
{
	(void)state;
	begin_place(0, 13, 21.5f);
	print_at(40, 50, 1.3f, "Date of expiry");
	print_at(40, 47, 2.2f, "04 MAY 2031");
	assert_string_equal(value_of(FIELD_birth_place), "KAMPOT");
	print_at(40, 30, 1.3f, "Date of birth");
	print_at(40, 33.5f, 2.2f, "12 MAR 1990");
	assert_string_equal(value_of(FIELD_birth_place), "MADANG");
}

static void
a_label_in_the_middle_of_two_values_does_not_say(void **state)
{
	(void)state;
	begin_place(0, 13, 20.2f);
	print_at(40, 50, 1.3f, "Date of expiry");
	print_at(40, 47, 2.2f, "04 MAY 2031");
	print_at(40, 54.2f, 2.2f, "05 MAY 2041");
	assert_string_equal(value_of(FIELD_birth_place), "MADANG");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_what_stands_above_its_label),
	    cmocka_unit_test(
		takes_what_stands_beside_where_the_page_is_of_that_manner),
	    cmocka_unit_test(one_label_with_a_value_above_is_no_manner),
	    cmocka_unit_test(two_values_beside_their_labels_are_no_manner),
	    cmocka_unit_test(values_above_are_a_manner_where_few_are_below),
	    cmocka_unit_test(
		a_label_in_the_middle_of_two_values_does_not_say)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
