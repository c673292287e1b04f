/*
 * For every rule a certificate that breaks it, and one that breaks none.
 * The numbers N1.. are those of the list of certificates that must never
 * leave the signer.
 */
#include "pki/lint.h"

#include "base/clock.h"
#include "pki/oids.h"
#include "pki/subject.h"
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

/* Lints a TBS against the LCP profile. */
static void
lint_it(struct span tbs, struct lint_report *report)
{
	struct lint_context context = {.base_url = pki.plan.base_url,
	    .issuer = span_of_buf(&pki.product.issuing)};

	lint_tbs(tbs, &profile_lcp, &context, report);
}

static bool
found(const struct lint_report *r, enum lint_rule rule)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->findings[i].rule == rule)
			return true;
	return false;
}

static void
expect_finding(struct span tbs, enum lint_rule rule)
{
	struct lint_report report;

	lint_it(tbs, &report);
	if (!found(&report, rule))
		fail_msg(
		    "no finding of rule %d: %s", rule, lint_rule_text(rule));
	assert_int_equal(lint_refuse(&report), ERR_INTERNAL);
}

static void
expect_facts(const struct tbs_facts *f, enum lint_rule rule)
{
	AUTO(buf_clear) struct buf tbs;

	buf_init(&tbs, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(f, &tbs), OK);
	expect_finding(span_of_buf(&tbs), rule);
}

/* The good facts under a profile that was tampered with. */
static void
expect_profile(const struct profile *changed, enum lint_rule rule)
{
	struct tbs_facts f = test_pki_facts(&pki);

	f.profile = changed;
	expect_facts(&f, rule);
}

/* A good TBS with an extension put in the place of one, or added. */
static void
replace_extension(const char *oid, struct span replacement, struct buf *out)
{
	AUTO(buf_clear) struct buf tbs;
	AUTO(der_clear) struct der d;
	struct tbs_facts f = test_pki_facts(&pki);
	struct certificate c;
	struct span rest, list;
	struct der_item item, one;

	buf_init(&tbs, CERTIFICATE_MAX);
	der_init(&d, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(&f, &tbs), OK);
	assert_int_equal(certificate_parse_tbs(span_of_buf(&tbs), &c), OK);
	struct span whole = c.tbs;
	assert_int_equal(der_take(&whole, DER_SEQUENCE, &rest), OK);
	der_open(&d, DER_SEQUENCE);
	do {
		assert_int_equal(der_next(&rest, &item), OK);
		if (item.tag != DER_CONTEXT_OF(3))
			der_put_raw(&d, item.whole);
	} while (rest.size > 0);
	der_open(&d, DER_CONTEXT_OF(3));
	der_open(&d, DER_SEQUENCE);
	assert_int_equal(der_take(&item.content, DER_SEQUENCE, &list), OK);
	while (list.size > 0) {
		struct span content, id;

		assert_int_equal(der_next(&list, &one), OK);
		content = one.content;
		assert_int_equal(der_take(&content, DER_OID, &id), OK);
		if (!der_oid_is(id, oid))
			der_put_raw(&d, one.whole);
	}
	der_put_raw(&d, replacement);
	der_close(&d);
	der_close(&d);
	der_close(&d);
	assert_int_equal(der_done(&d), OK);
	assert_int_equal(buf_add_span(out, span_of_buf(&d.bytes)), OK);
}

static void
expect_extension(
    const char *oid, bool critical, struct span value, enum lint_rule rule)
{
	AUTO(der_clear) struct der d;
	AUTO(buf_clear) struct buf tbs;

	der_init(&d, 1024);
	buf_init(&tbs, CERTIFICATE_MAX);
	der_open(&d, DER_SEQUENCE);
	der_put_oid(&d, oid);
	if (critical)
		der_put_bool(&d, true);
	der_put(&d, DER_OCTETS, value);
	der_close(&d);
	assert_int_equal(der_done(&d), OK);
	replace_extension(oid, span_of_buf(&d.bytes), &tbs);
	expect_finding(span_of_buf(&tbs), rule);
}

#define BYTES(text) SPAN(text, sizeof(text) - 1)

static void
accepts_a_good_certificate(void **state)
{
	AUTO(buf_clear) struct buf tbs;
	struct tbs_facts f = test_pki_facts(&pki);
	struct lint_report report;

	(void)state;
	buf_init(&tbs, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(&f, &tbs), OK);
	lint_it(span_of_buf(&tbs), &report);
	assert_int_equal(lint_refuse(&report), OK);
	assert_int_equal(report.count, 0);
}

