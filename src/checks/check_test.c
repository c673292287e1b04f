#include "base/enum.h"
#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

static void
a_good_dossier_passes_every_check(void **state)
{
	struct fixture f;
	struct result results[CHECK_COUNT];

	(void)state;
	for (int card = 0; card < 2; card++) {
		card ? fixture_card(&f) : fixture_passport(&f);
		fixture_live(&f);
		dossier_read_mrz(&f.dossier);
		assert_int_equal(checks_run(&f.dossier, results), CHECK_COUNT);
		for (int i = 0; i < CHECK_COUNT; i++) {
			if (i == CHECK_film_not_screen) /* it never passes */
				continue;
			if (results[i].verdict != VERDICT_PASS)
				print_message("%s\n", results[i].explanation);
			assert_int_equal(results[i].check, i);
			assert_int_equal(results[i].verdict, VERDICT_PASS);
			assert_string_equal(results[i].reason, "");
		}
	}
}

/* A doubt is a doubt: an empty dossier must not pass anything that matters. */
static void
an_empty_dossier_passes_no_check(void **state)
{
	struct dossier d = {.now = FIXTURE_NOW, .level = 'q',
	    .minimum_age = 18};
	struct result results[CHECK_COUNT];

	(void)state;
	dossier_read_mrz(&d);
	assert_int_equal(d.mrz.format, MRZ_NONE);
	assert_int_equal(d.mrz_side, -1);
	assert_int_equal(checks_run(&d, results), CHECK_COUNT);
	for (int i = 0; i < CHECK_COUNT; i++) {
		assert_int_not_equal(results[i].verdict, VERDICT_PASS);
		if (check_strength(results[i].check) == CHECK_WEAK)
			continue; /* flags tell the participant nothing */
		/* what only flags tells the participant nothing */
		if (check_strength(results[i].check) == CHECK_STRONG)
			assert_string_not_equal(
			    reason_text(results[i].reason), "");
	}
}

static void
no_check_runs_at_a_level_that_is_none(void **state)
{
	struct dossier d = {.now = FIXTURE_NOW, .level = 'x'};
	struct result results[CHECK_COUNT];

	(void)state;
	assert_int_equal(checks_run(&d, results), 0);
	d.level = '\0';
	assert_int_equal(checks_run(&d, results), 0);
}

static void
the_zone_that_proves_is_preferred_to_a_visa(void **state)
{
	struct fixture f;

	(void)state;
	fixture_card(&f);
	fixture_text(&f.front, FINDING_mrz_line_1,
	    "D1FRA13AA000026181231MARTIN<<9", 1);
	dossier_read_mrz(&f.dossier);
	assert_int_equal(f.dossier.mrz.format, MRZ_TD1);
	assert_int_equal(f.dossier.mrz_side, 1);
	f.dossier.sides[1] = NULL;
	dossier_read_mrz(&f.dossier);
	assert_int_equal(f.dossier.mrz.format, MRZ_FRDL);
	assert_int_equal(f.dossier.mrz_side, 0);
}

static void
checks_and_verdicts_have_names(void **state)
{
	(void)state;
	for (int i = 0; i < CHECK_COUNT; i++) {
		enum check_name c = (enum check_name)i;
		assert_int_equal(check_of_text(check_name_text(c)), c);
		assert_string_not_equal(check_title(c), "");
	}
	assert_int_equal(check_of_text("none"), CHECK_COUNT);
	assert_int_equal(check_of_text(NULL), CHECK_COUNT);
	assert_int_equal(check_strength(CHECK_adult), CHECK_STRONG);
	assert_false(check_mendable(CHECK_adult));
	assert_true(check_mendable(CHECK_quality));
	assert_int_equal(verdict_of_text("pass"), VERDICT_PASS);
	assert_int_equal(verdict_of_text("PASS"), VERDICT_UNSURE);
	assert_string_equal(verdict_text(VERDICT_FAIL), "fail");
}

static void
reasons_have_words(void **state)
{
	(void)state;
	assert_true(reason_is_told("blurred"));
	assert_string_not_equal(reason_text("blurred"), "");
	assert_false(reason_is_told("no such reason"));
	assert_string_equal(reason_text("no such reason"), "");
}

static void
suspicions_have_one_sentence_and_no_check_tells_them(void **state)
{
	static const char *const suspicions[] = {"coerced", "forged_document",
	    "not_live", "wrong_person"};
	struct result r = {.reason = ""};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		assert_false(reason_is_told(suspicions[i]));
		assert_string_equal(reason_text(suspicions[i]),
		    reason_text("not_verified"));
		result_reason(&r, suspicions[i]);
		assert_string_equal(r.reason, "not_verified");
	}
	result_reason(&r, "blurred");
	assert_string_equal(r.reason, "blurred");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_good_dossier_passes_every_check),
	    cmocka_unit_test(an_empty_dossier_passes_no_check),
	    cmocka_unit_test(no_check_runs_at_a_level_that_is_none),
	    cmocka_unit_test(the_zone_that_proves_is_preferred_to_a_visa),
	    cmocka_unit_test(checks_and_verdicts_have_names),
	    cmocka_unit_test(reasons_have_words),
	    cmocka_unit_test(
		suspicions_have_one_sentence_and_no_check_tells_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
