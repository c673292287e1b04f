#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define CHECK CHECK_mrz_print

static void
passes_a_zone_in_ocr_b(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_mrz_likeness, 0.95);
	fixture_number(&f.front, FINDING_mrz_unevenness, 0.05);
	fixture_number(&f.front, FINDING_mrz_ink_step, 0.1);
	fixture_number(&f.front, FINDING_mrz_pitch_off, 0.01);
	fixture_expect(&f, CHECK, VERDICT_PASS, "");
}

static void
warns_of_another_face(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_mrz_likeness, 0.80);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
warns_of_a_letter_off_its_line(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_mrz_likeness, 0.95);
	fixture_number(&f.front, FINDING_mrz_unevenness, 0.4);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
warns_of_another_pitch(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_mrz_likeness, 0.95);
	fixture_number(&f.front, FINDING_mrz_pitch_off, 0.07);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
warns_of_another_ink(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_number(&f.front, FINDING_mrz_likeness, 0.95);
	fixture_number(&f.front, FINDING_mrz_ink_step, 0.9);
	fixture_expect(&f, CHECK, VERDICT_WARN, "not_verified");
}

static void
is_unsure_of_a_zone_that_was_not_measured(void **state)
{
	struct fixture f;

	(void)state;
	fixture_passport(&f);
	fixture_remove(&f.front, FINDING_mrz_likeness);
	fixture_remove(&f.front, FINDING_mrz_unevenness);
	fixture_remove(&f.front, FINDING_mrz_ink_step);
	fixture_remove(&f.front, FINDING_mrz_pitch_off);
	fixture_expect(&f, CHECK, VERDICT_UNSURE, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passes_a_zone_in_ocr_b),
	    cmocka_unit_test(warns_of_another_face),
	    cmocka_unit_test(warns_of_a_letter_off_its_line),
	    cmocka_unit_test(warns_of_another_pitch),
	    cmocka_unit_test(warns_of_another_ink),
	    cmocka_unit_test(is_unsure_of_a_zone_that_was_not_measured),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
