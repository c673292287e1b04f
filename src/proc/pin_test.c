/*
 * PINs: which may be chosen, and that they cross the wire.
 */
#include "proc/pin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
takes_six_to_twelve_digits(void **state)
{
	static const char *const good[] = {
	    "482913", "000001", "112233445566", "123457", "987653", "901235"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_int_equal(pin_rules(good[i], "1990-05-17"), OK);
}

static void
refuses_what_is_guessed_first(void **state)
{
	static const char *const bad[] = {"", "48291", "4829130000001",
	    "48291a", "48291 ", "000000", "999999999", "123456", "012345",
	    "234567890", "654321", "987654321098", "321098"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(pin_rules(bad[i], ""), ERR_INVALID);
}

static void
refuses_the_birth_date_however_it_is_written(void **state)
{
	static const char *const dates[] = {"19900517", "17051990", "05171990",
	    "900517", "170590", "051790", "199005", "051990", "901705",
	    "19901705"};

	(void)state;
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		assert_int_equal(
		    pin_rules(dates[i], "1990-05-17"), ERR_INVALID);
		assert_int_equal(pin_rules(dates[i], "1991-06-18"), OK);
	}
}

static void
refuses_the_birth_date_without_its_zeros(void **state)
{
	static const char *const dates[] = {"198512", "121985", "211985",
	    "198521", "0121985", "1021985"};

	(void)state;
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		assert_int_equal(
		    pin_rules(dates[i], "1985-02-01"), ERR_INVALID);
		assert_int_equal(pin_rules(dates[i], "1987-06-19"), OK);
	}
	assert_int_equal(pin_rules("1121985", "1985-12-01"), ERR_INVALID);
	assert_int_equal(pin_rules("1111985", "1985-11-01"), ERR_INVALID);
	assert_int_equal(pin_rules("31121985", "1985-12-31"), ERR_INVALID);
}

static void
a_pin_and_its_answer_survive_the_wire(void **state)
{
	AUTO(buf_wipe) struct buf b;
	struct pin_order o = {"reg_abc", "482913482913", "1990-05-17",
	    "593024"}, got;
	struct pin_result r = {true, 4}, answer;

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(pin_order_put(&b, &o), OK);
	assert_int_equal(pin_order_get(span_of_buf(&b), &got), OK);
	assert_memory_equal(&o, &got, sizeof(o));
	for (size_t size = 0; size < b.size; size++)
		assert_int_not_equal(pin_order_get(SPAN(b.data, size), &got), OK);
	buf_wipe(&b);
	assert_int_equal(pin_result_put(&b, &r), OK);
	assert_int_equal(pin_result_get(span_of_buf(&b), &answer), OK);
	assert_true(answer.right);
	assert_int_equal(answer.tries_left, 4);
	b.data[1] = PIN_TRIES + 1;
	assert_int_equal(
	    pin_result_get(span_of_buf(&b), &answer), ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_six_to_twelve_digits),
	    cmocka_unit_test(refuses_what_is_guessed_first),
	    cmocka_unit_test(refuses_the_birth_date_however_it_is_written),
	    cmocka_unit_test(refuses_the_birth_date_without_its_zeros),
	    cmocka_unit_test(a_pin_and_its_answer_survive_the_wire),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
