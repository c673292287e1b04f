/*
 * Marks and changes of the ledger, over the wire.
 */
#include "proc/ledger_mark.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
marks_are_the_same_when_number_and_digest_are(void **state)
{
	struct ledger_mark a = {3, {{1}}}, b = a;

	(void)state;
	assert_true(ledger_mark_same(&a, &b));
	b.entries = 4;
	assert_false(ledger_mark_same(&a, &b));
	b = a;
	b.head.bytes[31] = 1;
	assert_false(ledger_mark_same(&a, &b));
}

static void
a_question_survives_the_wire(void **state)
{
	struct ledger_question q = {{7, {{9}}}, 5, {11, {{3}}}}, got;
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(ledger_question_put(&b, &q), OK);
	assert_int_equal(ledger_question_get(span_of_buf(&b), &got), OK);
	assert_memory_equal(&q, &got, sizeof(q));
	for (size_t size = 0; size < b.size; size++)
		assert_int_not_equal(
		    ledger_question_get(SPAN(b.data, size), &got), OK);
}

static void
the_most_changes_fit_in_a_message(void **state)
{
	static struct ledger_changes c = {.count = LEDGER_CHANGES_MAX,
	    .holds = {9, {{2}}}, .forgot = true}, got;
	AUTO(buf_clear) struct buf b;

	(void)state;
	for (size_t i = 0; i < c.count; i++)
		c.changes[i] = (struct ledger_change){i, i % 2,
		    "reg_aaaaaaaaaaaaaaaaaaaaaaaaaa", "issuing-l", {1, 2},
		    MARK_SERIAL_MAX};
	buf_init(&b, WIRE_MAX);
	assert_int_equal(ledger_changes_put(&b, &c), OK);
	assert_int_equal(ledger_changes_get(span_of_buf(&b), &got), OK);
	assert_memory_equal(&c, &got, sizeof(c));
}

static void
refuses_more_changes_than_the_maximum(void **state)
{
	static struct ledger_changes got;
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, WIRE_MAX);
	ledger_mark_put(&b, &(struct ledger_mark){0});
	ledger_mark_put(&b, &(struct ledger_mark){0});
	put_bool(&b, false);
	put_bool(&b, false);
	put_bool(&b, false);
	put_u32(&b, LEDGER_CHANGES_MAX + 1);
	assert_int_equal(
	    ledger_changes_get(span_of_buf(&b), &got), ERR_TOO_LARGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(marks_are_the_same_when_number_and_digest_are),
	    cmocka_unit_test(a_question_survives_the_wire),
	    cmocka_unit_test(the_most_changes_fit_in_a_message),
	    cmocka_unit_test(refuses_more_changes_than_the_maximum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
