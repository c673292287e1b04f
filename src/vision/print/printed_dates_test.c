/*
 * Dates of which print and zone tell otherwise.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "vision/print/printed_fixture.h"

static const char *
birth_by(const char *zone)
{
	struct mrz mrz = {.format = MRZ_TD3, .issuer = "SWE"};
	snprintf(mrz.birth_date, sizeof(mrz.birth_date), "%.10s", zone);
	return told(FINDING_printed_birth_date, &mrz);
}

static const char *
birth_of(const char *print, const char *zone)
{
	lay("Date of birth", print);
	return birth_by(zone);
}

static void
a_stroke_that_was_read_as_a_letter_parts_a_date(void **state)
{
	(void)state;
	assert_string_equal(birth_of("08I05I1983", "1983-05-08"),
	    "1983-05-08");
	assert_string_equal(birth_of("01J12l1983", "1983-12-01"),
	    "1983-12-01");
	/* the eleventh as well, when a stroke was a digit */
	assert_string_equal(birth_of("1I1I1983", "1983-01-11"), "");
	assert_string_equal(birth_of("21.12.1983", "1983-12-01"),
	    "1983-12-21");
	assert_string_equal(birth_of("12.5.1983", "1983-01-05"),
	    "1983-05-12");
}

static void
a_short_year_stands_behind_a_month_s_name(void **state)
{
	(void)state;
	assert_string_equal(birth_of("04 DEC /DEC 88", "1988-12-04"),
	    "1988-12-04");
	assert_string_equal(birth_of("24 CEP/AUG 91", "1991-08-24"),
	    "1991-08-24");
	assert_string_equal(birth_of("24 CEP/AUG 91", "1981-08-24"), "");
	assert_string_equal(birth_of("24 CEP/AUG 91", "1991-08-14"), "");
	assert_string_equal(birth_of("24 CEP/AUG 91", "1991-09-24"), "");
}

static void
a_short_year_among_figures_is_told_by_the_label(void **state)
{
	(void)state;
	assert_string_equal(birth_of("24.08.91", "1991-08-24"), "1991-08-24");
	assert_string_equal(birth_of("24.08.31", "1931-08-24"), "1931-08-24");
	assert_string_equal(birth_of("24.08.91", "1991-08-14"), "1991-08-24");
	lay("Remarks", "24.08.91");
	assert_string_equal(birth_by("1991-08-24"), "");
	lay("Date of birth", "24.08.91");
	assert_string_equal(told(FINDING_printed_birth_date, NULL),
	    "1991-08-24");
	put(20, 1.3f, "Date of expiry");
	put(23.5f, 2.2f, "08.08.33");
	sheet_find_labels(&sheet);
	assert_string_equal(told(FINDING_printed_expiry, NULL), "2033-08-08");
	lay("Date of birth", "24.08.31");
	put(20, 1.3f, "Date of expiry");
	put(23.5f, 2.2f, "08.08.33");
	sheet_find_labels(&sheet);
	assert_string_equal(told(FINDING_printed_birth_date, NULL),
	    "1931-08-24");
}

static float
sure_of_told(enum finding_name name)
{
	static struct printed printed;
	printed.count = 0;
	printed_report(&sheet, NULL, &printed);
	for (size_t i = 0; i < printed.count; i++)
		if (printed.at[i].name == name)
			return printed.at[i].sure;
	return 0;
}

static float
sure_birth_beside(const char *birth, const char *expiry)
{
	lay("Date of birth", birth);
	if (expiry[0]) {
		put(20, 1.3f, "Date of expiry");
		put(23.5f, 2.2f, expiry);
		sheet_find_labels(&sheet);
	}
	return sure_of_told(FINDING_printed_birth_date);
}

/* Who is born when a child's card ends was born a century before, or not. */
static void
a_century_is_sure_only_by_another_date(void **state)
{
	(void)state;
	float sure = sure_birth_beside("24.08.91", "08.08.33");
	assert_float_equal(sure_birth_beside("24.08.34", "08.08.33"), sure,
	    0.001f);
	assert_true(sure_birth_beside("24.08.31", "08.08.33") < 0.85f);
	assert_true(sure_birth_beside("24.08.12", "") < 0.85f);
	assert_float_equal(sure_birth_beside("24.08.12", "08.08.33"), sure,
	    0.001f);
	assert_string_equal(told(FINDING_printed_birth_date, NULL),
	    "2012-08-24");
}

/* How dates are printed, strokes read as letters too. */
static void
write_date(size_t form, int day, int month, char *out, size_t size)
{
	switch (form) {
	case 0:
		snprintf(out, size, "%02d.%02d.1983", day, month);
		return;
	case 1:
		snprintf(out, size, "%02dI%02dI1983", day, month);
		return;
	case 2:
		snprintf(out, size, "%d.%d.1983", day, month);
		return;
	case 3:
		snprintf(out, size, "%d %d 1983", day, month);
		return;
	default:
		snprintf(out, size, "1983/%02d/%02d", month, day);
	}
}

/* Against the page that is laid. */
static void
only_that_date_is_found(const char *print, int day, int month)
{
	static const int days[] = {1, 2, 11, 12, 21};
	static const int months[] = {1, 2, 12};
	for (size_t n = 0; n < 5 * 3; n++) {
		char zone[24];
		snprintf(zone, sizeof(zone), "1983-%02d-%02d", months[n % 3],
		    days[n / 3]);
		bool same = days[n / 3] == day && months[n % 3] == month;
		bool found = strcmp(birth_by(zone), zone) == 0;
		if (same != found)
			fail_msg("'%s' is %s%s", print, found ? "" : "not ",
			    zone);
	}
}

/* Every date, however it is printed, against the others. */
static void
no_other_date_is_found_in_a_printed_one(void **state)
{
	static const int days[] = {1, 11, 21};
	static const int months[] = {1, 11, 12};
	(void)state;
	for (size_t n = 0; n < 3 * 3 * 5; n++) {
		char print[24];
		int day = days[n % 3], month = months[n / 3 % 3];
		write_date(n / 9, day, month, print, sizeof(print));
		lay("Date of birth", print);
		only_that_date_is_found(print, day, month);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		a_stroke_that_was_read_as_a_letter_parts_a_date),
	    cmocka_unit_test(a_short_year_stands_behind_a_month_s_name),
	    cmocka_unit_test(a_short_year_among_figures_is_told_by_the_label),
	    cmocka_unit_test(a_century_is_sure_only_by_another_date),
	    cmocka_unit_test(no_other_date_is_found_in_a_printed_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
