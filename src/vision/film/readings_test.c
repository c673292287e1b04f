#include "vision/film/readings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct findings frame, all;
static const struct box somewhere = {10, 10, 20, 5};

static int
begin(void **state)
{
	(void)state;
	frame.count = all.count = 0;
	return 0;
}

static void
text(struct findings *f, enum finding_name name, const char *value,
    double sure)
{
	assert_int_equal(findings_add_text(f, name, value, sure, somewhere),
	    OK);
}

static void
zone(struct findings *f, const char *first, const char *second, double sure)
{
	text(f, FINDING_mrz_line_1, first, 1);
	text(f, FINDING_mrz_line_2, second, 1);
	assert_int_equal(findings_add_number(f, FINDING_mrz_confidence, sure,
	    somewhere), OK);
}

static void
a_field_counts_where_it_was_read_most_surely(void **state)
{
	(void)state;
	text(&frame, FINDING_printed_number, "AB123", 0.7);
	assert_int_equal(readings_merge(&frame, &all), OK);
	frame.count = 0;
	text(&frame, FINDING_printed_number, "A8123", 0.6);
	text(&frame, FINDING_printed_surname, "NORD", 0.5);
	assert_int_equal(readings_merge(&frame, &all), OK);
	assert_string_equal(findings_text(&all, FINDING_printed_number),
	    "AB123");
	assert_string_equal(findings_text(&all, FINDING_printed_surname),
	    "NORD");
	frame.count = 0;
	text(&frame, FINDING_printed_number, "AB128", 0.9);
	assert_int_equal(readings_merge(&frame, &all), OK);
	assert_string_equal(findings_text(&all, FINDING_printed_number),
	    "AB128");
	assert_int_equal(all.count, 2);
}

static void
what_is_no_printed_field_is_not_merged(void **state)
{
	(void)state;
	zone(&frame, "ONE", "TWO", 0.9);
	assert_int_equal(readings_merge(&frame, &all), OK);
	assert_int_equal(all.count, 0);
}

/* A box of one frame means nothing in another. */
static void
what_is_kept_lies_nowhere_in_particular(void **state)
{
	(void)state;
	text(&frame, FINDING_printed_number, "AB123", 0.7);
	zone(&frame, "ONE", "TWO", 0.9);
	assert_int_equal(readings_merge(&frame, &all), OK);
	assert_int_equal(readings_take_zone(&frame, &all), OK);
	for (size_t i = 0; i < all.count; i++)
		assert_int_equal(all.items[i].box.width, 0);
}

static void
a_zone_is_taken_whole_from_the_best_frame(void **state)
{
	(void)state;
	zone(&frame, "FIRST", "LINE", 0.6);
	text(&frame, FINDING_mrz_line_3, "THIRD", 1);
	assert_int_equal(readings_take_zone(&frame, &all), OK);
	assert_string_equal(findings_text(&all, FINDING_mrz_line_3), "THIRD");
	frame.count = 0;
	zone(&frame, "OTHER", "TWO", 0.8);
	assert_int_equal(readings_take_zone(&frame, &all), OK);
	assert_string_equal(findings_text(&all, FINDING_mrz_line_1), "OTHER");
	/* and nothing is left of the one before */
	assert_string_equal(findings_text(&all, FINDING_mrz_line_3), "");
	frame.count = 0;
	zone(&frame, "WORSE", "TWO", 0.7);
	assert_int_equal(readings_take_zone(&frame, &all), OK);
	assert_string_equal(findings_text(&all, FINDING_mrz_line_1), "OTHER");
}

static void
a_zone_counts_more_than_all_fields_and_nothing_counts_nothing(void **state)
{
	(void)state;
	assert_int_equal(readings_score(&frame), 0);
	text(&frame, FINDING_printed_number, "AB123", 0.7);
	text(&frame, FINDING_printed_surname, "NORD", 0.7);
	int fields = readings_score(&frame);
	assert_true(fields > 0);
	frame.count = 0;
	zone(&frame, "ONE", "TWO", 0.9);
	assert_true(readings_score(&frame) > fields);
}

#define CASE(name) cmocka_unit_test_setup(name, begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_field_counts_where_it_was_read_most_surely),
	    CASE(what_is_no_printed_field_is_not_merged),
	    CASE(what_is_kept_lies_nowhere_in_particular),
	    CASE(a_zone_is_taken_whole_from_the_best_frame),
	    CASE(a_zone_counts_more_than_all_fields_and_nothing_counts_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