static void
refuses_what_cannot_be_read(void **state)
{
	AUTO(buf_clear) struct buf tbs;
	struct tbs_facts f = test_pki_facts(&pki);

	(void)state;
	buf_init(&tbs, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(&f, &tbs), OK);
	for (size_t size = 0; size < tbs.size; size += 7)
		expect_finding(SPAN(tbs.data, size), LINT_structure);
}

/* N3, N4, N5, N7: nothing qualified is claimed by an LCP certificate. */
static void
refuses_qualified_statements(void **state)
{
	(void)state;
	expect_extension(OID_QC_STATEMENTS, false,
	    BYTES("\x30\x0a\x30\x08\x06\x06\x04\x00\x8e\x46\x01\x01"),
	    LINT_qc_statements);
	expect_extension(OID_QC_STATEMENTS, true,
	    BYTES("\x30\x0a\x30\x08\x06\x06\x04\x00\x8e\x46\x01\x01"),
	    LINT_qc_statements);
	expect_extension(OID_QC_STATEMENTS, false,
	    BYTES("\x30\x14\x30\x08\x06\x06\x04\x00\x8e\x46\x01\x01"
		  "\x30\x08\x06\x06\x04\x00\x8e\x46\x01\x01"),
	    LINT_qc_statements);
	expect_extension(
	    OID_QC_STATEMENTS, false, BYTES("\x30\x00"), LINT_extensions);
}

/* N7 */
static void
refuses_extensions_of_the_wrong_criticality(void **state)
{
	(void)state;
	expect_extension(OID_PURPOSES, true,
	    BYTES("\x30\x14\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x04"
		  "\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x24"),
	    LINT_purposes);
	expect_extension(
	    OID_CRL_POINTS, true, BYTES("\x30\x00"), LINT_crl_points);
	expect_extension(
	    OID_AUTHORITY_INFO, true, BYTES("\x30\x00"), LINT_authority_info);
	expect_extension(OID_POLICIES, true,
	    BYTES("\x30\x0a\x30\x08\x06\x06\x04\x00\x8f\x7a\x01\x03"),
	    LINT_policies);
	expect_extension(
	    OID_KEY_USAGE, false, BYTES("\x03\x02\x06\x40"), LINT_key_usage);
	expect_extension(OID_BASIC_CONSTRAINTS, false, BYTES("\x30\x00"),
	    LINT_basic_constraints);
	/* subjectAltName: the profile has none, critical or not */
	expect_extension("2.5.29.17", true,
	    BYTES("\x30\x07\x81\x05"
		  "a@b.c"),
	    LINT_extensions);
}

/* N8: linters outside miss this one. */
static void
refuses_a_pseudonym_beside_a_name(void **state)
{
	AUTO(der_clear) struct der d;
	struct tbs_facts f = test_pki_facts(&pki);
	static const struct {
		const char *oid;
		uint8_t tag;
		const char *value;
	} parts[] = {{OID_COUNTRY, DER_PRINTABLE, "FR"},
	    {OID_GIVEN_NAME, DER_UTF8, "Anna"},
	    {OID_SERIAL, DER_PRINTABLE, "ABC"},
	    {OID_COMMON_NAME, DER_UTF8, "Moon"},
	    {OID_PSEUDONYM, DER_UTF8, "Moon"}};

	(void)state;
	der_init(&d, 1024);
	der_open(&d, DER_SEQUENCE);
	for (size_t i = 0; i < 5; i++) {
		der_open(&d, DER_SET);
		der_open(&d, DER_SEQUENCE);
		der_put_oid(&d, parts[i].oid);
		der_put_text(&d, parts[i].tag, parts[i].value);
		der_close(&d);
		der_close(&d);
	}
	der_close(&d);
	assert_int_equal(der_done(&d), OK);
	f.subject = span_of_buf(&d.bytes);
	expect_facts(&f, LINT_pseudonym);
	expect_facts(&f, LINT_subject_parts);
}

/* N9, N10 */
static void
refuses_other_key_usages_and_authority_over_others(void **state)
{
	struct profile changed = profile_lcp;

	(void)state;
	changed.usage = USAGE_digital_signature;
	expect_profile(&changed, LINT_key_usage);
	changed.usage = USAGE_digital_signature | USAGE_non_repudiation;
	expect_profile(&changed, LINT_key_usage);
	changed.usage = USAGE_non_repudiation | 1 << 2; /* keyEncipherment */
	expect_profile(&changed, LINT_key_usage);
	changed.usage = USAGE_non_repudiation | USAGE_key_cert_sign;
	expect_profile(&changed, LINT_key_usage);
	changed = profile_lcp;
	changed.ca = true;
	expect_profile(&changed, LINT_basic_constraints);
	changed = profile_lcp;
	changed.path_length = 0;
	expect_profile(&changed, LINT_basic_constraints);
}

