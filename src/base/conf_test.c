#include "base/conf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static enum err
parse(const char *text, struct conf **out)
{
	return conf_parse(span_of_text(text), "/srv/paraph", out);
}

static void
what_is_not_given_has_its_preset(void **state)
{
	AUTO(conf_free) struct conf *c = NULL;

	(void)state;
	assert_int_equal(conf_parse(SPAN(NULL, 0), "/", &c), OK);
	assert_int_equal(conf_number(c, CONF_registration_days), 7);
	assert_string_equal(conf_text(c, CONF_sandbox_mode), "strict");
	assert_false(conf_flag(c, CONF_demo_outbox_page));
}

static void
relative_paths_are_relative_to_the_file(void **state)
{
	AUTO(conf_free) struct conf *c = NULL;

	(void)state;
	assert_int_equal(parse("# a comment\n[store]\n path = db/x \n"
			       "vault=/v\n",
			     &c),
	    OK);
	assert_string_equal(conf_text(c, CONF_store_path),
	    "/srv/paraph/db/x");
	assert_string_equal(conf_text(c, CONF_store_vault), "/v");
}

static void
refuses_what_it_does_not_know(void **state)
{
	static const char *const bad[] = {"[web]\nlissen = 1\n", "[web\n",
	    "[web]\nlisten\n", "[registration]\ndays = seven\n",
	    "[demo]\noutbox_page = true\n",
	    "[web]\nlisten=a\nlisten=b\n", "listen = 1\n"};
	struct conf *c = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(parse(bad[i], &c), ERR_INVALID);
		assert_null(c);
	}
}

static void
a_program_sees_only_its_part(void **state)
{
	AUTO(conf_free) struct conf *c = NULL;
	AUTO(buf_clear) struct buf part;

	(void)state;
	buf_init(&part, 16384);
	assert_int_equal(parse("[pki]\npin_file = secret-place\n", &c), OK);
	assert_int_equal(conf_extract(c, 'w', &part), OK);
	assert_null(strstr(buf_text(&part), "secret-place"));
	assert_non_null(strstr(buf_text(&part), "base_url = http://"));
	AUTO(conf_free) struct conf *again = NULL;
	assert_int_equal(parse(buf_text(&part), &again), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_not_given_has_its_preset),
	    cmocka_unit_test(relative_paths_are_relative_to_the_file),
	    cmocka_unit_test(refuses_what_it_does_not_know),
	    cmocka_unit_test(a_program_sees_only_its_part),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
