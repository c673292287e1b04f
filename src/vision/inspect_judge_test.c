#include "base/enum.h"
#include "vision/inspect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct box nowhere;

static void
text(struct findings *f, enum finding_name name, const char *value)
{
	assert_int_equal(findings_add_text(f, name, value, 1, nowhere), OK);
}

static void
number(struct findings *f, enum finding_name name, double value)
{
	assert_int_equal(findings_add_number(f, name, value, nowhere), OK);
}

/* ICAO 9303-4, appendix A */
static void
zone(struct findings *f, const char *second, double sure, double least,
    double repaired)
{
	*f = (struct findings){0};
	text(f, FINDING_mrz_line_1,
	    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<");
	text(f, FINDING_mrz_line_2, second);
	number(f, FINDING_mrz_confidence, sure);
	number(f, FINDING_mrz_least, least);
	number(f, FINDING_mrz_repaired, repaired);
	number(f, FINDING_mrz_rival, 6);
}

static const char right[] = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
static const char wrong[] = "L898902C36UTO7408123F1204159ZE184226B<<<<<10";

static void
calls_read_a_sound_zone_of_sure_letters(void **state)
{
	struct findings f;
	struct mrz m;

	(void)state;
	zone(&f, right, 0.99, 0.6, 0);
	assert_int_equal(inspect_judge(&f, &m), INSPECT_READ);
	assert_string_equal(m.number, "L898902C3");
}

static void
calls_doubtful_what_is_not_sure_repaired_or_wrong(void **state)
{
	struct findings f;
	struct mrz m;

	(void)state;
	zone(&f, right, 0.98, 0.6, 0);
	assert_int_equal(inspect_judge(&f, &m), INSPECT_DOUBTFUL);
	zone(&f, right, 0.99, 0.4, 0);
	assert_int_equal(inspect_judge(&f, &m), INSPECT_DOUBTFUL);
	zone(&f, right, 0.99, 0.6, 1);
	assert_int_equal(inspect_judge(&f, &m), INSPECT_DOUBTFUL);
	zone(&f, wrong, 0.999, 0.99, 0);
	assert_int_equal(inspect_judge(&f, &m), INSPECT_DOUBTFUL);
	assert_int_not_equal(m.bad_digits, 0);
}

static void
without_a_zone_print_counts_when_it_is_whole(void **state)
{
	static const enum finding_name all[] = {FINDING_printed_surname,
	    FINDING_printed_given_names, FINDING_printed_birth_date,
	    FINDING_printed_expiry, FINDING_printed_number};
	struct findings f = {0};
	struct mrz m;

	(void)state;
	assert_int_equal(inspect_judge(&f, &m), INSPECT_UNREADABLE);
	assert_int_equal(m.format, MRZ_NONE);
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		text(&f, all[i], "1990-01-01");
		assert_int_equal(inspect_judge(&f, &m),
		    i + 1 < COUNT_OF(all) ? INSPECT_DOUBTFUL : INSPECT_READ);
	}
	struct findings card = f;
	text(&card, FINDING_page_kind, "identity_card");
	assert_int_equal(inspect_judge(&card, &m), INSPECT_READ);
	text(&f, FINDING_page_kind, "passport"); /* its zone was not found */
	assert_int_equal(inspect_judge(&f, &m), INSPECT_DOUBTFUL);
}

static void
a_zone_seen_in_part_is_a_doubt_however_clear_the_print(void **state)
{
	static const enum finding_name all[] = {FINDING_printed_surname,
	    FINDING_printed_given_names, FINDING_printed_birth_date,
	    FINDING_printed_expiry, FINDING_printed_number};
	struct findings f = {0};
	struct mrz m;

	(void)state;
	text(&f, FINDING_mrz_line_1, "P<CHECADUFF<<ELODIE<<<<<<<");
	for (size_t i = 0; i < COUNT_OF(all); i++)
		text(&f, all[i], "1990-01-01");
	assert_int_equal(inspect_judge(&f, &m), INSPECT_DOUBTFUL);
}

/* The lines come from a process that may have been subverted. */
static void
lines_that_are_no_zone_are_no_zone(void **state)
{
	struct findings f = {0};
	struct mrz m;

	(void)state;
	text(&f, FINDING_mrz_line_1, "NO ZONE");
	number(&f, FINDING_mrz_confidence, 1);
	assert_int_equal(inspect_judge(&f, &m), INSPECT_UNREADABLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(calls_read_a_sound_zone_of_sure_letters),
	    cmocka_unit_test(
		calls_doubtful_what_is_not_sure_repaired_or_wrong),
	    cmocka_unit_test(without_a_zone_print_counts_when_it_is_whole),
	    cmocka_unit_test(
		a_zone_seen_in_part_is_a_doubt_however_clear_the_print),
	    cmocka_unit_test(lines_that_are_no_zone_are_no_zone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
