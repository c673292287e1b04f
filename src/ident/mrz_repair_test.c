#include "ident/mrz.h"
#include "base/enum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define NOW (INT64_C(1781481600000)) /* 2026-06-15 */
#define UTO "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define UTO_2 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

static enum err
repair(const char *a, const char *b, struct mrz_reading *out)
{
	const char *const lines[] = {a, b};

	return mrz_repair(lines, 2, NOW, out);
}

static void
leaves_a_right_zone_alone(void **state)
{
	struct mrz_reading r;

	(void)state;
	assert_int_equal(repair(UTO, UTO_2, &r), OK);
	assert_int_equal(r.repaired, 0);
	assert_int_equal(r.raw.bad_digits, 0);
	assert_string_equal(r.lines[1], UTO_2);
}

static void
counts_what_the_alphabet_of_a_field_demands(void **state)
{
	struct mrz_reading r;

	(void)state;
	assert_int_equal(repair("P<UT0ERIK5SON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
	    "L898902C36UTO74O8122F12O4159ZE184226B<<<<<10", &r), OK);
	assert_int_equal(r.repaired, 4);
	assert_string_equal(r.lines[0], UTO);
	assert_string_equal(r.lines[1], UTO_2);
	assert_int_equal(r.mrz.bad_digits, 0);
	assert_int_equal(r.mrz.flaws, 0);
	assert_true(r.raw.bad_digits > 0); /* what was seen is kept */
	assert_true(r.raw.flaws & 1u << MRZ_FLAW_alphabet);
}

static void
refuses_to_mend_too_much(void **state)
{
	struct mrz_reading r;

	(void)state;
	assert_int_equal(repair("P<UT0ERIK55ON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
	    "L898902C36UTO74O8122F12O4159ZE184226B<<<<<10", &r), OK);
	assert_int_equal(r.repaired, 0);
	assert_true(r.mrz.bad_digits > 0);
	assert_string_equal(r.lines[1],
	    "L898902C36UTO74O8122F12O4159ZE184226B<<<<<10");
}

static void
exchanges_one_letter_that_a_digit_asks_for(void **state)
{
	struct mrz_reading r;

	(void)state;
	assert_int_equal(repair(UTO,
	    "L8989O2C36UTO7408122F1204159ZE184226B<<<<<10", &r), OK);
	assert_int_equal(r.repaired, 1);
	assert_string_equal(r.lines[1], UTO_2);
	assert_int_equal(r.mrz.bad_digits, 0);
	assert_true(r.raw.bad[MRZ_DIGIT_number]);
}

/* The 8 was a B; but two exchanges would satisfy the digits, so none is made. */
static void
exchanges_nothing_when_two_letters_compete(void **state)
{
	struct mrz_reading r;

	(void)state;
	assert_int_equal(repair(UTO,
	    "L898902C36UTO7408122F1204159ZE1842268<<<<<10", &r), OK);
	assert_int_equal(r.repaired, 0);
	assert_true(r.mrz.bad[MRZ_DIGIT_personal_number]);
}

static void
never_exchanges_two(void **state)
{
	struct mrz_reading r;

	(void)state;
	assert_int_equal(repair(UTO,
	    "L8989O2C36UTO7408122F1204159ZE1842268<<<<<10", &r), OK);
	assert_int_equal(r.repaired, 0);
	assert_true(r.mrz.bad_digits > 0);
}

/* A digit altered by a forger has no look-alike: it stays wrong. */
static void
does_not_mend_a_forged_date(void **state)
{
	struct mrz_reading r;

	(void)state;
	assert_int_equal(repair(UTO,
	    "L898902C36UTO8408122F1204159ZE184226B<<<<<10", &r), OK);
	assert_int_equal(r.repaired, 0);
	assert_true(r.mrz.bad[MRZ_DIGIT_birth_date]);
}

static void
mends_the_first_letters_before_it_knows_the_layout(void **state)
{
	const char *const lines[] = {"1DFRAX4RTBPFW46<<<<<<<<<<<<<<<",
	    "9007138F3002119FRA<<<<<<<<<<<6", "MARTIN<<JEANNE<<<<<<<<<<<<<<<<"};
	struct mrz_reading r;

	(void)state;
	assert_int_equal(mrz_repair(lines, 3, NOW, &r), OK);
	assert_int_equal(r.raw.format, MRZ_NONE);
	assert_int_equal(r.mrz.format, MRZ_TD1);
	assert_int_equal(r.repaired, 1);
	assert_string_equal(r.mrz.code, "ID");
}

static void
refuses_what_is_no_zone(void **state)
{
	struct mrz_reading r;

	(void)state;
	assert_int_equal(repair("HELLO", "WORLD", &r), ERR_UNREADABLE);
	assert_int_equal(repair("", "", &r), ERR_UNREADABLE);
	assert_int_equal(repair(UTO UTO, UTO_2, &r), ERR_UNREADABLE);
	assert_int_equal(mrz_repair(NULL, 0, NOW, &r), ERR_UNREADABLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(leaves_a_right_zone_alone),
	    cmocka_unit_test(counts_what_the_alphabet_of_a_field_demands),
	    cmocka_unit_test(refuses_to_mend_too_much),
	    cmocka_unit_test(exchanges_one_letter_that_a_digit_asks_for),
	    cmocka_unit_test(exchanges_nothing_when_two_letters_compete),
	    cmocka_unit_test(never_exchanges_two),
	    cmocka_unit_test(does_not_mend_a_forged_date),
	    cmocka_unit_test(
		mends_the_first_letters_before_it_knows_the_layout),
	    cmocka_unit_test(refuses_what_is_no_zone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
