/*
 * Extensions that must not be certified: N7, N9, N10 and their like.
 */
#include "base/enum.h"
#include "pki/lint_fixture.h"

#include "pki/oids.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct profile *const people[] = {
    &profile_lcp, &profile_qcp_n, &profile_qcp_n_qscd};

static void
n7_refuses_extensions_of_the_wrong_criticality(void **state)
{
	static const char *const never[] = {OID_PURPOSES, OID_CRL_POINTS,
	    OID_AUTHORITY_INFO, OID_QC_STATEMENTS, OID_ALTERNATIVE_NAME,
	    OID_ISSUER_ALTERNATIVE_NAME, OID_SUBJECT_KEY, OID_AUTHORITY_KEY,
	    OID_VALIDITY_ASSURED, OID_NO_REVOCATION};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct profile *p = people[i];

		for (size_t j = 0; j < sizeof(never) / sizeof(never[0]); j++)
			expect_extension(p, never[j], true, BYTES("\x30\x00"),
			    LINT_not_critical);
		expect_extension(p, OID_POLICIES, true, BYTES("\x30\x00"),
		    LINT_policies_critical);
		expect_extension(p, OID_KEY_USAGE, false,
		    BYTES("\x03\x02\x06\x40"), LINT_key_usage_critical);
		expect_extension(p, OID_BASIC_CONSTRAINTS, false,
		    BYTES("\x30\x00"), LINT_basic_constraints_profile);
	}
}

static void
expect_usage(const struct profile *p, unsigned usage, enum lint_rule rule)
{
	struct profile changed = *p;

	changed.usage = usage;
	expect_profile(p, &changed, rule);
}

static void
n9_refuses_other_key_usages(void **state)
{
	const unsigned sign = USAGE_digital_signature;
	const unsigned commit = USAGE_non_repudiation;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct profile *p = people[i];

		expect_usage(p, sign, LINT_key_usage);		      /* C */
		expect_usage(p, sign | commit, LINT_key_usage_mixed); /* B */
		expect_usage(p, sign | commit | USAGE_key_agreement,
		    LINT_key_usage_mixed);				 /* F */
		expect_usage(p, USAGE_key_encipherment, LINT_key_usage); /* E */
		expect_usage(
		    p, commit | USAGE_key_encipherment, LINT_key_usage_type);
		expect_usage(
		    p, sign | USAGE_data_encipherment, LINT_key_usage_type);
		expect_extension(p, OID_KEY_USAGE, true,
		    BYTES("\x03\x02\x05\x40"), LINT_key_usage_present);
		expect_extension(p, OID_KEY_USAGE, true, BYTES("\x03\x01\x00"),
		    LINT_key_usage_present);
		expect_extension(p, OID_KEY_USAGE, true,
		    BYTES("\x03\x03\x07\x00\x80"), LINT_key_usage_type);
	}
	expect_usage(&profile_qcp_n, sign, LINT_key_usage_type);
	expect_usage(&profile_qcp_n, USAGE_key_agreement, LINT_key_usage_type);
}

static void
n10_refuses_authority_over_others(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct profile changed = *people[i];

		expect_usage(people[i],
		    USAGE_non_repudiation | USAGE_key_cert_sign,
		    LINT_key_usage_authority);
		expect_usage(
		    people[i], USAGE_crl_sign, LINT_key_usage_authority);
		changed.ca = true;
		expect_profile(people[i], &changed, LINT_basic_constraints);
		changed = *people[i];
		changed.path_length = 0;
		expect_profile(people[i], &changed, LINT_basic_constraints);
		expect_extension(people[i], OID_NAME_CONSTRAINTS, true,
		    BYTES("\x30\x00"), LINT_extensions_forbidden);
		expect_extension(people[i], OID_OCSP_NO_CHECK, false,
		    BYTES("\x05\x00"), LINT_no_check);
	}
}

