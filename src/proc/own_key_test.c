/*
 * A participant's own key, there and back.
 */
#include "proc/own_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

static void
a_key_that_was_sent_comes_out_as_it_went_in(void **state)
{
	static struct own_key_sent in = {.registration = "reg_0123456789"}, out;
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, WIRE_MAX);
	in.size = OWN_KEY_SENT_MAX;
	memset(in.bytes, 0x5a, in.size);
	assert_int_equal(own_key_sent_put(&b, &in), OK);
	assert_int_equal(own_key_sent_get(span_of_buf(&b), &out), OK);
	assert_memory_equal(&in, &out, sizeof(in));
}

static void
what_is_longer_or_cut_is_refused(void **state)
{
	static uint8_t large[OWN_KEY_SENT_MAX + 1];
	static struct own_key_sent out;
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, WIRE_MAX);
	put_text(&b, "reg_0123456789");
	put_bytes(&b, SPAN(large, sizeof(large)));
	assert_int_equal(wire_written(&b), OK);
	assert_int_not_equal(own_key_sent_get(span_of_buf(&b), &out), OK);
	assert_int_not_equal(
	    own_key_sent_get(SPAN(b.data, b.size - 9), &out), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_key_that_was_sent_comes_out_as_it_went_in),
	    cmocka_unit_test(what_is_longer_or_cut_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
