#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct text_value values[] = {
    {"name", "Zoé <b>"}, {"lines", "a\nb"}};

static void
fills_names_and_escapes_html(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 200);
	assert_int_equal(text_fill("Dear {{name}}, bye {{name}}", values, 2,
			     TEXT_HTML, &b),
	    OK);
	assert_string_equal(buf_text(&b),
	    "Dear Zoé &lt;b&gt;, bye Zoé &lt;b&gt;");
}

static void
refuses_a_second_line_in_a_header(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 200);
	assert_int_equal(text_fill("{{lines}}", values, 2, TEXT_HEADER, &b),
	    ERR_INVALID);
	assert_int_equal(text_fill("{{lines}}", values, 2, TEXT_PLAIN, &b),
	    OK);
}

static void
refuses_a_hole(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 200);
	assert_int_equal(text_fill("{{who}}", values, 2, TEXT_PLAIN, &b),
	    ERR_INTERNAL);
	assert_int_equal(text_fill("{{name", values, 2, TEXT_PLAIN, &b),
	    ERR_INTERNAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(fills_names_and_escapes_html),
	    cmocka_unit_test(refuses_a_second_line_in_a_header),
	    cmocka_unit_test(refuses_a_hole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
