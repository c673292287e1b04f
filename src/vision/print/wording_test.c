/*
 * What print says when the usual mistakes of reading are set aside.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "vision/print/wording.h"

static void
reads_dates_as_documents_print_them(void **state)
{
	static const char *const texts[][2] = {
	    {"15.11.1988", "1988-11-15"}, {"23 SEP 1988", "1988-09-23"},
	    {"07 11 1966", "1966-11-07"}, {"2/2/2001", "2001-02-02"},
	    {"12 f\xc3\xa9v. 1990", "1990-02-12"},
	    {"04 MAI/MAY 1971", "1971-05-04"},
	    {"Expire le 17 MAY 2034", "2034-05-17"},
	    {"1988-11-15", "1988-11-15"}, {"3 RUGS 2001", "2001-09-03"},
	    {"15 012032", "2032-01-15"}, {"20.0CT 2000", "2000-10-20"},
	    {"05 MFOISEP 1948", "1948-09-05"}, {"04 DFO/OCT 1950", "1950-10-04"},
	    {"05 AG0 /AUG 1968", "1968-08-05"}, {"7 MA1 1968", "1968-05-07"},
	    {"18 JUN1JUN 1997", "1997-06-18"}, {"03 JUUNI/JUN 1997", "1997-06-03"},
	    {"10 MAA/MAR 1965", "1965-03-10"},
	    {"08I05I1983", "1983-05-08"}, {"14I11/2023", "2023-11-14"},
	    {"9L1L1999", "1999-01-09"}, {"14/11I2023", "2023-11-14"},
	    {"15 I2 1988", "1988-12-15"},
	    {"01 MEI/JUN 1964", "1964-06-01"}, {"01 MEI 1964", "1964-05-01"},
	    {"24 DEC 199O", "1990-12-24"}, {"22.o6.19S6", "1956-06-22"},
	    {"E22.06.1970", "1970-06-22"}, {"o15 Jun.2033", "2033-06-15"},
	    {"6 NAR 2025", "2025-03-06"}, {"11 AUC 2000", "2000-08-11"},
	    {"03 OEC 1999", "1999-12-03"}, {"I8.03.2034", "2034-03-18"},
	    {"I08.03.2034", "2034-03-08"}, {"l1.O8.2000", "2000-08-11"},
	    {"II AUG 20Oo", "2000-08-11"}, {"Il AUG .20OO", "2000-08-11"},
	    {"lO MAR 1999", "1999-03-10"}};
	char plain[WORDING_SIZE], date[11];
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		plain_of(texts[i][0], plain, sizeof(plain));
		assert_true(date_in(plain, date, NULL));
		assert_string_equal(date, texts[i][1]);
	}
}

static void
refuses_what_is_no_date(void **state)
{
	static const char *const texts[] = {"32.11.1988", "15.13.1988",
	    "UX4703915", "15 XYZ 1988", "15.11.88", "115.11.1988", "",
	    "12L051983", "12II05I1983",
	    "15.11.19881", "150120329", "15 1XYZ 1988", "15 SEPIOCT1 88", "99 992032",
	    "EX22.06.1970", "01 JUN/MEI 1964", "01 MEI/JUL 1964", "OO 1I 1988", "SO.1O.12O45", "A B 1990",
	    "11 XAR 2000", "11 NAX 2000", "II XYZ 2000", "AI AUG 2000",
	    "III AUG 2000"};
	char plain[WORDING_SIZE], date[11];
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		plain_of(texts[i], plain, sizeof(plain));
		assert_false(date_in(plain, date, NULL));
	}
}

static void
a_short_date_stands_alone(void **state)
{
	char date[11];
	(void)state;
	assert_true(short_date_in("11.05.73", date));
	assert_string_equal(date, "1973-05-11");
	assert_true(short_date_in("O8-08-27", date));
	assert_string_equal(date, "2027-08-08");
	assert_true(short_date_in("15 10 80", date));
	assert_string_equal(date, "1980-10-15");
	assert_false(short_date_in("15 10 8A", date));
	assert_false(short_date_in("11.05-73", date));
	assert_false(short_date_in("11.05.1973", date));
	assert_false(short_date_in("32.05.73", date));
	assert_false(short_date_in("110573", date));
	assert_false(short_date_in("11.05.7", date));
	assert_false(short_date_in("11.05.AB", date));
	assert_true(short_date_in("26 APR / AVR 56", date));
	assert_string_equal(date, "1956-04-26");
	assert_true(short_date_in("14 JUL 33", date));
	assert_string_equal(date, "2033-07-14");
	assert_false(short_date_in("26 APR / MAY 56", date));
	assert_false(short_date_in("26 APR 1956", date));
	/* of 2032 and 1956, perhaps */
	assert_false(short_date_in("26 APR 20", date));
	assert_false(short_date_in("26 APR 19", date));
}

static void
finds_one_date_after_another(void **state)
{
	const char *at = "24 08 2023 24 08 2033";
	char date[11];
	(void)state;
	assert_true(date_in(at, date, &at));
	assert_string_equal(date, "2023-08-24");
	assert_true(date_in(at, date, &at));
	assert_string_equal(date, "2033-08-24");
	assert_false(date_in(at, date, &at));
}

static void
takes_look_alikes_for_one_another_and_nothing_else(void **state)
{
	(void)state;
	assert_true(looks_alike("O1B5", "0I8S"));
	assert_true(looks_alike("", ""));
	assert_false(looks_alike("123", "124"));
	assert_false(looks_alike("123", "1234"));
}

static void
counts_edits(void **state)
{
	char lengthy[80];
	(void)state;
	memset(lengthy, 'A', sizeof(lengthy) - 1);
	lengthy[sizeof(lengthy) - 1] = '\0';
	assert_int_equal(edits_between("SUMAME", "SURNAME"), 2);
	assert_int_equal(edits_between("ASA", "AASA"), 1);
	assert_int_equal(edits_between("", "AB"), 2);
	assert_true(edits_between(lengthy, "A") >= 48);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_dates_as_documents_print_them),
	    cmocka_unit_test(refuses_what_is_no_date),
	    cmocka_unit_test(a_short_date_stands_alone),
	    cmocka_unit_test(finds_one_date_after_another),
	    cmocka_unit_test(
		takes_look_alikes_for_one_another_and_nothing_else),
	    cmocka_unit_test(counts_edits)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
