#include "proc/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

static void
what_was_put_is_got(void **state)
{
	AUTO(buf_clear) struct buf b;
	char text[8];
	uint8_t octets[4];

	(void)state;
	buf_init(&b, 200);
	put_u8(&b, 0xfe);
	put_bool(&b, true);
	put_u32(&b, 0xfedcba98);
	put_u64(&b, UINT64_MAX - 1);
	put_i64(&b, INT64_MIN);
	put_double(&b, -0.125);
	put_text(&b, "Zoë");
	put_text(&b, "");
	put_bytes(&b, SPAN("\0\1\2", 3));
	put_bytes(&b, SPAN("\3\4", 2));
	assert_int_equal(wire_written(&b), OK);

	struct wire_reader r = wire_read(span_of_buf(&b));
	assert_int_equal(get_u8(&r), 0xfe);
	assert_true(get_bool(&r));
	assert_int_equal(get_u32(&r), 0xfedcba98);
	assert_true(get_u64(&r) == UINT64_MAX - 1);
	assert_true(get_i64(&r) == INT64_MIN);
	assert_true(get_double(&r) == -0.125);
	get_text(&r, text, sizeof(text));
	assert_string_equal(text, "Zoë");
	get_text(&r, text, sizeof(text));
	assert_string_equal(text, "");
	assert_true(span_equal(get_bytes(&r, 3), SPAN("\0\1\2", 3)));
	assert_int_equal(get_octets(&r, octets, sizeof(octets)), 2);
	assert_memory_equal(octets, "\3\4", 2);
	assert_int_equal(wire_done(&r), OK);
}

static void
numbers_are_big_endian(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 20);
	put_u32(&b, 0x01020304);
	assert_memory_equal(b.data, "\1\2\3\4", 4);
}

static void
a_reader_that_has_failed_stays_failed(void **state)
{
	struct wire_reader r = wire_read(SPAN("\0\0\0\1", 4));

	(void)state;
	assert_int_equal(get_u64(&r), 0);
	assert_int_equal(get_u8(&r), 0);
	assert_int_equal(wire_done(&r), ERR_INVALID);
}

static void
refuses_what_is_left_over(void **state)
{
	struct wire_reader r = wire_read(SPAN("\1\2", 2));

	(void)state;
	assert_int_equal(get_u8(&r), 1);
	assert_int_equal(wire_done(&r), ERR_INVALID);
}

static void
refuses_bytes_past_their_maximum(void **state)
{
	struct wire_reader r = wire_read(SPAN("\0\0\0\3abc", 7));

	(void)state;
	assert_int_equal(get_bytes(&r, 2).size, 0);
	assert_int_equal(wire_done(&r), ERR_INVALID);
}

static void
refuses_a_length_past_the_end(void **state)
{
	struct wire_reader r = wire_read(SPAN("\xff\xff\xff\xff"
					      "abc",
	    7));

	(void)state;
	assert_int_equal(get_bytes(&r, SIZE_MAX).size, 0);
	assert_int_equal(wire_done(&r), ERR_INVALID);
}

static enum err
read_text(struct span message, size_t size)
{
	struct wire_reader r = wire_read(message);
	char text[16];

	get_text(&r, text, size);
	return wire_done(&r);
}

static void
refuses_a_text_that_is_not_clean(void **state)
{
	(void)state;
	assert_int_equal(read_text(SPAN("\0\0\0\3abc", 7), 4), OK);
	assert_int_equal(read_text(SPAN("\0\0\0\3abc", 7), 3), ERR_INVALID);
	assert_int_equal(read_text(SPAN("\0\0\0\3a\0c", 7), 9), ERR_INVALID);
	assert_int_equal(read_text(SPAN("\0\0\0\3a\nc", 7), 9), ERR_INVALID);
	assert_int_equal(read_text(SPAN("\0\0\0\2\xc3(", 6), 9), ERR_INVALID);
}

static void
refuses_numbers_that_are_none(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 20);
	put_double(&b, (double)NAN);
	struct wire_reader r = wire_read(span_of_buf(&b));
	assert_true(get_double(&r) == 0);
	assert_int_equal(wire_done(&r), ERR_INVALID);
	buf_clear(&b);
	put_double(&b, (double)INFINITY);
	r = wire_read(span_of_buf(&b));
	assert_true(get_double(&r) == 0);
	assert_int_equal(wire_done(&r), ERR_INVALID);
}

static void
refuses_a_truth_that_is_neither(void **state)
{
	struct wire_reader r = wire_read(SPAN("\2", 1));

	(void)state;
	assert_false(get_bool(&r));
	assert_int_equal(wire_done(&r), ERR_INVALID);
}

static void
says_when_a_message_did_not_fit(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 6);
	put_text(&b, "abc");
	put_u8(&b, 1);
	assert_int_equal(wire_written(&b), ERR_TOO_LARGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_was_put_is_got),
	    cmocka_unit_test(numbers_are_big_endian),
	    cmocka_unit_test(a_reader_that_has_failed_stays_failed),
	    cmocka_unit_test(refuses_what_is_left_over),
	    cmocka_unit_test(refuses_bytes_past_their_maximum),
	    cmocka_unit_test(refuses_a_length_past_the_end),
	    cmocka_unit_test(refuses_a_text_that_is_not_clean),
	    cmocka_unit_test(refuses_numbers_that_are_none),
	    cmocka_unit_test(refuses_a_truth_that_is_neither),
	    cmocka_unit_test(says_when_a_message_did_not_fit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
