#include "vision/fraud/unlike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#define FIELDS 5
#define LINE 6.1    /* of checks/field_retouched.c */
#define NETWORK 2.5 /* the same */

static const struct printed_field a_name = {.name = FINDING_printed_surname};

/* Fields alike in all, but that the last has another ink. */
static void
set(struct field_looks *f, struct rims rims[PATCHES_MAX])
{
	*f = (struct field_looks){.count = FIELDS};
	for (size_t i = 0; i < FIELDS; i++) {
		f->at[i] = (struct field_look){
		    .spot = {100, 40 + 90 * (int)i, 200, 40, &a_name},
		    .candidate = true, .grain = 4, .ground = 4, .stroke = 5,
		    .sharp = 0.3, .ink = {0.2, 0.2, 0.2}};
		rims[i] = (struct rims){{1, 1}};
	}
	f->at[FIELDS - 1].ink[0] = 0.3;
}

static void
a_field_stands_out_by_another_ink(void **state)
{
	struct field_looks f;
	struct rims rims[PATCHES_MAX];

	(void)state;
	set(&f, rims);
	struct unlike one = unlike_measure(&f, rims, FIELDS - 1);
	assert_true(one.all > LINE);
	assert_string_equal(one.by, "ink");
	assert_true(unlike_counted(&f.at[FIELDS - 1], -3, &one) > LINE);
	one = unlike_measure(&f, rims, 0);
	assert_true(one.all < LINE);
}

/* An expiry that the reader did not know as one. */
static void
a_value_that_was_not_read_stands_out_by_its_ink(void **state)
{
	struct field_looks f;
	struct rims rims[PATCHES_MAX];
	struct field_look *last = &f.at[FIELDS - 1];

	(void)state;
	set(&f, rims);
	last->spot.field = NULL;
	last->even = true;
	struct unlike one = unlike_measure(&f, rims, FIELDS - 1);
	assert_true(unlike_counted(last, -3, &one) > LINE);
	assert_true(unlike_counted(last, NAN, &one) > LINE);
}

static void
a_heading_in_its_own_ink_does_not(void **state)
{
	struct field_looks f;
	struct rims rims[PATCHES_MAX];
	struct field_look *last = &f.at[FIELDS - 1];

	(void)state;
	set(&f, rims);
	last->spot.field = NULL;
	struct unlike one = unlike_measure(&f, rims, FIELDS - 1);
	assert_true(unlike_counted(last, -3, &one) < 1);
	assert_true(unlike_counted(last, NAN, &one) < 1);
	assert_true(unlike_counted(last, 0, &one) > LINE);
}

/* Of what was not read letters may be cut: its rims are no measure alone. */
static void
rims_alone_do_not_count_for_what_was_not_read(void **state)
{
	struct field_looks f;
	struct rims rims[PATCHES_MAX];
	struct field_look *first = &f.at[0];

	(void)state;
	set(&f, rims);
	rims[0] = (struct rims){{3, 1}};
	struct unlike one = unlike_measure(&f, rims, 0);
	assert_true(unlike_counted(first, -3, &one) > LINE);
	first->spot.field = NULL;
	first->even = true;
	one = unlike_measure(&f, rims, 0);
	assert_true(unlike_counted(first, -3, &one) < 1);
}

static void
a_number_in_a_face_of_its_own_does_not_stand_out(void **state)
{
	static const struct printed_field number = {
	    .name = FINDING_printed_number};
	struct field_looks f;
	struct rims rims[PATCHES_MAX];
	struct field_look *last = &f.at[FIELDS - 1];

	(void)state;
	set(&f, rims);
	rims[0] = (struct rims){{3, 1}};
	f.at[0].spot.field = &number;
	struct unlike one = unlike_measure(&f, rims, 0);
	assert_true(unlike_counted(&f.at[0], -3, &one) < 1);
	assert_true(unlike_counted(&f.at[0], 0, &one) > LINE);
	last->spot.field = &number;
	last->ink[0] = 0.26;
	one = unlike_measure(&f, rims, FIELDS - 1);
	assert_true(unlike_counted(last, -3, &one) > LINE);
}

static void
what_is_no_field_does_not_count(void **state)
{
	struct field_looks f;
	struct rims rims[PATCHES_MAX];

	(void)state;
	set(&f, rims);
	f.at[FIELDS - 1].candidate = false;
	struct unlike one = unlike_measure(&f, rims, FIELDS - 1);
	assert_true(unlike_counted(&f.at[FIELDS - 1], 5, &one) < 0);
}

static void
the_network_is_borne_out_by_what_is_measured(void **state)
{
	struct unlike alike = {.all = 1, .by = "rims"};
	struct unlike sharper = alike, rougher = alike;

	(void)state;
	sharper.parts[FIELD_SHARP] = 3;
	rougher.rims = 3;
	assert_false(unlike_network(4, &alike) > NETWORK);
	assert_true(unlike_network(4, &sharper) > NETWORK);
	assert_true(unlike_network(4, &rougher) > NETWORK);
	assert_true(unlike_network(9, &alike) > NETWORK);
	assert_true(isnan(unlike_network(NAN, &rougher)));
}

static void
a_network_that_takes_most_for_set_later_is_not_heard(void **state)
{
	double most[] = {-1, 2, NAN, 9, 14, 66}, one[] = {-1, -2, NAN, 9};
	double half[] = {-1, 2, -0.5, 9};

	(void)state;
	unlike_hear(most, 6);
	for (int i = 0; i < 6; i++)
		assert_true(isnan(most[i]));
	unlike_hear(one, 4);
	unlike_hear(half, 4);
	assert_true(one[0] < 0 && one[3] > 8 && half[3] > 8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_field_stands_out_by_another_ink),
	    cmocka_unit_test(a_value_that_was_not_read_stands_out_by_its_ink),
	    cmocka_unit_test(a_heading_in_its_own_ink_does_not),
	    cmocka_unit_test(rims_alone_do_not_count_for_what_was_not_read),
	    cmocka_unit_test(a_number_in_a_face_of_its_own_does_not_stand_out),
	    cmocka_unit_test(what_is_no_field_does_not_count),
	    cmocka_unit_test(the_network_is_borne_out_by_what_is_measured),
	    cmocka_unit_test(
		a_network_that_takes_most_for_set_later_is_not_heard),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
