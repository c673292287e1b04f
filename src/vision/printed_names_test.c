/*
 * Names and dates of which print and zone tell otherwise.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "ident/mrz.h"
#include "vision/printed_parts.h"
#include "vision/seen_fixture.h"
#include "vision/sheet_labels.h"
#include "vision/wording.h"

static struct seen pieces[4];
static struct sheet sheet;
static struct page page = {.width = 125, .height = 88,
    .corners = {0, 0, 1500, 0, 1500, 1056, 0, 1056}};

/* In millimetres; read without a doubt. */
static void
put(float y, float capital, const char *text)
{
	struct seen *s = &pieces[sheet.prints.count];
	struct print *p = &s->print;
	see(text, s);
	prints_fold(p, s->spelled, s->separators);
	p->where = (struct piece){360, y * 12, 0,
	    9.6f * capital * (float)p->count, capital * 12, 1, 1, 100};
	p->step = p->where.length / (float)p->columns;
	p->sure = 1;
	print_text(p, 0, p->count, p->text, sizeof(p->text));
	plain_of(p->text, p->plain, sizeof(p->plain));
	sheet.prints.at[sheet.prints.count++] = *p;
}

/* A page with this print below that label. */
static void
lay(const char *label, const char *print)
{
	memset(&sheet, 0, sizeof(sheet));
	sheet.per_mm = 12;
	sheet.page = &page;
	put(10, 1.3f, label);
	put(13.5f, 2.2f, print);
	sheet_find_labels(&sheet);
}

static const char *
told(enum finding_name name, const struct mrz *zone)
{
	static struct printed printed;
	printed.count = 0;
	printed_report(&sheet, zone, &printed);
	for (size_t i = 0; i < printed.count; i++)
		if (printed.at[i].name == name)
			return printed.at[i].text;
	return "";
}

static const char *
surname_of(const char *print, const char *zone)
{
	struct mrz mrz = {.format = MRZ_TD3, .issuer = "SWE"};
	snprintf(mrz.surname, sizeof(mrz.surname), "%s", zone);
	lay("Efternamn / Surname", print);
	return told(FINDING_printed_surname, &mrz);
}

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
the_zones_name_is_told_as_it_is_printed(void **state)
{
	(void)state;
	assert_string_equal(surname_of("SJ\u00d6BLOM", "SJOEBLOM"),
	    "SJ\u00d6BLOM");
	assert_string_equal(surname_of("MARTIN", "MARTIN"), "MARTIN");
}

/* Names have no check digit: one letter of the print or of the zone is what a
 * forger changes, and a person is to see that they differ. */
static void
a_name_is_another_by_one_letter(void **state)
{
	(void)state;
	assert_string_equal(surname_of("MARTIM", "MARTIN"), "MARTIM");
	assert_string_equal(surname_of("MARTINI", "MARTIN"), "MARTINI");
	assert_string_equal(surname_of("MARTI", "MARTIN"), "MARTI");
	assert_string_equal(surname_of("DURAND", "MARTIN"), "DURAND");
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
	assert_string_equal(birth_of("24.08.91", "1991-08-24"), "");
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
	static const int months[] = {1, 2, 11, 12};
	for (size_t n = 0; n < 5 * 4; n++) {
		char zone[24];
		snprintf(zone, sizeof(zone), "1983-%02d-%02d", months[n % 4],
		    days[n / 4]);
		bool same = days[n / 4] == day && months[n % 4] == month;
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
	static const int days[] = {1, 2, 11, 12, 21};
	static const int months[] = {1, 2, 11, 12};
	(void)state;
	for (size_t n = 0; n < 5 * 4 * 5; n++) {
		char print[24];
		int day = days[n % 5], month = months[n / 5 % 4];
		write_date(n / 20, day, month, print, sizeof(print));
		lay("Date of birth", print);
		only_that_date_is_found(print, day, month);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_zones_name_is_told_as_it_is_printed),
	    cmocka_unit_test(a_name_is_another_by_one_letter),
	    cmocka_unit_test(
		a_stroke_that_was_read_as_a_letter_parts_a_date),
	    cmocka_unit_test(a_short_year_stands_behind_a_month_s_name),
	    cmocka_unit_test(no_other_date_is_found_in_a_printed_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
