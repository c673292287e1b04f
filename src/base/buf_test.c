#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
grows_to_its_ceiling(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(buf_add_byte(&b, (uint8_t)i), OK);
	assert_int_equal(b.size, 1000);
	assert_int_equal(b.data[999], 999 % 256);
}

static void
refuses_past_the_ceiling_and_stays_whole(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 4);
	assert_int_equal(buf_add_text(&b, "abcd"), OK);
	assert_int_equal(buf_add_byte(&b, 'e'), ERR_TOO_LARGE);
	assert_int_equal(buf_add_format(&b, "%d", 5), ERR_TOO_LARGE);
	assert_string_equal(buf_text(&b), "abcd");
}

static void
refuses_a_size_that_overflows(void **state)
{
	AUTO(buf_clear) struct buf b;
	uint8_t *place;

	(void)state;
	buf_init(&b, SIZE_MAX);
	assert_int_equal(buf_add_text(&b, "x"), OK);
	assert_int_equal(buf_extend(&b, SIZE_MAX, &place), ERR_TOO_LARGE);
}

static void
room_that_was_reserved_is_filled_in_place(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 100);
	assert_int_equal(buf_reserve(&b, 101), ERR_TOO_LARGE);
	assert_int_equal(buf_reserve(&b, 100), OK);
	assert_int_equal(b.size, 0);
	const uint8_t *place = b.data;
	for (int i = 0; i < 100; i++)
		assert_int_equal(buf_add_byte(&b, 'x'), OK);
	assert_ptr_equal(b.data, place);
	assert_int_equal(buf_add_byte(&b, 'x'), ERR_TOO_LARGE);
}

static void
equal_spans_are_equal(void **state)
{
	(void)state;
	assert_true(span_equal(span_of_text("abc"), span_of_text("abc")));
	assert_false(span_equal(span_of_text("abc"), span_of_text("abd")));
	assert_false(span_equal(span_of_text("abc"), span_of_text("ab")));
	assert_true(span_equal(SPAN(NULL, 0), span_of_text("")));
}

static void
takes_a_file_whole_up_to_its_ceiling(void **state)
{
	AUTO(buf_clear) struct buf b, whole;
	AUTO(fclose) FILE *file = tmpfile();
	char path[40];

	(void)state;
	buf_init(&whole, 200000);
	for (int i = 0; i < 150000; i++)
		assert_int_equal(buf_add_byte(&whole, (uint8_t)(i % 251)), OK);
	assert_non_null(file);
	assert_int_equal(fwrite(whole.data, 1, whole.size, file), whole.size);
	assert_int_equal(fflush(file), 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(file));
	buf_init(&b, 150001);
	assert_int_equal(buf_add_text(&b, "x"), OK);
	assert_int_equal(buf_add_file(&b, path), OK);
	assert_int_equal(b.size, 150001);
	assert_memory_equal(b.data + 1, whole.data, whole.size);
	assert_int_equal(b.data[b.size], 0);
	buf_clear(&b);
	b.ceiling = 149999;
	assert_int_equal(buf_add_file(&b, path), ERR_TOO_LARGE);
	assert_int_equal(b.size, 0);
}

static void
takes_what_a_pipe_gives(void **state)
{
	AUTO(buf_clear) struct buf b;
	int ends[2];

	(void)state;
	buf_init(&b, 8);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "a card", 6), 6);
	close(ends[1]);
	assert_int_equal(buf_add_fd(&b, ends[0]), OK);
	assert_string_equal(buf_text(&b), "a card");
	close(ends[0]);
}

static void
what_cannot_be_read_is_not_found(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 100);
	assert_int_equal(buf_add_file(&b, "/no/such/file"), ERR_NOT_FOUND);
	assert_int_equal(buf_add_file(&b, "/"), ERR_NOT_FOUND);
	assert_int_equal(buf_add_fd(&b, -1), ERR_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(grows_to_its_ceiling),
	    cmocka_unit_test(refuses_past_the_ceiling_and_stays_whole),
	    cmocka_unit_test(refuses_a_size_that_overflows),
	    cmocka_unit_test(room_that_was_reserved_is_filled_in_place),
	    cmocka_unit_test(equal_spans_are_equal),
	    cmocka_unit_test(takes_a_file_whole_up_to_its_ceiling),
	    cmocka_unit_test(takes_what_a_pipe_gives),
	    cmocka_unit_test(what_cannot_be_read_is_not_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
