#include "ident/mrz.h"
#include "base/enum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define NOW (INT64_C(1781481600000)) /* 2026-06-15 */
#define UTO "P<GBRERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define UTO_2 "L898902C36GBR7408122F1204159ZE184226B<<<<<10"
#define CLEAR 0.9999f

static struct mrz_seen seen;

static float *
place(size_t line, size_t column, char letter)
{
	long i = strchr(mrz_letters, letter) - mrz_letters;
	return &seen.p[line][column - 1][i];
}

/* Lines that were seen as clear as can be. */
static void
see(const char *a, const char *b, const char *c)
{
	const char *lines[] = {a, b, c};
	memset(&seen, 0, sizeof(seen));
	for (; seen.count < 3 && lines[seen.count]; seen.count++) {
		const char *line = lines[seen.count];
		seen.columns[seen.count] = (int)strlen(line);
		for (size_t i = 1; i <= strlen(line); i++)
			*place(seen.count, i, line[i - 1]) = CLEAR;
	}
}

/* In that column (from 1) it might as well be another letter. */
static void
doubt(size_t line, size_t column, char other, float p)
{
	for (const char *c = mrz_letters; *c; c++)
		*place(line, column, *c) *= 1 - p;
	*place(line, column, other) += p;
}

static struct mrz_reading
decide(void)
{
	struct mrz_reading r;
	assert_int_equal(mrz_decide(&seen, NOW, &r), OK);
	return r;
}

static void
leaves_a_clear_zone_alone(void **state)
{
	(void)state;
	see(UTO, UTO_2, NULL);
	struct mrz_reading r = decide();
	assert_int_equal(r.mrz.format, MRZ_TD3);
	assert_int_equal(r.repaired, 0);
	assert_int_equal(r.mrz.bad_digits, 0);
	assert_string_equal(r.lines[0], UTO);
	assert_string_equal(r.lines[1], UTO_2);
	assert_true(r.margin > MRZ_MARGIN_MAX - 0.5f);
	assert_true(r.sure > 0.999f && r.least > 0.999f);
}

static void
counts_what_the_alphabet_of_a_field_demands(void **state)
{
	(void)state;
	see("P<GBRERIK5SON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
	    "L898902C36GBR74O8122F12O4159ZE184226B<<<<<10", NULL);
	doubt(0, 10, 'S', 0.1f);
	doubt(1, 16, '0', 0.2f);
	doubt(1, 24, '0', 0.4f);
	struct mrz_reading r = decide();
	assert_int_equal(r.repaired, 3);
	assert_string_equal(r.lines[0], UTO);
	assert_string_equal(r.lines[1], UTO_2);
	assert_int_equal(r.mrz.bad_digits, 0);
	assert_int_equal(r.mrz.flaws, 0);
	assert_true(r.raw.bad_digits > 0); /* what was seen is kept */
	assert_true(r.raw.flaws & 1u << MRZ_FLAW_alphabet);
}

static void
leaves_a_wrong_letter_that_was_seen_clearly(void **state)
{
	(void)state;
	see(UTO, "L898902C36GBR74O8122F1204159ZE184226B<<<<<10", NULL);
	struct mrz_reading r = decide();
	assert_int_equal(r.repaired, 0);
	assert_true(r.mrz.flaws & 1u << MRZ_FLAW_alphabet);
	assert_string_equal(r.lines[1],
	    "L898902C36GBR74O8122F1204159ZE184226B<<<<<10");
}

static void
takes_the_letter_that_a_digit_asks_for_if_the_eye_was_in_doubt(void **state)
{
	(void)state;
	see(UTO, "L898902C86GBR7408122F1204159ZE184226B<<<<<10", NULL);
	doubt(1, 9, '3', 0.3f);
	struct mrz_reading r = decide();
	assert_int_equal(r.repaired, 1);
	assert_string_equal(r.lines[1], UTO_2);
	assert_true(r.raw.bad[MRZ_DIGIT_number]);
	assert_int_equal(r.mrz.bad_digits, 0);
}

static void
never_makes_a_clear_wrong_digit_right(void **state)
{
	(void)state;
	see(UTO, "L898902C36GBR8408122F1204159ZE184226B<<<<<10", NULL);
	struct mrz_reading r = decide();
	assert_int_equal(r.repaired, 0);
	assert_true(r.mrz.bad[MRZ_DIGIT_birth_date]);
	assert_string_equal(r.lines[1],
	    "L898902C36GBR8408122F1204159ZE184226B<<<<<10");
}

/* 0 or O, 3 or 8 a place further: either satisfies the digits. */
static void
changes_nothing_when_two_ways_to_mend_compete(void **state)
{
	(void)state;
	see(UTO, "L898902C96GBR7408122F1204159ZE184226B<<<<<10", NULL);
	doubt(1, 9, '3', 0.3f);
	doubt(1, 9, 'D', 0.3f); /* weighs 13, as 3 does */
	struct mrz_reading r = decide();
	assert_int_equal(r.repaired, 0);
	assert_true(r.mrz.bad[MRZ_DIGIT_number]);
}