static void
refuses_authorities_that_hide_what_they_are(void **state)
{
	const struct profile *p = &profile_issuing_q;

	(void)state;
	expect_extension(p, OID_BASIC_CONSTRAINTS, false,
	    BYTES("\x30\x06\x01\x01\xff\x02\x01\x00"),
	    LINT_basic_constraints_critical);
	expect_replaced(p, OID_BASIC_CONSTRAINTS, SPAN(NULL, 0),
	    LINT_basic_constraints_critical);
	expect_extension(p, OID_BASIC_CONSTRAINTS, true, BYTES("\x30\x00"),
	    LINT_basic_constraints);
	expect_extension(p, OID_BASIC_CONSTRAINTS, true,
	    BYTES("\x30\x03\x01\x01\xff"), LINT_basic_constraints_profile);
	expect_extension(p, OID_KEY_USAGE, true, BYTES("\x03\x02\x01\x02"),
	    LINT_key_usage_authority);
	expect_replaced(p, OID_SUBJECT_KEY, SPAN(NULL, 0), LINT_subject_key);
}

static void
refuses_policies_that_are_not_the_profiles(void **state)
{
	struct profile changed = profile_lcp;
	struct tbs_facts f = test_pki_facts(&lint_pki);

	(void)state;
	changed.policies[0] = OID_POLICY_QCP_N;
	expect_profile(&profile_lcp, &changed, LINT_policies_type);
	expect_profile(&profile_lcp, &changed, LINT_policies);
	changed.policies[0] = OID_POLICY_LCP;
	changed.policies[1] = "0.4.0.2042.1.1";
	expect_profile(&profile_lcp, &changed, LINT_policies);
	changed.policies[1] = OID_POLICY_LCP;
	expect_profile(&profile_lcp, &changed, LINT_policies_once);
	changed.policies[0] = NULL;
	expect_profile(&profile_lcp, &changed, LINT_policies_absent);
	f.own_policy = "1.2.3.4"; /* that the signer was not told of */
	expect_facts(&profile_lcp, &f, LINT_policies);
	expect_extension(&profile_lcp, OID_POLICIES, false,
	    BYTES("\x30\x22\x30\x20\x06\x06\x04\x00\x8f\x7a\x01\x03\x30\x16"
		  "\x30\x14\x06\x08\x2b\x06\x01\x05\x05\x07\x02\x01\x16\x08"
		  "http://a"),
	    LINT_policies_qualifier);
}

/* */
static void
refuses_policies_of_two_levels(void **state)
{
	struct profile changed = profile_qcp_n;

	(void)state;
	changed.policies[1] = OID_POLICY_QCP_N_QSCD;
	expect_profile(&profile_qcp_n, &changed, LINT_policies_type);
	changed.policies[1] = OID_POLICY_LCP;
	expect_profile(&profile_qcp_n, &changed, LINT_policies_type);
	changed.policies[0] = OID_POLICY_QCP_N_QSCD;
	changed.policies[1] = NULL;
	expect_profile(&profile_qcp_n, &changed, LINT_policies_type);
}

static void
the_own_policy_stands_first(void **state)
{
	struct tbs_facts f = test_pki_facts_of(&lint_pki, &profile_qcp_n);

	(void)state;
	f.own_policy = lint_also.own_policy = "1.3.6.1.4.1.99999.1.2";
	expect_clean(&profile_qcp_n, &f);
	f.own_policy = "";
	expect_facts(&profile_qcp_n, &f, LINT_policies);
}

static void
refuses_missing_extensions(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct profile *p = people[i];
		struct profile changed = *p;

		changed.ocsp = false;
		expect_profile(p, &changed, LINT_authority_info_profile);
		changed.crl = false;
		expect_profile(p, &changed, LINT_status_source);
		changed.ca_issuers = false;
		expect_profile(p, &changed, LINT_authority_info);
		changed = *p;
		changed.ca_issuers = false;
		expect_profile(p, &changed, LINT_ca_issuers);
		changed = *p;
		changed.crl = false;
		expect_profile(p, &changed, LINT_crl_points_profile);
		changed = *p;
		changed.authority_key = false;
		expect_profile(p, &changed, LINT_authority_key);
		changed = *p;
		changed.purposes[0] = NULL;
		expect_profile(p, &changed, LINT_purposes);
		expect_replaced(
		    p, OID_SUBJECT_KEY, SPAN(NULL, 0), LINT_subject_key_absent);
		expect_replaced(
		    p, OID_KEY_USAGE, SPAN(NULL, 0), LINT_key_usage_present);
		expect_replaced(p, OID_BASIC_CONSTRAINTS, SPAN(NULL, 0),
		    LINT_basic_constraints_profile);
	}
}

