/*
 * Names of which print and zone tell otherwise.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "vision/print/printed_fixture.h"

static const char *
surname_of(const char *print, const char *zone)
{
	struct mrz mrz = {.format = MRZ_TD3, .issuer = "SWE"};
	snprintf(mrz.surname, sizeof(mrz.surname), "%s", zone);
	lay("Efternamn / Surname", print);
	return told(FINDING_printed_surname, &mrz);
}

static void
the_zones_name_is_told_as_it_is_printed(void **state)
{
	(void)state;
	assert_string_equal(surname_of("SJ\u00d6BLOM", "SJOEBLOM"),
	    "SJ\u00d6BLOM");
	assert_string_equal(surname_of("MARTIN", "MARTIN"), "MARTIN");
}

/* Names have no check digit: one letter of the print or of the zone is what a
 * forger changes, and a person is to see that they differ. */
static void
a_name_is_another_by_one_letter(void **state)
{
	(void)state;
	assert_string_equal(surname_of("MARTIM", "MARTIN"), "MARTIM");
	assert_string_equal(surname_of("MARTINI", "MARTIN"), "MARTINI");
	assert_string_equal(surname_of("MARTI", "MARTIN"), "MARTI");
	assert_string_equal(surname_of("DURAND", "MARTIN"), "DURAND");
}

/* Damaged print: the zone names it, and what stands below is another name. */
static void
a_name_with_a_foreign_letter_is_not_the_next_line(void **state)
{
	struct mrz mrz = {.format = MRZ_TD3, .issuer = "SWE",
	    .surname = "AAKERBLOM", .given_names = "HAAKAN"};
	(void)state;
	lay("Efternamn / Surname", "\u00a4K\u00a4RBL\u00a4M");
	put(18, 2.2f, "H\u00c5KAN");
	assert_string_equal(told(FINDING_printed_surname, &mrz), "");
}

static void
turks_write_a_cedilla_below_s(void **state)
{
	struct mrz mrz = {.format = MRZ_TD3, .issuer = "TUR",
	    .surname = "GUNES"};
	(void)state;
	lay("Soyad\u0131 / Surname", "G\u00dcNE\u0218");
	assert_string_equal(told(FINDING_printed_surname, &mrz),
	    "G\u00dcNE\u015e");
	memcpy(mrz.issuer, "ROU", 4);
	assert_string_equal(told(FINDING_printed_surname, &mrz),
	    "G\u00dcNE\u0218");
}

/* "ELES" behind "ANG", below that label. */
static const char *
given_names_of_two_pieces(void)
{
	struct mrz mrz = {.format = MRZ_TD3, .issuer = "SWE",
	    .surname = "PENA", .given_names = "ANGELES"};
	lay("Given names", "ELES");
	struct piece *end = &sheet.prints.at[1].where;
	put(13.5f, 2.2f, "ANG");
	const struct piece *begin = &sheet.prints.at[2].where;
	end->x = begin->x + begin->length + begin->capital / 2;
	sheet.prints.at[0].where.x = end->x;
	sheet_find_labels(&sheet);
	return told(FINDING_printed_given_names, &mrz);
}

static void
a_name_s_end_that_stands_apart_is_no_other_name(void **state)
{
	(void)state;
	assert_string_not_equal(given_names_of_two_pieces(), "ELES");
	lay("Given names", "ELES");
	struct mrz mrz = {.format = MRZ_TD3, .issuer = "SWE",
	    .surname = "PENA", .given_names = "ANGELES"};
	assert_string_equal(told(FINDING_printed_given_names, &mrz), "ELES");
}

/* How sure a surname is, with that zone. */
static float
sure_of(const char *print, const char *zone)
{
	struct mrz mrz = {.format = MRZ_TD3, .issuer = "ITA"};
	static struct printed out;
	const struct printed_field *f;
	snprintf(mrz.surname, sizeof(mrz.surname), "%s", zone);
	lay("Cognome / Surname", print);
	out.count = 0;
	printed_report(&sheet, &mrz, &out);
	f = printed_reported(&out, FINDING_printed_surname);
	assert_non_null(f);
	return f->sure;
}

static void
a_name_that_lost_an_end_is_in_doubt(void **state)
{
	(void)state;
	assert_true(sure_of("NICCOL", "NICCOLO") < 0.6f);
	assert_true(sure_of("O'REIL", "O REILLY SMYTHE") < 0.6f);
	assert_true(sure_of("SHILD", "AASHILD") < 0.6f);
	assert_true(sure_of("\u0120or\u0121 Pa", "GORG PAWLU") < 0.6f);
	assert_true(sure_of("NICCOLA", "NICCOLO") >= 0.85f);
	assert_true(sure_of("NICCOLOS", "NICCOLO") >= 0.85f);
}

