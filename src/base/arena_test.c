#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
memory_is_zeroed_and_aligned(void **state)
{
	AUTO(arena_clear) struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	for (size_t size = 1; size < 40000; size = size * 3 + 1) {
		uint8_t *p = arena_get(&a, size);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, size);
	}
}

static void
texts_are_copies(void **state)
{
	AUTO(arena_clear) struct arena a;
	char word[] = "anna";

	(void)state;
	arena_init(&a, 1 << 16);
	char *copy = arena_text(&a, word);
	word[0] = 'X';
	assert_string_equal(copy, "anna");
	assert_string_equal(arena_format(&a, "%s-%d", copy, 7), "anna-7");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(memory_is_zeroed_and_aligned),
	    cmocka_unit_test(texts_are_copies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
