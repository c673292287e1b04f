/*
 * Numbers that are printed in two.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/print/printed_parts.h"
#include "vision/print/seen_fixture.h"

static struct seen pieces[3];
static struct sheet sheet;

static void
begin(void)
{
	memset(&sheet, 0, sizeof(sheet));
}

static void
put(float x, float y, const char *text)
{
	struct seen *s = &pieces[sheet.prints.count];
	see(text, s);
	prints_fold(&s->print, s->spelled, s->separators);
	s->print.where = (struct piece){x, y, 0,
	    10 * (float)strlen(text), 20, 1, 1};
	sheet.prints.at[sheet.prints.count++] = s->print;
}

static bool
printed(const char *number)
{
	const struct outlook o = {.sheet = &sheet};
	const struct print *where;
	struct match m;
	return printed_series(&o, number, &where, &m);
}

static void
a_series_stands_before_its_number(void **state)
{
	(void)state;
	begin();
	put(0, 100, "SERIA RX");
	put(200, 104, "NR 561375");
	assert_true(printed("RX561375"));
	assert_false(printed("RD561375"));
	assert_false(printed("RX561376"));
}

/* Two letters nearly fit anywhere. */
static void
a_series_that_is_likelier_another_is_not_taken(void **state)
{
	struct seen *s = &pieces[0];
	(void)state;
	begin();
	put(0, 100, "SERIA RD");
	put(200, 104, "NR 561375");
	for (int t = 4 * 7 + 1; t < 4 * 8; t++)
		s->votes[glyph_of("X", 1) * s->print.columns + t] = -1;
	prints_fold(&s->print, s->spelled, s->separators);
	assert_false(printed("RX561375"));
	assert_true(printed("RD561375"));
}

static void
both_may_stand_in_one_piece(void **state)
{
	(void)state;
	begin();
	put(0, 100, "SERIA RXNR 561375");
	assert_true(printed("RX561375"));
	assert_false(printed("RX561376"));
}

static void
letters_elsewhere_are_not_its_series(void **state)
{
	(void)state;
	begin();
	put(200, 100, "NR 561375");
	put(0, 160, "RX");
	assert_false(printed("RX561375"));
	begin();
	put(0, 100, "NR 561375");
	put(200, 100, "RX");
	assert_false(printed("RX561375"));
}

static void
other_numbers_are_never_put_together(void **state)
{
	static const char *const numbers[] = {"561375", "RXAB561375",
	    "RX5613", "RX56137B", "R561375", ""};
	(void)state;
	begin();
	put(0, 100, "RX RXAB R");
	put(200, 100, "561375 5613");
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		assert_false(printed(numbers[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_series_stands_before_its_number),
	    cmocka_unit_test(a_series_that_is_likelier_another_is_not_taken),
	    cmocka_unit_test(both_may_stand_in_one_piece),
	    cmocka_unit_test(letters_elsewhere_are_not_its_series),
	    cmocka_unit_test(other_numbers_are_never_put_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
