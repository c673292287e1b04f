/*
 * Imprints keep what light changes and lose what the picture shows.
 */
#include "ident/imprint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define PIXELS (IMPRINT_COLUMNS * IMPRINT_ROWS)

static void
fill(uint8_t *grey, unsigned seed, int divide, int add)
{
	for (int i = 0; i < PIXELS; i++) {
		seed = seed * 1103515245u + 12345u;
		grey[i] = (uint8_t)((int)(seed >> 24) / divide + add);
	}
}

static void
is_the_same_in_other_light(void **state)
{
	uint8_t grey[PIXELS];
	char one[IMPRINT_SIZE], other[IMPRINT_SIZE];

	(void)state;
	fill(grey, 7, 1, 0);
	imprint_of(grey, one);
	assert_int_equal(strlen(one), IMPRINT_SIZE - 1);
	fill(grey, 7, 2, 90);
	imprint_of(grey, other);
	assert_true(imprint_apart(one, other) <= IMPRINT_NEAR);
	assert_int_equal(imprint_apart(one, one), 0);
}

static void
is_another_for_another_picture(void **state)
{
	uint8_t grey[PIXELS];
	char one[IMPRINT_SIZE], other[IMPRINT_SIZE];

	(void)state;
	fill(grey, 7, 1, 0);
	imprint_of(grey, one);
	fill(grey, 8, 1, 0);
	imprint_of(grey, other);
	assert_true(imprint_apart(one, other) > 3 * IMPRINT_NEAR);
}

static void
is_far_from_what_is_no_imprint(void **state)
{
	char one[IMPRINT_SIZE], other[IMPRINT_SIZE];

	(void)state;
	memset(one, '0', IMPRINT_SIZE - 1);
	one[IMPRINT_SIZE - 1] = '\0';
	memcpy(other, one, sizeof(other));
	assert_int_equal(imprint_apart(one, ""), IMPRINT_BITS);
	other[5] = 'G';
	assert_int_equal(imprint_apart(one, other), IMPRINT_BITS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(is_the_same_in_other_light),
	    cmocka_unit_test(is_another_for_another_picture),
	    cmocka_unit_test(is_far_from_what_is_no_imprint),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
