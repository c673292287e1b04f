/*
 * The glyphs of print.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ident/letter.h"
#include "vision/print/glyphs.h"

static int
glyph_of(const char *text)
{
	for (int g = 0; g < GLYPHS_COUNT; g++)
		if (strcmp(glyph_text(g), text) == 0)
			return g;
	return -1;
}

static void
every_glyph_is_there_once(void **state)
{
	(void)state;
	for (int g = 0; g < GLYPHS_COUNT; g++) {
		assert_true(glyph_text(g)[0] != '\0');
		assert_int_equal(glyph_of(glyph_text(g)), g);
	}
	assert_string_equal(glyph_text(GLYPH_BLANK), "");
	assert_string_equal(glyph_text(-1), "");
	assert_string_equal(glyph_text(100000), "");
}

static void
letters_know_their_other_case(void **state)
{
	static const char *const pairs[][2] = {{"A", "a"}, {"Z", "z"},
	    {"\u00c9", "\u00e9"}, {"\u1e9e", "\u00df"},
	    {"\u0141", "\u0142"}, {"\u00de", "\u00fe"},
	    {"\u0152", "\u0153"}, {"\u0218", "\u0219"},
	    {"\u014a", "\u014b"}, {"\u018f", "\u0259"}};
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		int capital = glyph_of(pairs[i][0]);
		int small = glyph_of(pairs[i][1]);
		assert_true(capital >= 0 && small >= 0);
		assert_int_equal(glyph_other_case(capital), small);
		assert_int_equal(glyph_other_case(small), capital);
		assert_true(glyph_is_capital(capital));
		assert_false(glyph_is_capital(small));
	}
	assert_int_equal(glyph_other_case(glyph_of("7")), glyph_of("7"));
}

static void
signs_are_no_letters(void **state)
{
	static const char *const signs[] = {" ", "-", "'", ".", ",", ":",
	    "/", "(", ")", "\u00b0", "+", "&", "<", "*",
	    "\u2116", "\u00a4"};
	(void)state;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		assert_true(glyph_of(signs[i]) >= 0);
		assert_false(glyph_is_letter(glyph_of(signs[i])));
	}
	assert_true(glyph_is_letter(glyph_of("0")));
	assert_true(glyph_is_letter(glyph_of("\u00fe")));
}

static void
every_letter_has_a_spelling_as_zones_have(void **state)
{
	const struct spellings *all = glyph_spellings();
	(void)state;
	for (int g = 0; g < GLYPHS_COUNT; g++) {
		size_t found = 0;
		for (size_t i = 0; i < all->pairs; i++)
			found += all->pair[i].glyph == g;
		assert_true(found > 0 || !glyph_is_letter(g));
		assert_true(found == 0 || glyph_is_letter(g));
	}
	assert_true(all->count < SPELLINGS_MAX && all->pairs < SPELLED_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_glyph_is_there_once),
	    cmocka_unit_test(letters_know_their_other_case),
	    cmocka_unit_test(signs_are_no_letters),
	    cmocka_unit_test(every_letter_has_a_spelling_as_zones_have)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
