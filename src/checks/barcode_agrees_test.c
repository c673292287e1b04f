#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_barcode_agrees

static void
with_barcode(struct fixture *f)
{
	fixture_card(f);
	fixture_text(&f->back, FINDING_barcode_kind, "data_matrix", 1);
	fixture_text(&f->back, FINDING_barcode_number, "X4RTBPFW4", 1);
	fixture_text(&f->back, FINDING_barcode_surname, "LINDQVIST", 1);
	fixture_text(&f->back, FINDING_barcode_given_names, "ZOE ASA", 1);
	fixture_text(&f->back, FINDING_barcode_birth_date, "1990-07-13", 1);
	fixture_text(&f->back, FINDING_barcode_expiry, "2030-02-11", 1);
}

static void
passes_a_barcode_of_the_same_card(void **state)
{
	struct fixture f;

	(void)state;
	with_barcode(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	assert_true(fixture_run(&f, CHECK).value == 5);
}

static void
passes_a_document_without_one(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_text(&f.back, FINDING_barcode_kind, "qr_code", 1);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
fails_a_barcode_that_tells_another_thing(void **state)
{
	static const struct {
		enum finding_name name;
		const char *text;
	} others[] = {{FINDING_barcode_number, "X4RTBPFW5"},
	    {FINDING_barcode_surname, "LINDBERG"},
	    {FINDING_barcode_given_names, "ANNA"},
	    {FINDING_barcode_birth_date, "1990-07-14"},
	    {FINDING_barcode_expiry, "2031-02-11"}};

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		struct fixture f;
		with_barcode(&f);
		fixture_text(&f.back, others[i].name, others[i].text, 1);
		fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	}
}

static void
one_given_name_of_two_is_no_contradiction(void **state)
{
	struct fixture f;

	(void)state;
	with_barcode(&f);
	fixture_text(&f.back, FINDING_barcode_given_names, "ZOE", 1);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
without_a_zone_it_is_compared_with_the_print(void **state)
{
	struct fixture f;

	(void)state;
	with_barcode(&f);
	fixture_remove(&f.back, FINDING_mrz_line_1);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_text(&f.front, FINDING_printed_number, "Y5RTBPFW4", 0.95);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "not_verified");
	/* what was not read surely contradicts nothing */
	fixture_text(&f.front, FINDING_printed_number, "Y5RTBPFW4", 0.5);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_text(&f.front, FINDING_printed_surname, "LINDQVISY", 0.99);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_barcode_of_the_same_card),
	    cmocka_unit_test(passes_a_document_without_one),
	    cmocka_unit_test(fails_a_barcode_that_tells_another_thing),
	    cmocka_unit_test(one_given_name_of_two_is_no_contradiction),
	    cmocka_unit_test(without_a_zone_it_is_compared_with_the_print),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
