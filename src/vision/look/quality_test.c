/*
 * What is told of a document that lies beside another one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "vision/look/look.h"

/* A zone on one of two documents, and print on the other. */
static struct sight *
sheet(const char *number, const char *birth_date)
{
	struct sight *s = calloc(1, sizeof(*s));
	struct printed_field *f = s->printed.at;
	assert_non_null(s);
	s->out = calloc(1, sizeof(*s->out));
	assert_non_null(s->out);
	s->has_zone = s->page.zone_apart = s->page.has_other = true;
	snprintf(s->zone.reading.mrz.number, MRZ_NUMBER_SIZE, "LG8M5CRZ6");
	snprintf(s->zone.reading.mrz.birth_date, MRZ_DATE_SIZE, "1980-08-04");
	snprintf(s->zone.reading.mrz.expiry, MRZ_DATE_SIZE, "2035-05-06");
	f[0].name = FINDING_printed_number;
	snprintf(f[0].text, sizeof(f[0].text), "%s", number);
	f[1].name = FINDING_printed_birth_date;
	snprintf(f[1].text, sizeof(f[1].text), "%s", birth_date);
	s->printed.count = 2;
	return s;
}

static double
others(struct sight *s)
{
	assert_int_equal(look_quality(s), OK);
	double told = findings_number(s->out, FINDING_quality_others, -1);
	free(s->out);
	free(s);
	return told;
}

static void
the_other_side_of_a_card_is_no_second_document(void **state)
{
	(void)state;
	assert_true(others(sheet("LG8M5CRZ6", "1980-08-04")) == 0);
	assert_true(others(sheet("lg8m 5crz.6", "1980-08-04")) == 0);
}

static void
another_persons_card_is_one(void **state)
{
	(void)state;
	assert_true(others(sheet("LG8M5CRZ7", "1980-08-04")) == 1);
	assert_true(others(sheet("LG8M5CRZ", "1980-08-04")) == 1);
	assert_true(others(sheet("LG8M5CRZ66", "1980-08-04")) == 1);
	assert_true(others(sheet("LG8M5CRZ6", "1981-08-04")) == 1);
}

static void
so_is_one_whose_print_was_not_read(void **state)
{
	struct sight *s = sheet("LG8M5CRZ6", "1980-08-04");
	(void)state;
	s->printed.count = 1;
	assert_true(others(s) == 1);
	s = sheet("", "");
	assert_true(others(s) == 1);
}

static void
so_is_one_beside_a_zone_with_its_own_print(void **state)
{
	struct sight *s = sheet("LG8M5CRZ6", "1980-08-04");
	(void)state;
	s->page.zone_apart = false;
	assert_true(others(s) == 1);
}

static void
a_back_may_lie_beside_its_front(void **state)
{
	struct sight *s = sheet("LG8M5CRZ6", "1980-08-04");
	(void)state;
	s->page.zone_apart = false;
	s->back = true;
	assert_true(others(s) == 0);
	s = sheet("LG8M5CRZ7", "1980-08-04");
	s->page.zone_apart = false;
	s->back = true;
	assert_true(others(s) == 1);
}

static void
a_third_card_is_told_beside_both_sides_of_one(void **state)
{
	struct sight *s = sheet("LG8M5CRZ6", "1980-08-04");
	(void)state;
	s->page.has_third = true;
	assert_true(others(s) == 1);
}

static void
alone_is_alone(void **state)
{
	struct sight *s = sheet("", "");
	(void)state;
	s->page.has_other = false;
	assert_true(others(s) == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_other_side_of_a_card_is_no_second_document),
	    cmocka_unit_test(another_persons_card_is_one),
	    cmocka_unit_test(so_is_one_whose_print_was_not_read),
	    cmocka_unit_test(so_is_one_beside_a_zone_with_its_own_print),
	    cmocka_unit_test(a_back_may_lie_beside_its_front),
	    cmocka_unit_test(a_third_card_is_told_beside_both_sides_of_one),
	    cmocka_unit_test(alone_is_alone)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
