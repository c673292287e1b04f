/*
 * Multipart bodies, whole and broken.
 */
#include "web/multipart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define HEAD(name) "Content-Disposition: form-data; name=\"" name "\"\r\n"

static struct arena arena;
static struct part *parts;
static size_t count;

static int
prepare(void **state)
{
	(void)state;
	arena_init(&arena, 4 << 20);
	return 0;
}

static int
leave(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static enum err
parse(const char *text)
{
	return multipart_parse(&arena, span_of_text(text), "b", &parts,
	    &count);
}

static void
finds_the_boundary(void **state)
{
	char boundary[MULTIPART_BOUNDARY_SIZE];

	(void)state;
	assert_int_equal(multipart_boundary(
	    "multipart/form-data; boundary=a-b_c", boundary), OK);
	assert_string_equal(boundary, "a-b_c");
	assert_int_equal(multipart_boundary(
	    "multipart/form-data; Boundary=\"x y\"", boundary), ERR_INVALID);
	assert_int_equal(multipart_boundary(
	    "multipart/form-data; boundary=\"xy\"; charset=utf-8", boundary),
	    OK);
	assert_string_equal(boundary, "xy");
	assert_int_equal(multipart_boundary("multipart/form-data", boundary),
	    ERR_INVALID);
	assert_int_equal(multipart_boundary("multipart/form-data; boundary=",
	    boundary), ERR_INVALID);
	assert_int_equal(multipart_boundary("multipart/form-data; boundary="
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaa", boundary), ERR_INVALID);
}

static void
takes_parts_apart(void **state)
{
	(void)state;
	assert_int_equal(parse("--b\r\n" HEAD("one") "\r\n1\r\n--b\r\n"
	    "Content-Disposition: form-data; name=\"two\"; filename=\"x\"\r\n"
	    "Content-Type: image/png\r\n\r\na\r\n--c\r\n\r\n--b--\r\n"), OK);
	assert_int_equal(count, 2);
	assert_string_equal(parts[0].name, "one");
	assert_false(parts[0].is_file);
	assert_int_equal(parts[0].content.size, 1);
	assert_string_equal(parts[1].media_type, "image/png");
	assert_true(parts[1].is_file);
	assert_memory_equal(parts[1].content.data, "a\r\n--c\r\n", 8);
}

static void
takes_an_empty_part(void **state)
{
	(void)state;
	assert_int_equal(parse("--b\r\n" HEAD("one") "\r\n\r\n--b--"), OK);
	assert_int_equal(parts[0].content.size, 0);
	assert_int_equal(parse("--b\r\n" HEAD("one") "\r\n--b--"), OK);
	assert_int_equal(parts[0].content.size, 0);
}

static void
takes_no_part_at_all(void **state)
{
	(void)state;
	assert_int_equal(parse("--b--\r\n"), OK);
	assert_int_equal(count, 0);
}

static void
refuses_what_is_cut_off(void **state)
{
	static const char whole[] =
	    "--b\r\n" HEAD("one") "\r\n1\r\n--b--";
	char part[sizeof(whole)];

	(void)state;
	for (size_t size = 0; size < sizeof(whole) - 1; size++) {
		memcpy(part, whole, size);
		part[size] = '\0';
		assert_int_equal(parse(part), ERR_INVALID);
	}
	assert_int_equal(parse(whole), OK);
}

static void
refuses_what_is_around_or_wrong_inside(void **state)
{
	(void)state;
	assert_int_equal(parse("hello\r\n--b--"), ERR_INVALID);
	assert_int_equal(parse("--b--\r\nmore"), ERR_INVALID);
	assert_int_equal(parse("--b\r\n\r\n1\r\n--b--"), ERR_INVALID);
	assert_int_equal(parse("--b\r\nName\r\n\r\n1\r\n--b--"), ERR_INVALID);
	assert_int_equal(parse("--b\r\nContent-Disposition: attachment; "
	    "name=\"a\"\r\n\r\n1\r\n--b--"), ERR_INVALID);
	assert_int_equal(parse("--b\r\n" HEAD("a")
	    "Content-Transfer-Encoding: base64\r\n\r\n1\r\n--b--"),
	    ERR_INVALID);
	assert_int_equal(parse("--b\r\nContent-Disposition: form-data; "
	    "name=\"a\r\n\r\n1\r\n--b--"), ERR_INVALID);
}

static void
refuses_too_many_parts(void **state)
{
	AUTO(buf_clear) struct buf text;

	(void)state;
	buf_init(&text, 1 << 20);
	for (size_t i = 0; i <= MULTIPART_PARTS_MAX; i++)
		assert_int_equal(buf_add_text(&text,
		    "--b\r\n" HEAD("a") "\r\n1\r\n"), OK);
	assert_int_equal(buf_add_text(&text, "--b--"), OK);
	assert_int_equal(parse(buf_text(&text)), ERR_INVALID);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, prepare, leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(finds_the_boundary),
		CASE(takes_parts_apart),
		CASE(takes_an_empty_part),
		CASE(takes_no_part_at_all),
		CASE(refuses_what_is_cut_off),
		CASE(refuses_what_is_around_or_wrong_inside),
		CASE(refuses_too_many_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
