#include "base/der.h"

#include "base/clock.h"
#include "base/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define EXPECT_DER(d, hex)                                                     \
	do {                                                                   \
		AUTO(buf_clear) struct buf text_;                              \
		buf_init(&text_, 4096);                                        \
		assert_int_equal(der_done(d), OK);                             \
		assert_int_equal(                                              \
		    hex_encode(span_of_buf(&(d)->bytes), &text_), OK);         \
		assert_string_equal(buf_text(&text_), hex);                    \
	} while (0)

static void
writes_nested_structures_with_their_lengths(void **state)
{
	AUTO(der_clear) struct der d;

	(void)state;
	der_init(&d, 4096);
	der_open(&d, DER_SEQUENCE);
	der_put_oid(&d, "0.4.0.2042.1.3");
	der_open(&d, DER_SEQUENCE);
	der_put_bool(&d, true);
	der_put_null(&d);
	der_close(&d);
	der_close(&d);
	EXPECT_DER(&d, "300f060604008f7a010330050101ff0500");
}

static void
writes_lengths_past_127_in_the_long_form(void **state)
{
	AUTO(der_clear) struct der d;
	uint8_t zeros[300] = {0};

	(void)state;
	der_init(&d, 4096);
	der_open(&d, DER_SEQUENCE);
	der_put(&d, DER_OCTETS, SPAN(zeros, 300));
	der_close(&d);
	assert_int_equal(der_done(&d), OK);
	assert_memory_equal(
	    d.bytes.data, "\x30\x82\x01\x30\x04\x82\x01\x2c", 8);
	assert_int_equal(d.bytes.size, 308);
}

static void
writes_object_identifiers_of_every_arc(void **state)
{
	static const struct {
		const char *dotted, *hex;
	} known[] = {
	    {"2.5.29.15", "0603551d0f"},
	    {"0.4.0.194112.1.0", "060704008bec400100"},
	    {"1.3.6.1.5.5.7.48.1.1", "06092b0601050507300101"},
	    {"2.999.1", "0603883701"},
	    {"1.2.840.10045.4.3.2", "06082a8648ce3d040302"},
	};

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		AUTO(der_clear) struct der d;
		char back[DER_OID_TEXT_SIZE];

		der_init(&d, 64);
		der_put_oid(&d, known[i].dotted);
		EXPECT_DER(&d, known[i].hex);
		assert_int_equal(
		    der_oid_format(
			SPAN(d.bytes.data + 2, d.bytes.size - 2), back),
		    OK);
		assert_string_equal(back, known[i].dotted);
	}
}

static void
refuses_texts_that_are_no_object_identifiers(void **state)
{
	static const char *const wrong[] = {"", "1", "1.", "3.1", "1.40", "a.b",
	    "1.2.", "1..2", "1.02", "1.2.99999999999999999999"};

	(void)state;
	for (size_t i = 0; i < 10; i++) {
		AUTO(der_clear) struct der d;

		der_init(&d, 64);
		der_put_oid(&d, wrong[i]);
		assert_int_not_equal(der_done(&d), OK);
	}
}

static void
writes_numbers_in_their_shortest_positive_form(void **state)
{
	AUTO(der_clear) struct der d;

	(void)state;
	der_init(&d, 64);
	der_put_number(&d, DER_INTEGER, 0);
	der_put_number(&d, DER_INTEGER, 127);
	der_put_number(&d, DER_INTEGER, 128);
	der_put_number(&d, DER_INTEGER, 65536);
	EXPECT_DER(&d, "02010002017f0202008002030"
		       "10000");
}

static void
changes_the_form_of_time_with_the_year_2050(void **state)
{
	AUTO(der_clear) struct der d;
	int64_t last, first;

	(void)state;
	assert_int_equal(clock_parse("2049-12-31T23:59:59Z", &last), OK);
	assert_int_equal(clock_parse("2050-01-01T00:00:00Z", &first), OK);
	der_init(&d, 64);
	der_put_time(&d, last);
	der_put_time(&d, first);
	assert_int_equal(der_done(&d), OK);
	assert_memory_equal(d.bytes.data,
	    "\x17\x0d"
	    "491231235959Z"
	    "\x18\x0f"
	    "20500101000000Z",
	    32);
}

static void
reads_back_the_times_it_wrote(void **state)
{
	static const char *const times[] = {"1950-01-01T00:00:00Z",
	    "1999-12-31T23:59:59Z", "2026-11-23T09:30:00Z",
	    "2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z",
	    "9999-12-31T23:59:59Z"};

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		AUTO(der_clear) struct der d;
		struct der_item item;
		int64_t ms, back;

		assert_int_equal(clock_parse(times[i], &ms), OK);
		der_init(&d, 64);
		der_put_time(&d, ms);
		struct span rest = span_of_buf(&d.bytes);
		assert_int_equal(der_next(&rest, &item), OK);
		assert_int_equal(
		    der_get_time(item.tag, item.content, &back), OK);
		assert_true(back == ms);
	}
}

