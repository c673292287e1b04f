/*
 * A certificate of each profile that breaks no rule. The certificates that
 * must never leave the signer are tests by their number: N7, N9, N10 in
 * lint_extension_test.c, N11, N13 to N15 in lint_field_test.c, N8, N12, N16,
 * N17 in lint_name_test.c, N1 to N6 and N18 in lint_qc_test.c.
 */
#include "pki/lint_fixture.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct profile *const people[] = {
    &profile_lcp, &profile_qcp_n, &profile_qcp_n_qscd};

static void
accepts_good_certificates_of_people(void **state)
{
	struct profile_options short_term = {.pds_url = "", .short_term = true};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct tbs_facts f = test_pki_facts_of(&lint_pki, people[i]);

		expect_clean(people[i], &f);
		f.options = lint_also.options = &short_term;
		f.not_after = f.not_before + DAY - SECOND;
		expect_clean(people[i], &f);
		lint_also.options = &profile_defaults;
	}
}

static void
accepts_good_certificates_of_authorities(void **state)
{
	const struct {
		const struct profile *profile;
		const struct buf *der, *issuer;
	} all[] = {
	    {&profile_root, &lint_pki.product.root, &lint_pki.product.root},
	    {&profile_issuing_l, &lint_pki.product.issuing,
		&lint_pki.product.root},
	    {&profile_issuing_q, &lint_pki.issuing_q_certificate,
		&lint_pki.product.root},
	    {&profile_ocsp, &lint_pki.product.responder,
		&lint_pki.product.issuing},
	};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct lint_context context = lint_also;
		struct lint_report report;
		struct certificate c;

		context.issuer = span_of_buf(all[i].issuer);
		lint_certificate(
		    span_of_buf(all[i].der), all[i].profile, &context, &report);
		assert_int_equal(report.count, 0);
		assert_int_equal(
		    certificate_parse(span_of_buf(all[i].der), &c), OK);
		assert_ptr_equal(lint_guess(&c), all[i].profile);
	}
}

static void
guesses_the_profile_of_a_person(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		AUTO(buf_clear) struct buf tbs;
		struct tbs_facts f = test_pki_facts_of(&lint_pki, people[i]);
		struct certificate c;

		buf_init(&tbs, CERTIFICATE_MAX);
		assert_int_equal(tbs_build(&f, &tbs), OK);
		assert_int_equal(
		    certificate_parse_tbs(span_of_buf(&tbs), &c), OK);
		assert_ptr_equal(lint_guess(&c), people[i]);
	}
}

static void
takes_a_person_who_is_an_authority_for_a_person(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		AUTO(buf_clear) struct buf tbs;
		struct profile changed = *people[i];
		struct tbs_facts f = test_pki_facts_of(&lint_pki, people[i]);
		struct certificate c;

		changed.ca = true;
		f.profile = &changed;
		buf_init(&tbs, CERTIFICATE_MAX);
		assert_int_equal(tbs_build(&f, &tbs), OK);
		assert_int_equal(
		    certificate_parse_tbs(span_of_buf(&tbs), &c), OK);
		assert_ptr_equal(lint_guess(&c), people[i]);
	}
}

static void
refuses_what_cannot_be_read(void **state)
{
	AUTO(buf_clear) struct buf tbs;
	struct tbs_facts f = test_pki_facts(&lint_pki);

	(void)state;
	buf_init(&tbs, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(&f, &tbs), OK);
	for (size_t size = 0; size < tbs.size; size += 7)
		expect_finding(
		    &profile_lcp, SPAN(tbs.data, size), LINT_structure);
}

/* Notices let a certificate pass; as many as there is room for might hide
 * what came after them. */
static void
refuses_when_there_are_more_findings_than_room(void **state)
{
	struct lint_report report = {.count = LINT_FINDINGS_MAX - 1};

	(void)state;
	for (size_t i = 0; i < LINT_FINDINGS_MAX; i++)
		report.findings[i].rule = LINT_public_address;
	assert_int_equal(lint_refuse(&report), OK);
	report.count = LINT_FINDINGS_MAX;
	assert_int_equal(lint_refuse(&report), ERR_INTERNAL);
}

static void
a_rule_is_named_with_its_clause(void **state)
{
	AUTO(buf_clear) struct buf name;

	(void)state;
	buf_init(&name, 256);
	assert_int_equal(
	    lint_rule_format(LINT_key_usage, &profile_lcp, &name), OK);
	assert_string_equal(
	    buf_text(&name), "lcp.key_usage [EN 319 412-2 4.3.2]");
}

#define TEST(name) cmocka_unit_test_setup(name, lint_reset)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(accepts_good_certificates_of_people),
	    TEST(accepts_good_certificates_of_authorities),
	    TEST(guesses_the_profile_of_a_person),
	    TEST(takes_a_person_who_is_an_authority_for_a_person),
	    TEST(refuses_what_cannot_be_read),
	    TEST(refuses_when_there_are_more_findings_than_room),
	    TEST(a_rule_is_named_with_its_clause),
	};

	return cmocka_run_group_tests_name(
	    "lint", tests, lint_set_up, lint_tear_down);
}
