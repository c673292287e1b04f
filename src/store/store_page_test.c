/*
 * Pages neither repeat nor skip, and a search takes what was typed for what
 * it says.
 */
#include "store/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void
insert_many(struct bench *b, int count)
{
	for (int i = 0; i < count; i++) {
		char *id = arena_format(&b->a, "reg_%03d", i);
		char *email = arena_format(&b->a, "p%03d@example.org",
		    (i * 37) % count);
		/* pairs with the same time */
		struct registration r = bench_sample(id, email, 1000 + i / 2);
		assert_int_equal(registration_insert(b->s, &r), OK);
	}
}

static struct registration_filter
filter(const char *sort, bool ascending)
{
	return (struct registration_filter){.workspace = "wsp_a",
	    .state = "",
	    .level = "",
	    .query = "",
	    .query_phone = "",
	    .sort = sort,
	    .ascending = ascending,
	    .cursor = "",
	    .limit = 7};
}

static int
walk(struct bench *b, struct registration_filter f)
{
	struct registration *rows;
	const char *last = NULL;
	size_t count;
	int total = 0;

	do {
		assert_int_equal(registration_list(b->s, &b->a, &f, &rows,
				     &count, &f.cursor),
		    OK);
		for (size_t i = 0; i < count; i++, total++) {
			if (last && strcmp(f.sort, "email") == 0)
				assert_true((strcmp(last,
						 rows[i].email_folded) < 0) ==
				    f.ascending);
			last = rows[i].email_folded;
		}
		assert_null(strchr(f.cursor, '@'));
	} while (*f.cursor);
	return total;
}

static void
pages_neither_repeat_nor_skip_in_any_order(void **state)
{
	static const char *const sorts[] = {"", "created_at", "name", "email",
	    "state", "expires_at"};
	struct bench *b = *state;

	insert_many(b, 40);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(walk(b, filter(sorts[i], true)), 40);
		assert_int_equal(walk(b, filter(sorts[i], false)), 40);
		struct registration_filter f = filter(sorts[i], true);
		f.workspace = "";
		assert_int_equal(walk(b, f), 40);
	}
}

static size_t
search(struct bench *b, const char *query, const char *digits)
{
	struct registration_filter f = filter("", false);
	struct registration *rows;
	const char *next;
	size_t count;

	f.query = query;
	f.query_phone = digits;
	f.limit = 200;
	assert_int_equal(registration_list(b->s, &b->a, &f, &rows, &count,
			     &next),
	    OK);
	return count;
}

static void
search_keeps_the_signs_of_addresses_apart_from_names(void **state)
{
	struct bench *b = *state;
	struct registration r =
	    bench_sample("reg_x", "jean-luc.picard@example.org", 5);
	struct registration_filter f = filter("", false);
	struct registration *rows;
	const char *next;
	size_t count;

	assert_int_equal(registration_insert(b->s, &r), OK);
	f.query = "jean luc p"; /* as a name is folded */
	f.query_email = "jean-luc.p";
	f.limit = 10;
	assert_int_equal(registration_list(b->s, &b->a, &f, &rows, &count,
			     &next),
	    OK);
	assert_int_equal(count, 1);
	f.query_email = "jean-luc.q";
	assert_int_equal(registration_list(b->s, &b->a, &f, &rows, &count,
			     &next),
	    OK);
	assert_int_equal(count, 0);
}

static void
search_takes_parts_and_no_pattern_of_others(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_sample("reg_x", "a_b%c@example.org", 5);

	insert_many(b, 12);
	r.phone = "";
	assert_int_equal(registration_insert(b->s, &r), OK);
	assert_int_equal(search(b, "p00", ""), 10);
	assert_int_equal(search(b, "oe el", ""), 13);
	assert_int_equal(search(b, "_b%", ""), 1);
	assert_int_equal(search(b, "%", ""), 1);
	assert_int_equal(search(b, "!", ""), 0);
	assert_int_equal(search(b, "nobody", ""), 0);
	assert_int_equal(search(b, "nobody", "612345"), 12);
	assert_int_equal(search(b, "nobody", "699999"), 0);
}

static void
a_bad_cursor_limit_or_order_is_refused(void **state)
{
	static const char *const bad[] = {"x", "reg_1.x", "reg_1.",
	    "reg_000000000000000000000000000000000000000000000000000000.123456"};
	struct bench *b = *state;
	struct registration_filter f;
	struct registration *rows;
	const char *next;
	size_t count;

	for (size_t i = 0; i < 4; i++) {
		f = filter("", false);
		f.cursor = bad[i];
		assert_int_equal(registration_list(b->s, &b->a, &f, &rows,
				     &count, &next),
		    ERR_INVALID);
		assert_string_equal(err_field(), "cursor");
	}
	f = filter("email", false);
	f.cursor = "reg_none.";
	assert_int_equal(registration_list(b->s, &b->a, &f, &rows, &count,
			     &next),
	    ERR_INVALID);
	f = filter("phone", false);
	assert_int_equal(registration_list(b->s, &b->a, &f, &rows, &count,
			     &next),
	    ERR_INVALID);
	f = filter("", false);
	f.limit = 201;
	assert_int_equal(registration_list(b->s, &b->a, &f, &rows, &count,
			     &next),
	    ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(pages_neither_repeat_nor_skip_in_any_order),
	    CASE(search_keeps_the_signs_of_addresses_apart_from_names),
	    CASE(search_takes_parts_and_no_pattern_of_others),
	    CASE(a_bad_cursor_limit_or_order_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
