#include "ident/film.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void
make(struct buf *b)
{
	const struct film_picture one = {.mark = FILM_PORTRAIT,
	    .time_ms = 1200, .width = 640, .height = 480,
	    .jpeg = SPAN("one", 3)};
	const struct film_picture two = {.mark = FILM_FRAME, .time_ms = 1300,
	    .width = 320, .height = 240, .jpeg = SPAN("second", 6)};

	buf_init(b, FILM_MAX);
	assert_int_equal(film_begin(b), OK);
	assert_int_equal(film_add(b, &one), OK);
	assert_int_equal(film_add(b, &two), OK);
}

static void
gives_back_what_was_put_in(void **state)
{
	AUTO(buf_clear) struct buf b;
	struct film_picture p;
	struct film f;

	(void)state;
	make(&b);
	assert_int_equal(film_open(span_of_buf(&b), &f), OK);
	assert_int_equal(f.count, 2);
	assert_true(film_next(&f, &p));
	assert_int_equal(p.mark, FILM_PORTRAIT);
	assert_int_equal(p.time_ms, 1200);
	assert_int_equal(p.width, 640);
	assert_true(span_equal(p.jpeg, SPAN("one", 3)));
	assert_true(film_next(&f, &p));
	assert_true(span_equal(p.jpeg, SPAN("second", 6)));
	assert_false(film_next(&f, &p));
}

static void
refuses_every_cut_and_every_addition(void **state)
{
	AUTO(buf_clear) struct buf b;
	struct film f;

	(void)state;
	make(&b);
	for (size_t size = 0; size < b.size; size++)
		assert_int_equal(film_open(SPAN(b.data, size), &f),
		    ERR_INVALID);
	assert_int_equal(buf_add_byte(&b, 0), OK);
	assert_int_equal(film_open(span_of_buf(&b), &f), ERR_INVALID);
}

static void
a_full_film_stays_as_it_was(void **state)
{
	AUTO(buf_clear) struct buf b;
	const struct film_picture p = {.width = 1, .height = 1,
	    .jpeg = SPAN("0123456789", 10)};
	struct film f;

	(void)state;
	buf_init(&b, 40);
	assert_int_equal(film_begin(&b), OK);
	assert_int_equal(film_add(&b, &p), OK);
	assert_int_equal(film_add(&b, &p), ERR_TOO_LARGE);
	assert_int_equal(film_open(span_of_buf(&b), &f), OK);
	assert_int_equal(f.count, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gives_back_what_was_put_in),
	    cmocka_unit_test(refuses_every_cut_and_every_addition),
	    cmocka_unit_test(a_full_film_stays_as_it_was),
	};

	return cmocka_run_group_tests_name("film", tests, NULL, NULL);
}