static void
refuses_policies_that_are_not_the_profiles(void **state)
{
	struct profile changed = profile_lcp;
	struct tbs_facts f = test_pki_facts(&pki);

	(void)state;
	changed.policies[0] = "0.4.0.194112.1.0";
	expect_profile(&changed, LINT_policies);
	changed.policies[0] = "0.4.0.2042.1.3";
	changed.policies[1] = "0.4.0.2042.1.1";
	expect_profile(&changed, LINT_policies);
	changed.policies[0] = NULL;
	expect_profile(&changed, LINT_policies);
	f.own_policy = "1.2.3.4"; /* that the signer was not told of */
	expect_facts(&f, LINT_policies);
}

static void
refuses_missing_extensions(void **state)
{
	struct profile changed = profile_lcp;

	(void)state;
	changed.ocsp = false;
	expect_profile(&changed, LINT_authority_info);
	changed = profile_lcp;
	changed.ca_issuers = false;
	expect_profile(&changed, LINT_authority_info);
	changed = profile_lcp;
	changed.crl = false;
	expect_profile(&changed, LINT_crl_points);
	changed = profile_lcp;
	changed.authority_key = false;
	expect_profile(&changed, LINT_authority_key);
	changed = profile_lcp;
	changed.purposes[0] = NULL;
	expect_profile(&changed, LINT_purposes);
	changed = profile_lcp;
	changed.no_check = true;
	expect_profile(&changed, LINT_no_check);
}

static void
refuses_key_identifiers_of_other_keys(void **state)
{
	static const uint8_t other[KEY_IDENTIFIER_SIZE] = {1};
	struct tbs_facts f = test_pki_facts(&pki);

	(void)state;
	f.issuer_key = SPAN(other, sizeof(other));
	expect_facts(&f, LINT_authority_key);
	expect_extension(OID_SUBJECT_KEY, false,
	    BYTES("\x04\x14"
		  "aaaaaaaaaaaaaaaaaaaa"),
	    LINT_subject_key);
}

static void
refuses_addresses_that_are_not_its_own(void **state)
{
	struct tbs_facts f = test_pki_facts(&pki);

	(void)state;
	f.base_url = "http://elsewhere.example.com";
	expect_facts(&f, LINT_authority_info);
	expect_facts(&f, LINT_crl_points);
}

/* N13, A-9 */
static void
refuses_validity_that_is_too_long(void **state)
{
	struct tbs_facts f = test_pki_facts(&pki);

	(void)state;
	f.not_after = f.not_before + 11 * 365 * DAY;
	expect_facts(&f, LINT_validity_within_issuer);
	expect_facts(&f, LINT_validity);
	f = test_pki_facts(&pki);
	f.not_before -= DAY;
	expect_facts(&f, LINT_validity_within_issuer);
}

/* N14 */
static void
refuses_serials_that_are_zero_short_or_long(void **state)
{
	static const uint8_t zero[16], some[21] = {1};
	AUTO(buf_clear) struct buf tbs;
	struct tbs_facts f = test_pki_facts(&pki);

	(void)state;
	f.serial = SPAN(zero, 16);
	expect_facts(&f, LINT_serial);
	f.serial = SPAN(some, 4);
	expect_facts(&f, LINT_serial);
	buf_init(&tbs, CERTIFICATE_MAX);
	f.serial = SPAN(some, 21);
	assert_int_not_equal(tbs_build(&f, &tbs), OK);
	f.serial = SPAN("\xff\x01\x02\x03\x04\x05\x06\x07\x08", 9);
	assert_int_not_equal(tbs_build(&f, &tbs), OK);
}

static void
refuses_another_issuer_name(void **state)
{
	struct tbs_facts f = test_pki_facts(&pki);

	(void)state;
	f.issuer_name = f.subject;
	expect_facts(&f, LINT_issuer_bytes);
	expect_facts(&f, LINT_issuer_name);
}

/* A name that the builder would not have written, straight into DER. */
static void
expect_subject(const char *country, const char *surname, const char *serial,
    enum lint_rule rule)
{
	AUTO(der_clear) struct der d;
	struct tbs_facts f = test_pki_facts(&pki);
	const struct {
		const char *oid;
		uint8_t tag;
		const char *value;
	} parts[] = {{OID_COUNTRY, DER_PRINTABLE, country},
	    {OID_SURNAME, DER_UTF8, surname},
	    {OID_SERIAL, DER_PRINTABLE, serial},
	    {OID_COMMON_NAME, DER_UTF8, "A"}};

