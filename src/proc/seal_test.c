/*
 * Seals of dossiers, there and back.
 */
#include "proc/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
what_is_asked_and_answered_comes_out_as_it_went_in(void **state)
{
	static struct seal_result in = {.registration = "reg_0123456789"}, out;
	struct seal_order order = {.registration = "reg_0123456789"}, got;
	AUTO(buf_clear) struct buf b;

	(void)state;
	memset(order.content.bytes, 0xa5, DIGEST_SIZE);
	buf_init(&b, WIRE_MAX);
	assert_int_equal(seal_order_put(&b, &order), OK);
	assert_int_equal(seal_order_get(span_of_buf(&b), &got), OK);
	assert_memory_equal(&order, &got, sizeof(got));
	buf_clear(&b);
	buf_init(&b, WIRE_MAX);
	in.size = SEAL_SIGNATURE_MAX;
	memset(in.signature, 0x5a, in.size);
	assert_int_equal(seal_result_put(&b, &in), OK);
	assert_int_equal(seal_result_get(span_of_buf(&b), &out), OK);
	assert_memory_equal(&in, &out, sizeof(in));
}

static void
what_is_longer_or_cut_is_refused(void **state)
{
	static uint8_t large[SEAL_SIGNATURE_MAX + 1];
	static struct seal_result result;
	AUTO(buf_clear) struct buf b;
	struct seal_order order;

	(void)state;
	buf_init(&b, WIRE_MAX);
	put_text(&b, "reg_0123456789");
	put_bytes(&b, SPAN(large, DIGEST_SIZE - 1));
	assert_int_equal(wire_written(&b), OK);
	assert_int_not_equal(seal_order_get(span_of_buf(&b), &order), OK);
	buf_clear(&b);
	buf_init(&b, WIRE_MAX);
	put_text(&b, "reg_0123456789");
	put_bytes(&b, SPAN(large, sizeof(large)));
	assert_int_equal(wire_written(&b), OK);
	assert_int_not_equal(seal_result_get(span_of_buf(&b), &result), OK);
	assert_int_not_equal(
	    seal_result_get(SPAN(b.data, b.size - 9), &result), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		what_is_asked_and_answered_comes_out_as_it_went_in),
	    cmocka_unit_test(what_is_longer_or_cut_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
