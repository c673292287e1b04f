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

static struct ocsp_question
question(size_t count)
{
	struct ocsp_question q = {.issuer = "issuing-q", .count = count,
	    .nonce = {1, 2, 3}, .nonce_size = 3, .withheld = count % 2};

	for (size_t i = 0; i < count && i < OCSP_ASKED_MAX; i++)
		q.asked[i] = (struct ocsp_asked){.serial = {0x7f, (uint8_t)i},
		    .serial_size = 2, .sha256 = i % 2,
		    .null_parameters = i % 3 == 0};
	return q;
}

/* Questions about so many certificates each. */
static struct ocsp_ask
sample(size_t questions, size_t count)
{
	struct ocsp_ask ask = {.count = questions};

	for (size_t i = 0; i < questions; i++)
		ask.questions[i] = question(count);
	return ask;
}

/* By members: what pads them is anything. */
static void
assert_asked(const struct ocsp_asked *a, const struct ocsp_asked *b)
{
	assert_int_equal(a->serial_size, b->serial_size);
	assert_memory_equal(a->serial, b->serial, sizeof(a->serial));
	assert_int_equal(a->sha256, b->sha256);
	assert_int_equal(a->null_parameters, b->null_parameters);
}

static void
assert_question(const struct ocsp_question *a, const struct ocsp_question *b)
{
	assert_string_equal(a->issuer, b->issuer);
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++)
		assert_asked(&a->asked[i], &b->asked[i]);
	assert_int_equal(a->nonce_size, b->nonce_size);
	assert_memory_equal(a->nonce, b->nonce, sizeof(a->nonce));
	assert_int_equal(a->withheld, b->withheld);
}

static void
questions_come_back_as_they_were(void **state)
{
	static struct ocsp_ask ask, out;

	(void)state;
	for (size_t count = 1; count <= 2; count++) {
		AUTO(buf_clear) struct buf b;

		ask = count == 1 ? sample(2, OCSP_ASKED_MAX)
				 : sample(OCSP_ASK_MAX, count);
		buf_init(&b, WIRE_MAX);
		assert_int_equal(ocsp_ask_put(&b, &ask), OK);
		assert_int_equal(ocsp_ask_get(span_of_buf(&b), &out), OK);
		assert_int_equal(out.count, ask.count);
		for (size_t i = 0; i < ask.count; i++)
			assert_question(&ask.questions[i], &out.questions[i]);
	}
}

static void
answers_come_back_as_they_were(void **state)
{
	static uint8_t longest[OCSP_TOLD_MAX];
	struct ocsp_told told = {.answers = {
	    {OK, SPAN(longest, OCSP_TOLD_MAX), 2},
	    {ERR_NOT_FOUND, SPAN(NULL, 0), 0}, {OK, SPAN(longest, 1), 0}},
	    .count = 3};
	AUTO(buf_clear) struct buf b;
	struct ocsp_told out;

	(void)state;
	memset(longest, 0x5a, sizeof(longest));
	buf_init(&b, WIRE_MAX);
	assert_int_equal(ocsp_told_put(&b, &told), OK);
	assert_int_equal(ocsp_told_get(span_of_buf(&b), &out), OK);
	assert_int_equal(out.count, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(
		    out.answers[i].outcome, told.answers[i].outcome);
		assert_int_equal(out.answers[i].never_issued,
		    told.answers[i].never_issued);
		assert_true(span_equal(
		    out.answers[i].der, told.answers[i].der));
	}
}

static void
a_question_out_of_its_limits_is_refused(void **state)
{
	static struct ocsp_ask ask, out;
	AUTO(buf_clear) struct buf b;

	(void)state;
	ask = sample(2, 2);
	buf_init(&b, WIRE_MAX);
	assert_int_equal(ocsp_ask_put(&b, &ask), OK);
	for (size_t size = 0; size < b.size; size++)
		assert_int_not_equal(
		    ocsp_ask_get(SPAN(b.data, size), &out), OK);
	buf_clear(&b);
	buf_init(&b, WIRE_MAX);
	ask.questions[1].count = 0;
	assert_int_equal(ocsp_ask_put(&b, &ask), OK);
	assert_int_not_equal(ocsp_ask_get(span_of_buf(&b), &out), OK);
	buf_clear(&b);
	buf_init(&b, WIRE_MAX);
	put_u32(&b, 1);
	put_text(&b, "issuing-l");
	put_u32(&b, OCSP_ASKED_MAX + 1);
	assert_int_not_equal(ocsp_ask_get(span_of_buf(&b), &out), OK);
}