	der_init(&d, 4096);
	der_open(&d, DER_SEQUENCE);
	for (size_t i = 0; i < 4; i++) {
		der_open(&d, DER_SET);
		der_open(&d, DER_SEQUENCE);
		der_put_oid(&d, parts[i].oid);
		der_put_text(&d, parts[i].tag, parts[i].value);
		der_close(&d);
		der_close(&d);
	}
	der_close(&d);
	assert_int_equal(der_done(&d), OK);
	f.subject = span_of_buf(&d.bytes);
	expect_facts(&f, rule);
}

/* N16, N17 */
static void
refuses_names_in_a_wrong_form(void **state)
{
	(void)state;
	expect_subject("fr", "A", "B", LINT_country);
	expect_subject("UK", "A", "B", LINT_country);
	expect_subject("FRA", "A", "B", LINT_country);
	expect_subject("FR", "Le\xcc\x80ve", "B", LINT_normal_form);
	expect_subject("FR", "A\xff", "B", LINT_string_types);
	expect_subject("FR", "A", "B_C", LINT_string_types);
	expect_subject("FR", "", "B", LINT_lengths);
	expect_subject("FR", "A",
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	    LINT_lengths);
}

static void
refuses_keys_that_are_not_accepted(void **state)
{
	AUTO(buf_clear) struct buf key;
	struct tbs_facts f = test_pki_facts(&pki);

	(void)state;
	buf_init(&key, 1024);
	assert_int_equal(buf_add_span(&key, f.public_key), OK);
	key.data[key.size - 1] ^= 1; /* not on the curve any more */
	f.public_key = span_of_buf(&key);
	expect_facts(&f, LINT_public_key);
}

static void
refuses_an_extension_given_twice(void **state)
{
	AUTO(buf_clear) struct buf tbs;

	(void)state;
	buf_init(&tbs, CERTIFICATE_MAX);
	replace_extension(OID_KEY_USAGE,
	    BYTES("\x30\x0e\x06\x03\x55\x1d\x0f\x01\x01\xff\x04\x04\x03\x02"
		  "\x06\x40"
		  "\x30\x0e\x06\x03\x55\x1d\x0f\x01\x01\xff\x04\x04\x03\x02"
		  "\x06\x40"),
	    &tbs);
	expect_finding(span_of_buf(&tbs), LINT_extensions);
}

static void
refuses_another_algorithm_outside_than_inside(void **state)
{
	AUTO(buf_clear) struct buf tbs, der;
	struct signing_key key = pki.issuing.signing;
	struct tbs_facts f = test_pki_facts(&pki);
	struct lint_context context = {.base_url = pki.plan.base_url,
	    .issuer = span_of_buf(&pki.product.issuing)};
	struct lint_report report;

	(void)state;
	buf_init(&tbs, CERTIFICATE_MAX);
	buf_init(&der, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(&f, &tbs), OK);
	key.algorithm = ECDSA_SHA384;
	assert_int_equal(signed_object(span_of_buf(&tbs), &key, &der), OK);
	lint_certificate(span_of_buf(&der), &profile_lcp, &context, &report);
	assert_true(found(&report, LINT_algorithm));
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(accepts_a_good_certificate),
	    cmocka_unit_test(refuses_what_cannot_be_read),
	    cmocka_unit_test(refuses_qualified_statements),
	    cmocka_unit_test(refuses_extensions_of_the_wrong_criticality),
	    cmocka_unit_test(refuses_a_pseudonym_beside_a_name),
	    cmocka_unit_test(
		refuses_other_key_usages_and_authority_over_others),
	    cmocka_unit_test(refuses_policies_that_are_not_the_profiles),
	    cmocka_unit_test(refuses_missing_extensions),
	    cmocka_unit_test(refuses_key_identifiers_of_other_keys),
	    cmocka_unit_test(refuses_addresses_that_are_not_its_own),
	    cmocka_unit_test(refuses_validity_that_is_too_long),
	    cmocka_unit_test(refuses_serials_that_are_zero_short_or_long),
	    cmocka_unit_test(refuses_another_issuer_name),
	    cmocka_unit_test(refuses_names_in_a_wrong_form),
	    cmocka_unit_test(refuses_keys_that_are_not_accepted),
	    cmocka_unit_test(refuses_an_extension_given_twice),
	    cmocka_unit_test(refuses_another_algorithm_outside_than_inside),
	    cmocka_unit_test(a_rule_is_named_with_its_clause),
	};

	return cmocka_run_group_tests_name("lint", tests, set_up, tear_down);
}