static void
refuses_extensions_of_no_profile(void **state)
{
	(void)state;
	expect_extension(&profile_lcp, OID_ALTERNATIVE_NAME, false,
	    BYTES("\x30\x07\x81\x05"
		  "a@b.c"),
	    LINT_extensions);
	expect_extension(&profile_lcp, OID_POLICY_CONSTRAINTS, true,
	    BYTES("\x30\x03\x80\x01\x00"), LINT_extensions_forbidden);
	expect_replaced(&profile_lcp, OID_KEY_USAGE,
	    BYTES("\x30\x0e\x06\x03\x55\x1d\x0f\x01\x01\xff\x04\x04\x03\x02"
		  "\x06\x40"
		  "\x30\x0e\x06\x03\x55\x1d\x0f\x01\x01\xff\x04\x04\x03\x02"
		  "\x06\x40"),
	    LINT_extensions_once);
}

static void
purposes_are_those_that_were_chosen(void **state)
{
	struct profile_options none = profile_defaults, other = none;
	struct tbs_facts f = test_pki_facts(&lint_pki);

	(void)state;
	assert_int_equal(profile_choose_purposes("none", &none), OK);
	assert_int_equal(
	    profile_choose_purposes("1.3.6.1.5.5.7.3.36", &other), OK);
	f.options = lint_also.options = &none;
	expect_clean(&profile_lcp, &f);
	f.options = &profile_defaults;
	expect_facts(&profile_lcp, &f, LINT_purposes);
	f.options = lint_also.options = &other;
	expect_clean(&profile_lcp, &f);
	f.options = &none;
	expect_facts(&profile_lcp, &f, LINT_purposes);
	lint_also.options = NULL; /* of another's certificate: any or none */
	expect_clean(&profile_lcp, &f);
}

/* Also where it is not known what its issuer chose. */
static void
nobody_answers_for_an_authority_by_a_persons_key(void **state)
{
	const struct span others[] = {
	    BYTES("\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x09"),
	    BYTES("\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x08"),
	    BYTES("\x30\x06\x06\x04\x55\x1d\x25\x00"),
	    BYTES("\x30\x00"), /* of nothing: RFC 5280 4.2.1.12 */
	};

	(void)state;
	lint_also.options = NULL;
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < COUNT_OF(others); j++)
			expect_extension(people[i], OID_PURPOSES, false,
			    others[j], LINT_purposes_authority);
}

static void
refuses_key_identifiers_of_other_keys(void **state)
{
	static const uint8_t other[KEY_IDENTIFIER_SIZE] = {1};
	struct tbs_facts f = test_pki_facts(&lint_pki);

	(void)state;
	f.issuer_key = SPAN(other, sizeof(other));
	expect_facts(&profile_lcp, &f, LINT_authority_key);
	expect_extension(&profile_lcp, OID_SUBJECT_KEY, false,
	    BYTES("\x04\x14"
		  "aaaaaaaaaaaaaaaaaaaa"),
	    LINT_subject_key_value);
	expect_extension(&profile_lcp, OID_SUBJECT_KEY, false,
	    BYTES("\x30\x00"), LINT_subject_key);
	expect_extension(&profile_lcp, OID_AUTHORITY_KEY, false,
	    BYTES("\x30\x00"), LINT_authority_key);
	expect_extension(&profile_lcp, OID_AUTHORITY_KEY, false,
	    BYTES("\x30\x06\x80\x01\x01\x82\x01\x01"),
	    LINT_authority_key_alone);
}

