/*
 * What goes in comes out; what is out of its limits does not.
 */
#include "proc/status_ask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct ocsp_ask
sample(size_t count)
{
	struct ocsp_ask q = {.issuer = "issuing-q", .count = count,
	    .nonce = {1, 2, 3}, .nonce_size = 3};

	for (size_t i = 0; i < count && i < OCSP_ASKED_MAX; i++)
		q.asked[i] = (struct ocsp_asked){.serial = {0x7f, (uint8_t)i},
		    .serial_size = 2, .sha256 = i % 2,
		    .null_parameters = i % 3 == 0};
	return q;
}

static void
a_question_comes_back_as_it_was(void **state)
{
	AUTO(buf_clear) struct buf b;
	struct ocsp_ask q = sample(OCSP_ASKED_MAX), out;

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(ocsp_ask_put(&b, &q), OK);
	assert_int_equal(ocsp_ask_get(span_of_buf(&b), &out), OK);
	assert_memory_equal(&q, &out, sizeof(q));
}

static void
an_answer_comes_back_as_it_was(void **state)
{
	static struct ocsp_told r = {.size = OCSP_TOLD_MAX, .never_issued = 2};
	static struct ocsp_told out;
	AUTO(buf_clear) struct buf b;

	(void)state;
	memset(r.answer, 0x5a, sizeof(r.answer));
	buf_init(&b, WIRE_MAX);
	assert_int_equal(ocsp_told_put(&b, &r), OK);
	assert_int_equal(ocsp_told_get(span_of_buf(&b), &out), OK);
	assert_memory_equal(&r, &out, sizeof(r));
}

static void
a_question_out_of_its_limits_is_refused(void **state)
{
	AUTO(buf_clear) struct buf b;
	struct ocsp_ask q = sample(2), out;

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(ocsp_ask_put(&b, &q), OK);
	for (size_t size = 0; size < b.size; size++)
		assert_int_not_equal(
		    ocsp_ask_get(SPAN(b.data, size), &out), OK);
	buf_clear(&b);
	buf_init(&b, WIRE_MAX);
	q.count = 0;
	assert_int_equal(ocsp_ask_put(&b, &q), OK);
	assert_int_not_equal(ocsp_ask_get(span_of_buf(&b), &out), OK);
	buf_clear(&b);
	buf_init(&b, WIRE_MAX);
	put_text(&b, "issuing-l");
	put_u32(&b, OCSP_ASKED_MAX + 1);
	assert_int_not_equal(ocsp_ask_get(span_of_buf(&b), &out), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_question_comes_back_as_it_was),
	    cmocka_unit_test(an_answer_comes_back_as_it_was),
	    cmocka_unit_test(a_question_out_of_its_limits_is_refused),
	};

	return cmocka_run_group_tests_name("status_ask", tests, NULL, NULL);
}
