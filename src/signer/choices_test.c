#include "signer/choices.h"

#include "pki/test_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct test_pki pki;

static int
set_up(void **state)
{
	(void)state;
	test_pki_init(&pki);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	test_pki_clear(&pki);
	return 0;
}

static enum err
load(const char *text, struct profile_options *options, struct trust *trust)
{
	static struct conf *conf; /* what was loaded borrows from it */
	struct certificate issuing;

	conf_free(conf);
	conf = NULL;
	assert_int_equal(conf_parse(span_of_text(text), "/", &conf), OK);
	assert_int_equal(
	    certificate_parse(span_of_buf(&pki.product.issuing), &issuing), OK);
	return choices_load(conf, &issuing, options, trust);
}

static void
without_settings_there_are_two_purposes_and_seven_years(void **state)
{
	struct profile_options o;
	struct trust t;

	(void)state;
	assert_int_equal(load("", &o, &t), OK);
	assert_string_equal(
	    profile_purpose(&profile_lcp, &o, 0), "1.3.6.1.5.5.7.3.4");
	assert_string_equal(
	    profile_purpose(&profile_lcp, &o, 1), "1.3.6.1.5.5.7.3.36");
	assert_null(profile_purpose(&profile_lcp, &o, 2));
	assert_int_equal(o.retention_years, 7);
	assert_true(t.test);
	assert_false(t.qualified);
}

static void
refuses_settings_that_cannot_be_meant(void **state)
{
	static const char *const wrong[] = {
	    "[pki]\npurposes = everything\n",
	    "[pki]\nserial_number = passport\n",
	    "[pki]\npurposes = 1.2.3 1.2.4 1.2.5 1.2.6 1.2.7\n",
	    "[pki]\npds_url = http://example.com/{language}\n",
	    "[pki]\npds_url = https://example.com/pds\n",
	    "[pki]\nretention_years = 1000\n",
	    "[pki]\nident_method = video\n",
	};
	struct profile_options o;
	struct trust t;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(load(wrong[i], &o, &t), ERR_INVALID);
	assert_int_equal(
	    load("[pki]\npurposes = none\nretention_years = 0\n", &o, &t), OK);
	assert_null(profile_purpose(&profile_lcp, &o, 0));
}

static void
the_method_of_identifying_is_stated_when_chosen(void **state)
{
	struct profile_options o;
	struct trust t;

	(void)state;
	assert_int_equal(load("", &o, &t), OK);
	assert_null(o.ident_method);
	assert_int_equal(load("[pki]\nident_method = amended\n", &o, &t), OK);
	assert_string_equal(o.ident_method, "0.4.0.1862.1.8.3");
	assert_true(profile_statements(&profile_qcp_n, &o) &
	    QC_BIT(ident_method));
	assert_false(profile_statements(&profile_lcp, &o) &
	    QC_BIT(ident_method));
	assert_int_equal(load("[pki]\nident_method = original\n", &o, &t), OK);
	assert_string_equal(o.ident_method, "0.4.0.1862.1.8.2");
}

static void
softhsm_is_never_a_certified_device(void **state)
{
	struct profile_options o;
	struct trust t;

	(void)state;
	assert_int_equal(load("[trust]\nqscd = Device 1\n", &o, &t), OK);
	assert_string_equal(t.qscd, "");
	assert_int_equal(
	    load("[pki]\nsofthsm_conf =\n[trust]\nqscd = Device 1\n", &o, &t),
	    OK);
	assert_string_equal(t.qscd, "Device 1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		without_settings_there_are_two_purposes_and_seven_years),
	    cmocka_unit_test(refuses_settings_that_cannot_be_meant),
	    cmocka_unit_test(the_method_of_identifying_is_stated_when_chosen),
	    cmocka_unit_test(softhsm_is_never_a_certified_device),
	};

	return cmocka_run_group_tests_name("choices", tests, set_up, tear_down);
}