static void
too_many_questions_or_certificates_are_refused(void **state)
{
	static const uint32_t counts[] = {0, OCSP_ASK_MAX + 1, UINT32_MAX};
	static struct ocsp_ask ask, out;
	AUTO(buf_clear) struct buf b;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		buf_clear(&b);
		buf_init(&b, WIRE_MAX);
		put_u32(&b, counts[i]);
		assert_int_equal(
		    ocsp_ask_get(span_of_buf(&b), &out), ERR_INVALID);
	}
	buf_clear(&b);
	buf_init(&b, WIRE_MAX);
	ask = sample(3, OCSP_ASK_ASKED_MAX / 3 + 1);
	assert_int_equal(ocsp_ask_put(&b, &ask), OK);
	assert_int_equal(ocsp_ask_get(span_of_buf(&b), &out), ERR_INVALID);
}

/* Nothing well without an answer, no answer beside a refusal. */
static void
an_answer_that_contradicts_itself_is_refused(void **state)
{
	static const struct ocsp_answer wrong[] = {
	    {OK, SPAN(NULL, 0), 0}, {ERR_NOT_FOUND, SPAN("x", 1), 0},
	    {(enum err)ERR_COUNT, SPAN(NULL, 0), 0}};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct ocsp_told told = {.answers = {wrong[i]}, .count = 1};
		AUTO(buf_clear) struct buf b;

		buf_init(&b, WIRE_MAX);
		assert_int_equal(ocsp_told_put(&b, &told), OK);
		assert_int_not_equal(
		    ocsp_told_get(span_of_buf(&b), &told), OK);
	}
}

static void
an_answer_that_is_made_for_the_first_comes_back_as_it_was(void **state)
{
	const struct ocsp_make make = {"crt_0123456789"};
	const struct ocsp_made made = {span_of_text("answer"), 12345};
	struct ocsp_make make_out;
	struct ocsp_made made_out;
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(ocsp_make_put(&b, &make), OK);
	assert_int_equal(ocsp_make_get(span_of_buf(&b), &make_out), OK);
	assert_string_equal(make_out.certificate, make.certificate);
	assert_int_not_equal(
	    ocsp_make_get(SPAN(b.data, b.size - 1), &make_out), OK);
	buf_clear(&b);
	buf_init(&b, WIRE_MAX);
	assert_int_equal(ocsp_made_put(&b, &made), OK);
	assert_int_equal(ocsp_made_get(span_of_buf(&b), &made_out), OK);
	assert_true(span_equal(made_out.der, made.der));
	assert_int_equal(made_out.next_update, 12345);
}

static void
no_answer_is_no_answer_made(void **state)
{
	const struct ocsp_made none = {SPAN(NULL, 0), 12345};
	struct ocsp_made out;
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(ocsp_made_put(&b, &none), OK);
	assert_int_not_equal(ocsp_made_get(span_of_buf(&b), &out), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(questions_come_back_as_they_were),
	    cmocka_unit_test(answers_come_back_as_they_were),
	    cmocka_unit_test(a_question_out_of_its_limits_is_refused),
	    cmocka_unit_test(too_many_questions_or_certificates_are_refused),
	    cmocka_unit_test(an_answer_that_contradicts_itself_is_refused),
	    cmocka_unit_test(
		an_answer_that_is_made_for_the_first_comes_back_as_it_was),
	    cmocka_unit_test(no_answer_is_no_answer_made),
	};

	return cmocka_run_group_tests_name("status_ask", tests, NULL, NULL);
}
