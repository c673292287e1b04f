#include "ident/barcode.h"
#include "base/enum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define NOW INT64_C(1781481600000) /* 2026-06-15 */

static struct barcode_data
parsed(const char *text)
{
	struct barcode_data d;

	assert_int_equal(barcode_parse(text, NOW, &d), OK);
	return d;
}

static void
refused(const char *text)
{
	struct barcode_data d = {.number = "untouched"};

	assert_int_equal(barcode_parse(text, NOW, &d), ERR_NOT_FOUND);
	assert_string_equal(d.number, "untouched");
}

static void
reads_fields_by_their_names(void **state)
{
	struct barcode_data d = parsed("N=X4RTBPFW4;S=LINDQVIST;G=ZOE ASA;"
	    "B=1990-07-13;E=2030-02-11");

	(void)state;
	assert_string_equal(d.number, "X4RTBPFW4");
	assert_string_equal(d.surname, "LINDQVIST");
	assert_string_equal(d.given_names, "ZOE ASA");
	assert_string_equal(d.birth_date, "1990-07-13");
	assert_string_equal(d.expiry, "2030-02-11");
	d = parsed("SURNAME: Garçon\r\nDOB: 1990-07-13\r\nX: 1");
	assert_string_equal(d.surname, "Garçon");
	assert_string_equal(d.birth_date, "1990-07-13");
	assert_string_equal(d.number, "");
}

static void
reads_the_lines_of_a_zone(void **state)
{
	struct barcode_data d = parsed("IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n"
	    "9007138F3002119FRA<<<<<<<<<<<6\nLINDQVIST<<ZOE<ASA<<<<<<<<<<<<");

	(void)state;
	assert_string_equal(d.number, "X4RTBPFW4");
	assert_string_equal(d.surname, "LINDQVIST");
	assert_string_equal(d.expiry, "2030-02-11");
}

static void
a_zone_with_a_wrong_digit_tells_nothing(void **state)
{
	(void)state;
	refused("IDFRAX4RTBPFW47<<<<<<<<<<<<<<<\n"
	    "9007138F3002119FRA<<<<<<<<<<<6\nLINDQVIST<<ZOE<ASA<<<<<<<<<<<<");
}

static void
other_texts_tell_nothing(void **state)
{
	static const char *const others[] = {"", " ", "https://example.org/?N",
	    "@\n\036\rANSI 636000090002DL00410278\nDAQT64235789\nDCSSAMPLE",
	    "DC03FR000001", "N=", "=1;:2", "n=1"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(others); i++)
		refused(others[i]);
}

static void
a_field_told_twice_spoils_the_whole(void **state)
{
	(void)state;
	refused("N=1;S=MARTIN;N=2");
	refused("B=1990-07-13;DOB=1990-07-14");
}

static void
dates_that_are_none_are_not_told(void **state)
{
	(void)state;
	assert_string_equal(parsed("N=1;B=1990-02-30").birth_date, "");
	assert_string_equal(parsed("N=1;B=13/07/1990").birth_date, "");
	assert_string_equal(parsed("N=1;B=1990-07-13T00:00:00Z").birth_date,
	    "");
	refused("B=1990-02-30");
}

static void
fields_are_bounded_and_clean(void **state)
{
	char text[400] = "S=";

	(void)state;
	memset(text + 2, 'A', BARCODE_FIELD_SIZE - 1);
	assert_int_equal(strlen(parsed(text).surname), BARCODE_FIELD_SIZE - 1);
	memset(text + 2, 'A', BARCODE_FIELD_SIZE);
	refused(text);
	refused("S=A\033[2JB");
	refused("S=\xff\xfe");
	memset(text, ';', 60);
	memcpy(text + 60, "N=1", 4);
	refused(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_fields_by_their_names),
	    cmocka_unit_test(reads_the_lines_of_a_zone),
	    cmocka_unit_test(a_zone_with_a_wrong_digit_tells_nothing),
	    cmocka_unit_test(other_texts_tell_nothing),
	    cmocka_unit_test(a_field_told_twice_spoils_the_whole),
	    cmocka_unit_test(dates_that_are_none_are_not_told),
	    cmocka_unit_test(fields_are_bounded_and_clean),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
