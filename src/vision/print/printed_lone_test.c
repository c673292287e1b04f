/*
 * What is told of a side without a zone where no label says it: a number that
 * stands alone, the last of two dates.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/print/printed_alone_fixture.h"

static void
a_number_is_in_doubt_beside_one_that_is_not_legible(void **state)
{
	(void)state;
	begin();
	print_at(60, 10, 2, "KV5997751");
	assert_string_equal(said(FINDING_printed_number), "KV5997751");
	assert_true(sure_of(FINDING_printed_number) > 0.6f);
	print_at(6, 6, 2, "AX4417230");
	for (int i = 0; i < sheet.prints.at[1].count; i++)
		sheet.prints.at[1].at[i].sure = 0.2f;
	assert_string_equal(said(FINDING_printed_number), "KV5997751");
	assert_true(sure_of(FINDING_printed_number) <= 0.5f);
	for (int i = 0; i < sheet.prints.at[1].count; i++)
		sheet.prints.at[1].at[i].sure = 0.5f;
	assert_string_equal(said(FINDING_printed_number), "");
}

/* A person's number, and a document's that is shorter. */
static void
a_number_is_in_doubt_beside_a_shorter_one(void **state)
{
	(void)state;
	begin();
	print_at(60, 20, 2, "4 6979 9960");
	assert_string_equal(said(FINDING_printed_number), "4 6979 9960");
	assert_true(sure_of(FINDING_printed_number) > 0.6f);
	print_at(60, 10, 2, "J854174");
	assert_string_equal(said(FINDING_printed_number), "4 6979 9960");
	assert_true(sure_of(FINDING_printed_number) <= 0.5f);
}

/* The label of the birth date below took the next row's. */
static void
nobody_is_surely_born_on_the_day_of_issue(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Date of birth");
	print_at(30, 13.5f, 2, "17/02/2024");
	print_at(60, 10, 1.2f, "Date of issue");
	print_at(60, 13.5f, 2, "17/02/2024");
	assert_string_equal(said(FINDING_printed_birth_date), "2024-02-17");
	assert_true(sure_of(FINDING_printed_birth_date) <= 0.5f);
	assert_true(sure_of(FINDING_printed_issue_date) > 0.6f);
}

static void
nobody_is_surely_born_on_the_day_of_expiry(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Date of birth");
	print_at(30, 13.5f, 2, "17/02/2034");
	print_at(60, 10, 1.2f, "Date of expiry");
	print_at(60, 13.5f, 2, "17/02/2034");
	assert_string_equal(said(FINDING_printed_birth_date), "2034-02-17");
	assert_true(sure_of(FINDING_printed_birth_date) <= 0.5f);
	assert_true(sure_of(FINDING_printed_expiry) > 0.6f);
}

/* Its stroke would be a digit of a number. */
static void
a_date_with_a_stroke_read_as_a_letter_is_no_other_number(void **state)
{
	(void)state;
	begin();
	print_at(60, 10, 2, "KV5997751");
	print_at(6, 30, 2, "13/07I2023");
	assert_string_equal(said(FINDING_printed_number), "KV5997751");
	assert_true(sure_of(FINDING_printed_number) > 0.6f);
}

/* A day of issue, of which the label was not read. */
static void
the_last_of_two_dates_is_an_expiry_in_doubt(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Date of birth");
	print_at(30, 13.5f, 2, "1992-09-16");
	print_at(60, 13.5f, 2, "2019-07-03");
	assert_string_equal(said(FINDING_printed_expiry), "2019-07-03");
	assert_true(sure_of(FINDING_printed_expiry) <= 0.5f);
	print_at(60, 10, 1.2f, "Date of issue");
	assert_string_equal(said(FINDING_printed_expiry), "");
	print_at(60, 17, 1.2f, "Date of expiry");
	print_at(60, 20.5f, 2, "2029-07-03");
	assert_string_equal(said(FINDING_printed_expiry), "2029-07-03");
	assert_true(sure_of(FINDING_printed_expiry) > 0.6f);
}

static void
a_number_so_long_is_in_doubt(void **state)
{
	(void)state;
	begin();
	print_at(4, 10, 1.6f, "NIK");
	print_at(26, 10, 2, "3174096112900001");
	assert_string_equal(said(FINDING_printed_number), "3174096112900001");
	assert_true(sure_of(FINDING_printed_number) <= 0.5f);
	begin();
	print_at(4, 10, 1.6f, "NIK");
	print_at(26, 10, 2, "31740961129003");
	assert_string_equal(said(FINDING_printed_number), "31740961129003");
	assert_true(sure_of(FINDING_printed_number) > 0.6f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		a_number_is_in_doubt_beside_one_that_is_not_legible),
	    cmocka_unit_test(
		a_date_with_a_stroke_read_as_a_letter_is_no_other_number),
	    cmocka_unit_test(a_number_is_in_doubt_beside_a_shorter_one),
	    cmocka_unit_test(nobody_is_surely_born_on_the_day_of_expiry),
	    cmocka_unit_test(nobody_is_surely_born_on_the_day_of_issue),
	    cmocka_unit_test(the_last_of_two_dates_is_an_expiry_in_doubt),
	    cmocka_unit_test(a_number_so_long_is_in_doubt),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