static void
refuses_addresses_that_are_not_its_own(void **state)
{
	struct tbs_facts f = test_pki_facts_of(&lint_pki, &profile_qcp_n);

	(void)state;
	f.base_url = "http://elsewhere.example.com";
	expect_facts(&profile_qcp_n, &f, LINT_authority_info_profile);
	expect_facts(&profile_qcp_n, &f, LINT_crl_points_profile);
	expect_facts(&profile_qcp_n, &f, LINT_qc_pds_own);
	expect_extension(&profile_lcp, OID_AUTHORITY_INFO, false,
	    BYTES("\x30\x14\x30\x12\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x01"
		  "\x86\x06"
		  "ftp://"),
	    LINT_ocsp_address);
	expect_extension(&profile_lcp, OID_CRL_POINTS, false,
	    BYTES("\x30\x0e\x30\x0c\xa0\x0a\xa0\x08\x86\x06"
		  "ftp://"),
	    LINT_crl_points);
	expect_extension(&profile_lcp, OID_CRL_POINTS, false,
	    BYTES("\x30\x12\x30\x10\xa0\x0e\xa0\x0c\x86\x0a"
		  "http://a b"),
	    LINT_crl_points);
	expect_extension(&profile_lcp, OID_CRL_POINTS, false,
	    BYTES("\x30\x12\x30\x10\xa0\x0e\xa0\x0c\x86\x0a"
		  "http://a@b"),
	    LINT_crl_points);
	expect_extension(&profile_lcp, OID_CRL_POINTS, false,
	    BYTES("\x30\x12\x30\x10\xa0\x0e\xa0\x0c\x86\x0a"
		  "http:///ab"),
	    LINT_crl_points);
	expect_extension(&profile_lcp, OID_CRL_POINTS, false,
	    BYTES("\x30\x12\x30\x10\xa0\x0e\xa0\x0c\x86\x0a"
		  "http://a%2"),
	    LINT_crl_points);
	expect_accepted(&profile_lcp, OID_CRL_POINTS, false,
	    BYTES("\x30\x13\x30\x11\xa0\x0f\xa0\x0d\x86\x0b"
		  "http://a%20"),
	    LINT_crl_points);
}

static void
a_private_address_is_worth_a_notice_alone(void **state)
{
	static const char *const hosts[] = {"http://localhost:8080",
	    "http://127.0.0.1", "http://192.168.1.1", "http://10.0.0.1",
	    "http://172.31.0.1", "http://[::1]", "http://pki",
	    "http://pki.test", "http://pki.LOCAL"};
	static const char *const public[] = {
	    "http://pki.example.com", "http://172.32.0.1", "http://8.8.8.8:80"};
	struct tbs_facts f = test_pki_facts(&lint_pki);

	(void)state;
	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		f.base_url = lint_also.base_url = hosts[i];
		expect_facts(&profile_lcp, &f, LINT_public_address);
		expect_clean(&profile_lcp, &f);
	}
	for (size_t i = 0; i < sizeof(public) / sizeof(public[0]); i++) {
		AUTO(buf_clear) struct buf tbs;
		struct lint_report report;

		f.base_url = lint_also.base_url = public[i];
		buf_init(&tbs, CERTIFICATE_MAX);
		assert_int_equal(tbs_build(&f, &tbs), OK);
		lint_it(&profile_lcp, span_of_buf(&tbs), &report);
		assert_int_equal(report.count, 0);
	}
}

static void
a_responder_says_nothing_about_itself(void **state)
{
	struct profile changed = profile_ocsp;
	struct tbs_facts f = test_pki_facts(&lint_pki);

	(void)state;
	changed.ocsp = true;
	f.profile = &changed;
	expect_facts(&profile_ocsp, &f, LINT_responder_loop);
	changed = profile_ocsp;
	changed.no_check = false;
	expect_facts(&profile_ocsp, &f, LINT_no_check);
	changed = profile_ocsp;
	changed.purposes[0] = OID_PURPOSE_EMAIL;
	expect_facts(&profile_ocsp, &f, LINT_purposes_responder);
}

#define TEST(name) cmocka_unit_test_setup(name, lint_reset)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(n7_refuses_extensions_of_the_wrong_criticality),
	    TEST(n9_refuses_other_key_usages),
	    TEST(n10_refuses_authority_over_others),
	    TEST(refuses_authorities_that_hide_what_they_are),
	    TEST(refuses_policies_that_are_not_the_profiles),
	    TEST(refuses_policies_of_two_levels),
	    TEST(the_own_policy_stands_first),
	    TEST(refuses_missing_extensions),
	    TEST(refuses_extensions_of_no_profile),
	    TEST(purposes_are_those_that_were_chosen),
	    TEST(nobody_answers_for_an_authority_by_a_persons_key),
	    TEST(refuses_key_identifiers_of_other_keys),
	    TEST(refuses_addresses_that_are_not_its_own),
	    TEST(a_private_address_is_worth_a_notice_alone),
	    TEST(a_responder_says_nothing_about_itself),
	};

	return cmocka_run_group_tests_name(
	    "lint of extensions", tests, lint_set_up, lint_tear_down);
}
