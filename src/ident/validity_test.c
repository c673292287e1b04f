#include "ident/validity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define TODAY "2026-06-15"

static enum validity_doubt
judge(const char *kind, const char *birth, const char *issue,
    const char *expiry)
{
	struct mrz m = {.format = MRZ_TD3};
	int days, longest;

	snprintf(m.birth_date, sizeof(m.birth_date), "%s", birth);
	snprintf(m.expiry, sizeof(m.expiry), "%s", expiry);
	return validity_judge(validity_find("FRA", kind), &m, issue, TODAY,
	    &days, &longest);
}

static void
ten_years_are_fine(void **state)
{
	(void)state;
	assert_int_equal(judge("passport", "1990-07-13", "2020-02-12",
	    "2030-02-11"), VALIDITY_FINE);
	assert_int_equal(judge("identity_card", "1990-07-13", "2020-02-12",
	    "2030-02-12"), VALIDITY_FINE);
}

static void
eleven_years_are_not(void **state)
{
	(void)state;
	assert_int_equal(judge("passport", "1990-07-13", "2020-02-12",
	    "2031-02-11"), VALIDITY_TOO_LONG);
}

static void
without_an_issue_date_what_is_left_counts(void **state)
{
	(void)state;
	assert_int_equal(judge("passport", "1990-07-13", "", "2036-06-14"),
	    VALIDITY_FINE);
	assert_int_equal(judge("passport", "1990-07-13", "", "2037-06-14"),
	    VALIDITY_TOO_LONG);
}

static void
an_old_holder_s_card_may_run_longer(void **state)
{
	(void)state;
	assert_int_equal(judge("identity_card", "1940-07-13", "2020-02-12",
	    "2099-12-31"), VALIDITY_FINE);
	assert_int_equal(judge("passport", "1940-07-13", "2020-02-12",
	    "2099-12-31"), VALIDITY_TOO_LONG);
}

static void
nothing_is_issued_before_birth_or_after_today(void **state)
{
	(void)state;
	assert_int_equal(judge("passport", "1990-07-13", "1989-02-12",
	    "1999-02-11"), VALIDITY_BACKWARDS);
	assert_int_equal(judge("passport", "1990-07-13", "2026-07-12",
	    "2036-02-11"), VALIDITY_BACKWARDS);
	assert_int_equal(judge("passport", "1990-07-13", "2025-07-12",
	    "2024-02-11"), VALIDITY_BACKWARDS);
	assert_int_equal(judge("passport", "1990-00-00", "1990-02-12",
	    "2000-02-11"), VALIDITY_FINE);
}

static void
what_is_not_known_is_not_judged(void **state)
{
	(void)state;
	assert_int_equal(judge("passport", "1990-07-13", "", ""),
	    VALIDITY_UNKNOWN);
	assert_int_equal(judge("boat", "1990-07-13", "", "2030-01-01"),
	    VALIDITY_UNKNOWN);
}

static enum validity_doubt
judge_french(const char *birth, const char *issue)
{
	struct mrz m = {.format = MRZ_FRA2};
	int days, longest;

	snprintf(m.birth_date, sizeof(m.birth_date), "%s", birth);
	snprintf(m.issue_date, sizeof(m.issue_date), "%s", issue);
	return validity_judge(NULL, &m, "", TODAY, &days, &longest);
}

static void
the_french_card_is_issued_after_birth_and_not_tomorrow(void **state)
{
	(void)state;
	assert_int_equal(judge_french("1980-01-02", "2015-03-00"),
	    VALIDITY_FINE);
	assert_int_equal(judge_french("2016-01-02", "2015-03-00"),
	    VALIDITY_BACKWARDS);
	assert_int_equal(judge_french("1980-01-02", "2026-07-00"),
	    VALIDITY_BACKWARDS);
	assert_int_equal(judge_french("1980-01-02", ""), VALIDITY_UNKNOWN);
}

static void
every_row_has_a_source(void **state)
{
	static const char *const kinds[] = {"identity_card", "passport",
	    "residence_permit"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct validity *v = validity_find("DEU", kinds[i]);
		assert_non_null(v);
		assert_string_not_equal(v->source, "");
		assert_true(v->years > 0 && v->years <= 15);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ten_years_are_fine),
	    cmocka_unit_test(eleven_years_are_not),
	    cmocka_unit_test(without_an_issue_date_what_is_left_counts),
	    cmocka_unit_test(an_old_holder_s_card_may_run_longer),
	    cmocka_unit_test(nothing_is_issued_before_birth_or_after_today),
	    cmocka_unit_test(what_is_not_known_is_not_judged),
	    cmocka_unit_test(
		the_french_card_is_issued_after_birth_and_not_tomorrow),
	    cmocka_unit_test(every_row_has_a_source),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
