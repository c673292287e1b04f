/*
 * CBOR: what authenticators write is read, every other form is refused.
 */
#include "approval/cbor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define BYTES(text) SPAN(text, sizeof(text) - 1)

static enum err
skip_all(struct span bytes)
{
	struct span rest = bytes;
	enum err result = cbor_skip(&rest);

	return result == OK && rest.size > 0 ? ERR_TOO_LARGE : result;
}

static void
reads_numbers_of_both_signs(void **state)
{
	static const struct {
		struct span bytes;
		int32_t value;
	} cases[] = {{BYTES("\x00"), 0}, {BYTES("\x17"), 23},
	    {BYTES("\x18\x18"), 24}, {BYTES("\x26"), -7},
	    {BYTES("\x39\x01\x00"), -257}, {BYTES("\x19\x01\x00"), 256}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct span rest = cases[i].bytes;
		struct cbor_item item;
		int32_t value;

		assert_int_equal(cbor_next(&rest, &item), OK);
		assert_int_equal(cbor_integer(&item, &value), OK);
		assert_int_equal(value, cases[i].value);
		assert_int_equal(rest.size, 0);
	}
}

static void
refuses_numbers_that_are_not_small(void **state)
{
	struct span rest = BYTES("\x1b\x00\x00\x00\x01\x00\x00\x00\x00");
	struct cbor_item item;
	int32_t value;

	(void)state;
	assert_int_equal(cbor_next(&rest, &item), OK);
	assert_int_equal(cbor_integer(&item, &value), ERR_INVALID);
}

static void
skips_whole_items(void **state)
{
	(void)state;
	assert_int_equal(skip_all(BYTES("\xa0")), OK);
	assert_int_equal(skip_all(BYTES("\x83\x01\xa1\x61k\x41v\xf5")), OK);
	assert_int_equal(skip_all(BYTES("\xf4")), OK);
	assert_int_equal(skip_all(BYTES("\xf6")), OK);
	assert_int_equal(skip_all(BYTES("\x40")), OK);
}

static void
refuses_forms_that_authenticators_do_not_write(void **state)
{
	static const struct span cases[] = {
	    BYTES(""),		       /* nothing */
	    BYTES("\x18\x17"),	       /* 23 in two octets */
	    BYTES("\x19\x00\xff"),     /* 255 in three */
	    BYTES("\x18"),	       /* cut */
	    BYTES("\x42\x01"),	       /* a string cut */
	    BYTES("\x5f\x41\x01\xff"), /* indefinite length */
	    BYTES("\x9f\xff"),	       /* indefinite array */
	    BYTES("\x1c"),	       /* reserved */
	    BYTES("\xc0\x60"),	       /* a tag */
	    BYTES("\xf9\x00\x00"),     /* floating point */
	    BYTES("\xf7"),	       /* undefined */
	    BYTES("\x61\xff"),	       /* not UTF-8 */
	    BYTES("\x98\x41"),	       /* 65 items */
	    BYTES("\x9b\xff\xff\xff\xff\xff\xff\xff\xff"),
	    BYTES("\x5b\xff\xff\xff\xff\xff\xff\xff\xff"),
	    BYTES("\xa1\x01"),			   /* a pair without value */
	    BYTES("\x81\x81\x81\x81\x81\x81\x01"), /* deeper than six */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(skip_all(cases[i]), ERR_INVALID);
	assert_int_equal(skip_all(BYTES("\x81\x81\x81\x81\x81\x01")), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_numbers_of_both_signs),
	    cmocka_unit_test(refuses_numbers_that_are_not_small),
	    cmocka_unit_test(skips_whole_items),
	    cmocka_unit_test(refuses_forms_that_authenticators_do_not_write),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