static void
a_name_with_a_letter_that_was_not_read_is_in_doubt(void **state)
{
	(void)state;
	assert_true(sure_of("NGUY N", "NGUYEN") < 0.6f);
	assert_true(sure_of("VAN NGUY N", "VAN NGUYEN") < 0.6f);
	assert_true(sure_of("NGUY M", "NGUYEN") >= 0.85f);
	assert_true(sure_of("NGUYAN", "NGUYEN") >= 0.85f);
	assert_string_equal(surname_of("NGUY\u00a4N", "NGUYEN"), "");
}

/* The zone has room for "E" of ESTEVAO alone. */
static void
a_truncated_letter_is_not_the_surname_s(void **state)
{
	struct mrz mrz = {.format = MRZ_TD1, .issuer = "PRT",
	    .surname = "BRAGANCA E TAVORA GUIMARAES", .given_names = "E",
	    .truncated = true};
	(void)state;
	lay("Surname", "BRAGAN\u00c7A E T\u00c1VORA GUIMAR\u00c3ES");
	put(17, 1.3f, "Given names");
	put(20.5f, 2.2f, "EST\u00caV\u00c3O");
	sheet_find_labels(&sheet);
	assert_string_equal(told(FINDING_printed_given_names, &mrz),
	    "EST\u00caV\u00c3O");
}

/* One line for both, of which the zone had no room for the last letters. */
static void
the_surname_behind_truncated_given_names_is_none_of_them(void **state)
{
	struct mrz mrz = {.format = MRZ_TD3, .issuer = "EGY",
	    .surname = "ABDELRAHMAN",
	    .given_names = "MOUSTAFA ELSAYED MOHAMED HA",
	    .truncated = true};
	const char *given = "MOUSTAFA ELSAYED MOHAMED HASSANEIN";
	(void)state;
	lay("Full Name", "MOUSTAFA ELSAYED MOHAMED HASSANEIN ABDELRAHMAN");
	assert_string_equal(told(FINDING_printed_given_names, &mrz), given);
	assert_string_equal(told(FINDING_printed_surname, &mrz),
	    "ABDELRAHMAN");
	/* it may be a given name as well, where the surname is elsewhere */
	lay("Surname", "ABDELRAHMAN");
	put(17, 1.3f, "Given names");
	put(20.5f, 2.2f, "MOUSTAFA ELSAYED MOHAMED HASSAN ABDELRAHMAN");
	sheet_find_labels(&sheet);
	assert_string_equal(told(FINDING_printed_given_names, &mrz),
	    "MOUSTAFA ELSAYED MOHAMED HASSAN ABDELRAHMAN");
}

/* Dominican passports: the zone has "YOKAS" of the second line. */
static void
truncated_given_names_go_on_in_the_second_line(void **state)
{
	struct mrz mrz = {.format = MRZ_TD3, .issuer = "DOM",
	    .surname = "DE LOS SANTOS TAVAREZ",
	    .given_names = "ALTAGRACIA YOKAS",
	    .truncated = true};
	(void)state;
	lay("Nombres / Names", "ALTAGRACIA");
	put(17.2f, 2.2f, "YOKASTA DEL PILAR");
	sheet_find_labels(&sheet);
	assert_string_equal(told(FINDING_printed_given_names, &mrz),
	    "ALTAGRACIA YOKASTA DEL PILAR");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_zones_name_is_told_as_it_is_printed),
	    cmocka_unit_test(a_name_is_another_by_one_letter),
	    cmocka_unit_test(
		a_name_with_a_foreign_letter_is_not_the_next_line),
	    cmocka_unit_test(turks_write_a_cedilla_below_s),
	    cmocka_unit_test(a_truncated_letter_is_not_the_surname_s),
	    cmocka_unit_test(
		the_surname_behind_truncated_given_names_is_none_of_them),
	    cmocka_unit_test(truncated_given_names_go_on_in_the_second_line),
	    cmocka_unit_test(a_name_that_lost_an_end_is_in_doubt),
	    cmocka_unit_test(
		a_name_with_a_letter_that_was_not_read_is_in_doubt),
	    cmocka_unit_test(
		a_name_s_end_that_stands_apart_is_no_other_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
