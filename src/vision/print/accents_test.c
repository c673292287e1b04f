/*
 * Which accent a letter has.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vision/print/accents.h"

#define FAR -12.0f

static struct prints prints;
static float votes[GLYPH_CLASSES * 4];

/* One letter, and how much less likely another one is. */
static const char *
settled(const char *read, const char *other, float vote, const char *country)
{
	struct print *p = &prints.at[0];
	prints.count = 1;
	*p = (struct print){.columns = 4, .count = 1, .votes = votes};
	p->at[0] = (struct print_letter){(uint8_t)glyph_find(read), 1, 2, 1};
	for (int i = 0; i < GLYPH_CLASSES * 4; i++)
		votes[i] = FAR;
	votes[glyph_find(read) * 4 + 1] = 0;
	votes[glyph_find(other) * 4 + 1] = vote;
	accents_settle(&prints, country);
	print_text(p, 0, p->count, p->text, sizeof(p->text));
	return p->text;
}

static void
the_country_s_letter_is_taken_of_two_alike(void **state)
{
	(void)state;
	assert_string_equal(settled("\u0147", "\u00d1", -2, "FRA"),
	    "\u00d1");
	assert_string_equal(settled("\u0147", "\u00d1", -2, "CZE"),
	    "\u0147");
	assert_string_equal(settled("\u00e4", "\u0103", -2, "ROU"),
	    "\u0103");
}

static void
what_is_plainly_there_stays(void **state)
{
	(void)state;
	assert_string_equal(settled("\u0147", "\u00d1", -8, "FRA"),
	    "\u0147");
	assert_string_equal(settled("E", "\u00c9", -3, "FRA"), "E");
	assert_string_equal(settled("\u0147", "\u00d1", -2, ""), "\u0147");
	assert_string_equal(settled("\u0147", "\u00d1", -2, "XXX"),
	    "\u0147");
}

static void
nothing_becomes_another_letter(void **state)
{
	(void)state;
	assert_string_equal(settled("\u0147", "\u00c9", -0.1f, "FRA"),
	    "\u0147");
	assert_string_equal(settled("\u0147", "\u00f1", -0.1f, "FRA"),
	    "\u0147");
}

static void
an_apostrophe_is_no_caron_where_none_is_written(void **state)
{
	(void)state;
	assert_string_equal(settled("\u013d", "L", -2, "FRA"), "L'");
	assert_string_equal(settled("\u013d", "L", -2, "SVK"), "\u013d");
}

static void
what_no_name_there_has_is_no_doubt(void **state)
{
	struct print *p = &prints.at[0];
	(void)state;
	settled("\u00c4", "\u00c1", -0.1f, "DEU");
	p->at[0].sure = 0.5f;
	accents_settle(&prints, "DEU");
	assert_true(p->at[0].sure > 0.9f);
	p->at[0].sure = 0.5f;
	accents_settle(&prints, "SVK"); /* both are written there */
	assert_true(p->at[0].sure < 0.6f);
	settled("\u00c4", "B", -0.1f, "DEU");
	p->at[0].sure = 0.5f;
	accents_settle(&prints, "DEU");
	assert_true(p->at[0].sure < 0.6f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_no_name_there_has_is_no_doubt),
	    cmocka_unit_test(the_country_s_letter_is_taken_of_two_alike),
	    cmocka_unit_test(what_is_plainly_there_stays),
	    cmocka_unit_test(nothing_becomes_another_letter),
	    cmocka_unit_test(an_apostrophe_is_no_caron_where_none_is_written)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
