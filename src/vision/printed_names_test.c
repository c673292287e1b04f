/*
 * Names that print and zone spell otherwise.
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

/* The surname that is told of a page with this one printed and that one in
 * its zone. */
static const char *
surname_of(const char *print, const char *zone)
{
	static struct printed printed;
	struct mrz mrz = {.format = MRZ_TD3, .issuer = "SWE"};
	memset(&sheet, 0, sizeof(sheet));
	sheet.per_mm = 12;
	sheet.page = &page;
	snprintf(mrz.surname, sizeof(mrz.surname), "%s", zone);
	put(10, 1.3f, "Efternamn / Surname");
	put(13.5f, 2.2f, print);
	sheet_find_labels(&sheet);
	printed.count = 0;
	printed_report(&sheet, &mrz, &printed);
	for (size_t i = 0; i < printed.count; i++)
		if (printed.at[i].name == FINDING_printed_surname)
			return printed.at[i].text;
	return "";
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_zones_name_is_told_as_it_is_printed),
	    cmocka_unit_test(a_name_is_another_by_one_letter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