static void
refuses_times_in_other_forms(void **state)
{
	static const char *const wrong[] = {"261123093000", "2611230930Z",
	    "261323093000Z", "26112309300aZ", "261123093000+0100"};
	int64_t ms;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(
		    der_get_time(DER_UTC_TIME, span_of_text(wrong[i]), &ms),
		    ERR_INVALID);
	assert_int_equal(der_get_time(DER_GENERALIZED_TIME,
			     span_of_text("20261123093000.5Z"), &ms),
	    ERR_INVALID);
}

static void
refuses_bytes_that_no_der_writer_writes(void **state)
{
	static const struct {
		const char *bytes;
		size_t size;
	} wrong[] = {
	    {"", 0},		     /* nothing */
	    {"\x30", 1},	     /* no length */
	    {"\x30\x05\x01", 3},     /* cut short */
	    {"\x30\x80\x00\x00", 4}, /* indefinite length */
	    {"\x04\x81\x01\x00", 4}, /* long form for a short length */
	    {"\x04\x82\x00\x81", 4}, /* leading zero in a length */
	    {"\x1f\x81\x01\x00", 4}, /* high tag number */
	    {"\x00\x00", 2},	     /* end of contents */
	    {"\x04\x85\x01\x01\x01\x01\x01", 7},
	};
	struct der_item item;

	(void)state;
	for (size_t i = 0; i < 9; i++) {
		struct span rest = SPAN(wrong[i].bytes, wrong[i].size);

		assert_int_equal(der_next(&rest, &item), ERR_INVALID);
		assert_int_equal(rest.size, wrong[i].size);
	}
}

static void
refuses_values_in_a_second_form(void **state)
{
	uint64_t number;
	bool flag;

	(void)state;
	assert_int_equal(der_get_bool(SPAN("\x01", 1), &flag), ERR_INVALID);
	assert_int_equal(der_get_bool(SPAN("\xff\xff", 2), &flag), ERR_INVALID);
	assert_int_equal(
	    der_get_number(SPAN("\x00\x01", 2), &number), ERR_INVALID);
	assert_int_equal(der_get_number(SPAN("\x80", 1), &number), ERR_INVALID);
	assert_int_equal(der_get_number(SPAN("", 0), &number), ERR_INVALID);
	assert_int_equal(der_check_integer(SPAN("\xff\x80", 2)), ERR_INVALID);
	assert_int_equal(der_check_oid(SPAN("\x2b\x80\x01", 3)), ERR_INVALID);
	assert_int_equal(der_check_oid(SPAN("\x2b\x86", 2)), ERR_INVALID);
	assert_int_equal(der_get_number(SPAN("\x00\x80", 2), &number), OK);
	assert_int_equal(number, 128);
}

static void
a_writer_past_its_ceiling_fails_at_the_end(void **state)
{
	AUTO(der_clear) struct der d;
	uint8_t zeros[100] = {0};

	(void)state;
	der_init(&d, 64);
	der_open(&d, DER_SEQUENCE);
	der_put(&d, DER_OCTETS, SPAN(zeros, 100));
	der_close(&d);
	assert_int_equal(der_done(&d), ERR_TOO_LARGE);
}

static void
a_structure_left_open_is_not_done(void **state)
{
	AUTO(der_clear) struct der d;

	(void)state;
	der_init(&d, 64);
	der_open(&d, DER_SEQUENCE);
	assert_int_equal(der_done(&d), ERR_INTERNAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(writes_nested_structures_with_their_lengths),
	    cmocka_unit_test(writes_lengths_past_127_in_the_long_form),
	    cmocka_unit_test(writes_object_identifiers_of_every_arc),
	    cmocka_unit_test(refuses_texts_that_are_no_object_identifiers),
	    cmocka_unit_test(writes_numbers_in_their_shortest_positive_form),
	    cmocka_unit_test(changes_the_form_of_time_with_the_year_2050),
	    cmocka_unit_test(reads_back_the_times_it_wrote),
	    cmocka_unit_test(refuses_times_in_other_forms),
	    cmocka_unit_test(refuses_bytes_that_no_der_writer_writes),
	    cmocka_unit_test(refuses_values_in_a_second_form),
	    cmocka_unit_test(a_writer_past_its_ceiling_fails_at_the_end),
	    cmocka_unit_test(a_structure_left_open_is_not_done),
	};

	return cmocka_run_group_tests_name("der", tests, NULL, NULL);
}