static void
tells_a_rival_that_no_digit_can_see(void **state)
{
	(void)state;
	see(UTO, UTO_2, NULL);
	doubt(1, 8, 'M', 0.3f); /* C for M: both weigh 2 modulo 10 */
	struct mrz_reading r = decide();
	assert_int_equal(r.repaired, 0);
	assert_int_equal(r.mrz.bad_digits, 0);
	assert_true(r.margin < 1);
	see(UTO, UTO_2, NULL);
	doubt(1, 8, 'D', 0.3f); /* weighs 3: the digits would disagree */
	r = decide();
	assert_true(r.margin > 5);
}

static void
tells_a_rival_in_a_name_that_digits_do_not_cover(void **state)
{
	(void)state;
	see(UTO, UTO_2, NULL);
	doubt(0, 8, 'L', 0.2f);
	struct mrz_reading r = decide();
	assert_float_equal(r.margin, 1.386, 0.02);
}

static void
tells_a_rival_of_two_letters_together(void **state)
{
	(void)state;
	see(UTO, UTO_2, NULL);
	doubt(1, 2, '9', 0.2f); /* 8 at weight 3, and 9 at 1 */
	doubt(1, 3, '6', 0.2f);
	struct mrz_reading r = decide();
	assert_float_equal(r.margin, 2.772, 0.05);
}

static void
mends_a_state_that_does_not_exist_only_in_doubt(void **state)
{
	(void)state;
	see("P<GRRERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", UTO_2, NULL);
	struct mrz_reading r = decide();
	assert_int_equal(r.repaired, 0);
	assert_true(r.mrz.flaws & 1u << MRZ_FLAW_issuer);
	doubt(0, 4, 'B', 0.3f);
	r = decide();
	assert_int_equal(r.repaired, 1);
	assert_string_equal(r.mrz.issuer, "GBR");
	see("P<132ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", UTO_2, NULL);
	r = decide();
	assert_string_equal(r.mrz.issuer, "132");
	assert_true(r.mrz.flaws & 1u << MRZ_FLAW_issuer);
}

static void
mends_the_first_letter_before_it_knows_the_layout(void **state)
{
	(void)state;
	see("1DFRAX4RTBPFW46<<<<<<<<<<<<<<<",
	    "9007138F3002119FRA<<<<<<<<<<<6",
	    "MARTIN<<JEANNE<<<<<<<<<<<<<<<<");
	doubt(0, 1, 'I', 0.2f);
	struct mrz_reading r = decide();
	assert_int_equal(r.raw.format, MRZ_NONE);
	assert_int_equal(r.mrz.format, MRZ_TD1);
	assert_int_equal(r.repaired, 1);
	assert_string_equal(r.mrz.code, "ID");
}

static void
returns_lines_of_no_layout_as_they_are(void **state)
{
	(void)state;
	see("HELLO", "WORLD", NULL);
	struct mrz_reading r = decide();
	assert_int_equal(r.mrz.format, MRZ_NONE);
	assert_string_equal(r.lines[1], "WORLD");
}

static void
refuses_what_are_no_lines(void **state)
{
	struct mrz_reading r;
	(void)state;
	see(NULL, NULL, NULL);
	assert_int_equal(mrz_decide(&seen, NOW, &r), ERR_UNREADABLE);
	seen.count = 4;
	assert_int_equal(mrz_decide(&seen, NOW, &r), ERR_UNREADABLE);
	seen.count = 1;
	seen.columns[0] = 45;
	assert_int_equal(mrz_decide(&seen, NOW, &r), ERR_UNREADABLE);
}

/* A visa has no composite: it is the passport whose digits are all right. */
static void
takes_the_layout_whose_digits_are_right(void **state)
{
	(void)state;
	see(UTO, UTO_2, NULL);
	*place(0, 1, 'P') = 0.12f;
	*place(0, 1, 'V') = 0.25f;
	*place(0, 1, 'F') = CLEAR - 0.37f;
	struct mrz_reading r = decide();
	assert_int_equal(r.mrz.format, MRZ_TD3);
	assert_string_equal(r.lines[0], UTO);
	assert_int_equal(r.repaired, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(leaves_a_clear_zone_alone),
	    cmocka_unit_test(counts_what_the_alphabet_of_a_field_demands),
	    cmocka_unit_test(leaves_a_wrong_letter_that_was_seen_clearly),
	    cmocka_unit_test(
		takes_the_letter_that_a_digit_asks_for_if_the_eye_was_in_doubt),
	    cmocka_unit_test(never_makes_a_clear_wrong_digit_right),
	    cmocka_unit_test(changes_nothing_when_two_ways_to_mend_compete),
	    cmocka_unit_test(tells_a_rival_that_no_digit_can_see),
	    cmocka_unit_test(tells_a_rival_in_a_name_that_digits_do_not_cover),
	    cmocka_unit_test(tells_a_rival_of_two_letters_together),
	    cmocka_unit_test(mends_a_state_that_does_not_exist_only_in_doubt),
	    cmocka_unit_test(
		mends_the_first_letter_before_it_knows_the_layout),
	    cmocka_unit_test(returns_lines_of_no_layout_as_they_are),
	    cmocka_unit_test(takes_the_layout_whose_digits_are_right),
	    cmocka_unit_test(refuses_what_are_no_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
