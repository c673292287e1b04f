/*
 * A name beside whose end something hides the paper.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "vision/print/printed_parts.h"

#define WIDE 400
#define HIGH 60
#define CAPITAL 24
#define LEFT 100
#define LONG 150
#define FOOT 40

static struct sheet sheet;
static struct printed printed;

static void
darken(int from, int to, uint8_t level)
{
	for (int y = 0; y < HIGH; y++)
		memset(raster_row(&sheet.pixels, y) + from, level,
		    (size_t)(to - from));
}

/* One surname, read as ARAN, on bare paper of level 230. */
static void
begin(void)
{
	memset(&sheet, 0, sizeof(sheet));
	assert_int_equal(raster_make(WIDE, HIGH, 1, &sheet.pixels), OK);
	darken(0, WIDE, 230);
	printed = (struct printed){.count = 1, .at = {{
	    .name = FINDING_printed_surname, .sure = 0.97f, .text = "ARAN",
	    .read = "ARAN", .where = {.x = LEFT, .y = FOOT, .length = LONG,
	    .capital = CAPITAL, .dark = 150}}}};
}

/* A letter as wide as its line, of four columns. */
static void
print_at(int x, int length)
{
	sheet.prints.count = 1;
	sheet.prints.at[0] = (struct print){.sure = 0.9f, .where = {
	    .x = (float)x, .y = FOOT, .length = (float)length,
	    .capital = CAPITAL}, .columns = 4, .step = (float)length / 4,
	    .count = 1, .at = {{(uint8_t)glyph_find("A"), 0, 3, 0.9f}}};
}

/* How sure the name is after a look at what is beside it. */
static float
sure(void)
{
	printed_doubt_covered(&sheet, &printed);
	sheet_clear(&sheet);
	return printed.at[0].sure;
}

static void
a_name_on_bare_paper_stays_sure(void **state)
{
	(void)state;
	begin();
	assert_float_equal(sure(), 0.97, 0.001);
	begin(); /* lines of the ground are no cover */
	for (int x = 0; x < WIDE; x += 6)
		darken(x, x + 2, 180);
	assert_float_equal(sure(), 0.97, 0.001);
}

static void
a_name_under_a_word_is_in_doubt_at_either_end(void **state)
{
	(void)state;
	begin();
	darken(LEFT + LONG + 2, LEFT + LONG + 60, 120);
	assert_true(sure() < 0.6f);
	begin();
	darken(LEFT - 60, LEFT - 2, 120);
	assert_true(sure() < 0.6f);
}

static void
a_number_under_a_word_is_in_doubt(void **state)
{
	(void)state;
	begin();
	printed.at[0].name = FINDING_printed_number;
	darken(LEFT + LONG + 2, LEFT + LONG + 60, 120);
	assert_true(sure() < 0.6f);
}

static void
print_beside_a_name_hides_nothing(void **state)
{
	(void)state;
	begin();
	darken(LEFT + LONG + 6, LEFT + LONG + 60, 120);
	print_at(LEFT + LONG + 6, 54);
	assert_float_equal(sure(), 0.97, 0.001);
}

/* The line goes on, but what stands there could not be read. */
static void
letters_that_were_not_read_are_hidden(void **state)
{
	(void)state;
	begin();
	darken(LEFT + LONG + 6, LEFT + LONG + 60, 120);
	print_at(LEFT, LONG + 60);
	sheet.prints.at[0].at[0].to = 1;
	assert_true(sure() < 0.6f);
}

static void
the_edge_of_the_page_is_looked_at_no_further(void **state)
{
	(void)state;
	begin();
	printed.at[0].where.x = 1;
	printed.at[0].where.length = WIDE - 2;
	printed.at[0].where.y = 3;
	assert_float_equal(sure(), 0.97, 0.001);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_name_on_bare_paper_stays_sure),
	    cmocka_unit_test(a_name_under_a_word_is_in_doubt_at_either_end),
	    cmocka_unit_test(a_number_under_a_word_is_in_doubt),
	    cmocka_unit_test(print_beside_a_name_hides_nothing),
	    cmocka_unit_test(letters_that_were_not_read_are_hidden),
	    cmocka_unit_test(the_edge_of_the_page_is_looked_at_no_further),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
