#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define CHECK CHECK_quality

static void
passes_a_sharp_bright_large_picture(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_card(&f);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
names_what_there_is_to_mend(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_quality_blur, 0.6);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "blurred");
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_quality_pitch, 6);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "too_small");
	fixture_number(&f.front, FINDING_quality_brightness, 0.05);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "too_dark");
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_quality_glare, 0.2);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "glare");
	fixture_number(&f.front, FINDING_quality_others, 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "two_documents");
	fixture_number(&f.front, FINDING_document_found, 0);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "no_document");
	fixture_number(&f.front, FINDING_quality_cut_off, 0.2);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "cut_off");
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_quality_covered, 0.03);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "covered");
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_quality_scale, 2.5);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "too_small");
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_quality_evenness, 0.1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "uneven_light");
}

static void
calls_a_blurred_document_blurred_and_not_absent(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_quality_blur, 1.2);
	fixture_number(&f.front, FINDING_document_found, 0);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "blurred");
}

/* Registers publish documents 500 pixels wide, and nothing is lost. */
static void
is_not_small_what_was_read_whole_and_surely(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_quality_scale, 3.5);
	fixture_number(&f.front, FINDING_quality_pitch, 8.5);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_remove(&f.front, FINDING_printed_number);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.front, FINDING_mrz_least, 0.4);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "too_small");
	fixture_card(&f);
	fixture_number(&f.front, FINDING_quality_scale, 3.5);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_text(&f.front, FINDING_printed_number, "24AB12345", 0.5);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "too_small");
	fixture_remove(&f.front, FINDING_printed_number);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "too_small");
}

static void
a_doubtful_or_wrong_zone_is_small(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_number(&f.back, FINDING_quality_pitch, 8);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.back, FINDING_mrz_repaired, 1);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "too_small");
}

static void
tells_the_value_the_threshold_and_the_side(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_number(&f.back, FINDING_quality_blur, 0.6);
	struct result r = fixture_run(&f, CHECK);
	assert_int_equal(r.side, 1);
	assert_true(r.value > 0.5);
	assert_true(r.threshold > 0.2 && r.threshold < 0.5);
}

static void
is_unsure_of_what_was_not_measured(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_quality_blur);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

static void
a_back_without_zone_or_data_need_not_look_like_a_document(void **state)
{
	struct fixture f;

	(void)state;
	fixture_french(&f, "1503", "900713");
	fixture_number(&f.back, FINDING_document_found, 0);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
	fixture_number(&f.front, FINDING_document_found, 0);
	fixture_expect(&f, CHECK, VERDICT_FAIL, "no_document");
}

static void
fails_without_any_picture(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	f.dossier.sides[0] = NULL;
	fixture_expect(&f, CHECK, VERDICT_FAIL, "no_document");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_sharp_bright_large_picture),
	    cmocka_unit_test(names_what_there_is_to_mend),
	    cmocka_unit_test(calls_a_blurred_document_blurred_and_not_absent),
	    cmocka_unit_test(is_not_small_what_was_read_whole_and_surely),
	    cmocka_unit_test(a_doubtful_or_wrong_zone_is_small),
	    cmocka_unit_test(tells_the_value_the_threshold_and_the_side),
	    cmocka_unit_test(is_unsure_of_what_was_not_measured),
	    cmocka_unit_test(
		a_back_without_zone_or_data_need_not_look_like_a_document),
	    cmocka_unit_test(fails_without_any_picture),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
