#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/enum.h"
#include "ident/mrz.h"
#include "vision/print/across.h"
#include "vision/print/printed_parts.h"

static void
knows_words_that_lie_across(void **state)
{
	(void)state;
	assert_string_equal(across_word("SPECIMEN"), "SPECIMEN");
	assert_string_equal(across_word("ESP\u00c9CIMEN"), "ESPECIMEN");
	assert_string_equal(across_word("WZ\u00d3R"), "WZOR");
	assert_string_equal(across_word("FAC-SIMILE"), "FACSIMILE");
	assert_string_equal(across_word("0\u00a4PA3E\u00a4"), "OQPA3EQ");
}

static void
forgives_a_letter_of_a_long_word(void **state)
{
	(void)state;
	assert_string_equal(across_word("SP\u0141CIMEN"), "SPECIMEN");
	assert_string_equal(across_word("-PECIMEN"), "SPECIMEN");
	assert_string_equal(across_word("MUS1ER"), "MUSTER");
	assert_string_equal(across_word("VZDR"), "");
	assert_string_equal(across_word("PRINT"), "");
	assert_string_equal(across_word("\u00a4EI\u00a4MA"), "QEIQMA");
	assert_string_equal(across_word("\u00a4EI\u00a4M\u00a4"), "");
}

/* Nothing that stands in large letters on documents themselves. */
static void
knows_no_title_of_a_document(void **state)
{
	static const char *const titles[] = {"PASSPORT", "REISEPASS",
	    "PERSONALAUSWEIS", "CARTE NATIONALE D'IDENTIT\u00c9", "ESPA\u00d1A",
	    "REPUBLIKA SLOVENIJA", "IDENTITY CARD", "RESIDENCE PERMIT",
	    "PROVINCE", "MUNSTER ESTATE ROAD", "MUSTERMANN",
	    "MUSTERMANN ERIKA", "", "\u00a4\u00a4\u00a4\u00a4\u00a4\u00a4"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(titles); i++)
		assert_string_equal(across_word(titles[i]), "");
}

/* One value as a reading tells it; looked_for: found as the zone has it. */
static void
put(struct printed *p, enum finding_name name, const char *text, float sure,
    bool looked_for)
{
	struct printed_field *f = &p->at[p->count++];
	*f = (struct printed_field){.name = name, .sure = sure};
	snprintf(f->text, sizeof(f->text), "%s", text);
	snprintf(f->read, sizeof(f->read), "%s", looked_for ? "" : text);
}

static void
takes_what_one_reading_lacks(void **state)
{
	struct printed one = {.country = "", .kind = ""}, two = one;

	(void)state;
	put(&one, FINDING_printed_surname, "ARAN", 0.9f, false);
	put(&two, FINDING_printed_birth_date, "1981-04-23", 0.8f, false);
	printed_merge(NULL, &two, &one);
	assert_int_equal(one.count, 2);
	assert_string_equal(one.at[1].text, "1981-04-23");
	assert_true(one.at[1].sure > 0.79f);
	assert_false(one.at[0].through);
	assert_true(one.at[1].through);
}

static void
doubts_what_two_readings_tell_otherwise(void **state)
{
	struct printed one = {.country = "", .kind = ""}, two = one;

	(void)state;
	put(&one, FINDING_printed_given_names, "ARAN", 0.7f, false);
	put(&two, FINDING_printed_given_names, "ARANTXA", 0.9f, false);
	put(&one, FINDING_printed_number, "X1234567", 0.7f, false);
	put(&two, FINDING_printed_number, "X1234567", 0.9f, false);
	printed_merge(NULL, &two, &one);
	assert_string_equal(one.at[0].text, "ARANTXA");
	assert_true(one.at[0].sure <= 0.5f);
	assert_true(one.at[0].through);
	assert_false(one.at[1].through); /* both read it so */
	assert_true(one.at[1].sure > 0.89f);
}

static void
believes_the_reading_that_finds_the_zones_value(void **state)
{
	const struct mrz zone = {.format = MRZ_TD3};
	struct printed one = {.country = "", .kind = ""}, two = one;

	(void)state;
	put(&one, FINDING_printed_number, "X1234", 0.9f, false);
	put(&two, FINDING_printed_number, "X1234567", 0.6f, true);
	put(&one, FINDING_printed_surname, "ROUX", 0.6f, true);
	put(&two, FINDING_printed_surname, "ROU", 0.9f, false);
	put(&two, FINDING_printed_expiry, "2031-01-01", 0.9f, false);
	printed_merge(&zone, &two, &one);
	assert_int_equal(one.count, 2); /* no other value by the second alone */
	assert_string_equal(one.at[0].text, "X1234567");
	assert_string_equal(one.at[1].text, "ROUX");
}

static void
fill(struct raster *r, int from, int to, const uint8_t level[3])
{
	for (int y = 0; y < r->height; y++)
		for (int x = from; x < to; x++)
			memcpy(raster_row(r, y) + r->channels * x, level,
			    (size_t)r->channels);
}

/* A red stroke of a word, print below it, and print beside it. */
static void
wide_strokes_are_ground_and_print_stays(void **state)
{
	static const uint8_t paper[] = {220, 222, 218}, red[] = {200, 90, 95},
	    below[] = {110, 30, 35}, ink[] = {40, 40, 40};
	struct raster page = {0}, bright = {0}, dark = {0}, even = {0};

	(void)state;
	opencv_start();
	assert_int_equal(raster_make(200, 60, 3, &page), OK);
	fill(&page, 0, 200, paper);
	fill(&page, 40, 96, red);
	fill(&page, 66, 70, below);
	fill(&page, 140, 144, ink);
	assert_int_equal(raster_brightest(&page, &bright), OK);
	assert_int_equal(raster_darkest(&page, &dark), OK);
	assert_int_equal(raster_row(&bright, 30)[80], 200);
	assert_int_equal(raster_row(&dark, 30)[80], 90);
	assert_int_equal(opencv_even(&dark, 14, &even), OK);
	assert_in_range(raster_row(&even, 30)[80], 225, 235);
	assert_in_range(raster_row(&even, 30)[20], 225, 235);
	assert_in_range(raster_row(&even, 30)[68], 0, 120);
	assert_in_range(raster_row(&even, 30)[142], 0, 80);
	raster_clear(&page);
	raster_clear(&bright);
	raster_clear(&dark);
	raster_clear(&even);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(knows_words_that_lie_across),
	    cmocka_unit_test(forgives_a_letter_of_a_long_word),
	    cmocka_unit_test(knows_no_title_of_a_document),
	    cmocka_unit_test(wide_strokes_are_ground_and_print_stays),
	    cmocka_unit_test(takes_what_one_reading_lacks),
	    cmocka_unit_test(doubts_what_two_readings_tell_otherwise),
	    cmocka_unit_test(believes_the_reading_that_finds_the_zones_value),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
