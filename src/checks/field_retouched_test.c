#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#define CHECK CHECK_field_retouched

static void
passes_fields_of_one_make(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_field_outlier, 2);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
warns_of_a_field_unlike_its_neighbours(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_field_outlier, 90);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
warns_of_what_a_network_takes_for_typed_later(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_field_outlier, 2);
	fixture_number(&f.front, FINDING_field_network, 2.4);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.front, FINDING_field_network, 2.6);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
warns_of_a_field_that_was_not_in_the_file_before(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_history_field, 50);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.front, FINDING_history_field, 90);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
says_by_what_a_field_stands_out(void **state)
{
	static const struct {
		const char *by, *said;
	} rows[] = {{"rims", "rims of"}, {"ink", "another ink"},
	    {"something", "differs from its neighbours"}};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct fixture f;
		fixture_passport(&f);
		fixture_number(&f.front, FINDING_field_outlier, 90);
		assert_int_equal(findings_add_text(&f.front,
		    FINDING_field_outlier_by, rows[i].by, 1,
		    (struct box){0}), OK);
		struct result r = fixture_run(&f, CHECK);
		assert_int_equal(r.verdict, VERDICT_WARN);
		assert_non_null(strstr(r.explanation, rows[i].said));
	}
}

/* The measures say nothing, the network does. */
static void
does_not_explain_a_network_by_a_measure(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_field_outlier, 2);
	fixture_number(&f.front, FINDING_field_network, 9);
	assert_int_equal(findings_add_text(&f.front,
	    FINDING_field_outlier_by, "ink", 1, (struct box){0}), OK);
	struct result r = fixture_run(&f, CHECK);
	assert_null(strstr(r.explanation, "ink"));
}

static void
shows_value_threshold_and_region(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	struct box box = {10, 20, 300, 40};
	fixture_remove(&f.front, FINDING_field_outlier);
	assert_int_equal(findings_add_number(&f.front, FINDING_field_outlier,
	    90, box), OK);
	struct result r = fixture_run(&f, CHECK);
	assert_true(r.value == 90 && r.threshold < 90);
	assert_int_equal(r.box.width, 300);
	assert_int_equal(r.side, 0);
}

static void
is_unsure_when_nothing_was_measured(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_field_outlier);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_fields_of_one_make),
	    cmocka_unit_test(warns_of_a_field_unlike_its_neighbours),
	    cmocka_unit_test(warns_of_a_field_that_was_not_in_the_file_before),
	    cmocka_unit_test(warns_of_what_a_network_takes_for_typed_later),
	    cmocka_unit_test(says_by_what_a_field_stands_out),
	    cmocka_unit_test(does_not_explain_a_network_by_a_measure),
	    cmocka_unit_test(shows_value_threshold_and_region),
	    cmocka_unit_test(is_unsure_when_nothing_was_measured),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
