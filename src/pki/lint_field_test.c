/*
 * Fields, keys and times that must not be certified: N11, N13, N14, N15 and
 * their like.
 */
#include "pki/lint_fixture.h"

#include "base/clock.h"
#include "pki/oids.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/rsa.h>
#include <openssl/x509.h>

/* The items of a TBSCertificate, in their order. */
enum item { VERSION, SERIAL, ALGORITHM, ISSUER, VALIDITY, SUBJECT, KEY };

/* A good certificate with one item replaced. */
static void
expect_item(enum item which, struct span replacement, enum lint_rule rule)
{
	AUTO(buf_clear) struct buf tbs;
	AUTO(der_clear) struct der d;
	struct tbs_facts f = test_pki_facts(&lint_pki);
	struct span rest, whole;
	struct der_item item;

	buf_init(&tbs, CERTIFICATE_MAX);
	der_init(&d, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(&f, &tbs), OK);
	whole = span_of_buf(&tbs);
	assert_int_equal(der_take(&whole, DER_SEQUENCE, &rest), OK);
	der_open(&d, DER_SEQUENCE);
	for (unsigned i = 0; rest.size > 0; i++) {
		assert_int_equal(der_next(&rest, &item), OK);
		der_put_raw(&d, i == which ? replacement : item.whole);
	}
	der_close(&d);
	assert_int_equal(der_done(&d), OK);
	expect_finding(&profile_lcp, span_of_buf(&d.bytes), rule);
}

static void
refuses_other_versions_and_unique_ids(void **state)
{
	AUTO(buf_clear) struct buf with_id;
	struct tbs_facts f = test_pki_facts(&lint_pki);

	(void)state;
	expect_item(VERSION, BYTES("\xa0\x03\x02\x01\x01"), LINT_version);
	expect_item(VERSION, BYTES(""), LINT_version);
	buf_init(&with_id, 1024);
	assert_int_equal(buf_add_span(&with_id, f.public_key), OK);
	assert_int_equal(buf_add(&with_id, "\x81\x02\x00\x01", 4), OK);
	expect_item(KEY, span_of_buf(&with_id), LINT_unique_ids);
}

static void
refuses_negative_serials_of_others(void **state)
{
	(void)state;
	expect_item(SERIAL,
	    BYTES("\x02\x09\x81\x01\x01\x01\x01\x01\x01\x01\x01"), LINT_serial);
	expect_item(SERIAL,
	    BYTES("\x02\x15\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01"
		  "\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01"),
	    LINT_serial);
}

static void
refuses_weak_signatures_and_names_foreign_ones(void **state)
{
	(void)state;
	/* sha1WithRSAEncryption; ecdsa-with-SHA1; ecdsa-with-SHA512 */
	expect_item(ALGORITHM,
	    BYTES("\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05"
		  "\x05\x00"),
	    LINT_algorithm_weak);
	expect_item(ALGORITHM,
	    BYTES("\x30\x09\x06\x07\x2a\x86\x48\xce\x3d\x04\x01"),
	    LINT_algorithm_weak);
	expect_item(ALGORITHM,
	    BYTES("\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x04"),
	    LINT_algorithm_accepted);
}

static void
refuses_validity_that_ends_before_it_begins(void **state)
{
	(void)state;
	expect_item(VALIDITY,
	    BYTES("\x30\x1e\x17\x0d"
		  "270101000000Z\x17\x0d"
		  "261231235959Z"),
	    LINT_validity);
	expect_item(VALIDITY,
	    BYTES("\x30\x20\x17\x0d"
		  "270101000000Z\x18\x0f"
		  "20271231235959Z"),
	    LINT_time_form);
}

static void
expect_issuer(const char *organisation, const char *id, const char *again,
    enum lint_rule rule)
{
	AUTO(der_clear) struct der d;
	const struct part parts[] = {{OID_COUNTRY, DER_PRINTABLE, "FR"},
	    {OID_ORGANISATION, DER_UTF8, organisation},
	    {OID_ORGANISATION_ID, DER_UTF8, id},
	    {OID_COMMON_NAME, DER_UTF8, "CA"},
	    {OID_ORGANISATION_ID, DER_UTF8, again ? again : ""}};

	der_init(&d, 1024);
	der_open(&d, DER_SEQUENCE);
	for (size_t i = 0; i < (again ? 5 : 4); i++) {
		der_open(&d, DER_SET);
		der_open(&d, DER_SEQUENCE);
		der_put_oid(&d, parts[i].oid);
		der_put_text(&d, parts[i].tag, parts[i].value);
		der_close(&d);
		der_close(&d);
	}
	der_close(&d);
	assert_int_equal(der_done(&d), OK);
	expect_item(ISSUER, span_of_buf(&d.bytes), rule);
}

static void
refuses_issuers_whose_number_says_nothing(void **state)
{
	(void)state;
	expect_issuer("A", "A", NULL, LINT_issuer_identifier);
	expect_issuer("A", "123456789", NULL, LINT_issuer_identifier);
	expect_issuer("A", "ABCFR-123456789", NULL, LINT_issuer_identifier);
	expect_issuer("A", "NTRXX-123456789", NULL, LINT_issuer_identifier);
	expect_issuer("A", "NTRFR-123456789", "VATFR-1", LINT_issuer_name);
	expect_issuer("TEST A", "NTRFR-123456789", NULL, LINT_test_name);
}

static void
n11_refuses_small_rsa(void **state)
{
	struct test_key key;
	struct tbs_facts f = test_pki_facts(&lint_pki);
	int64_t issued, end;

	(void)state;
	assert_int_equal(clock_parse("2026-12-31T23:59:59Z", &issued), OK);
	assert_int_equal(clock_parse("2028-12-31T23:59:59Z", &end), OK);
	key.key = EVP_RSA_gen(2048);
	uint8_t *der = NULL;
	int size = i2d_PUBKEY(key.key, &der);
	f.public_key = SPAN(der, (size_t)size);
	f.not_before = issued;
	f.not_after = end + SECOND;
	expect_facts(&profile_lcp, &f, LINT_rsa_end);
	f.not_before = issued + SECOND;
	f.not_after = end;
	expect_facts(&profile_lcp, &f, LINT_rsa_end);
	expect_facts(&profile_lcp, &f, LINT_key_kind);

	AUTO(buf_clear) struct buf tbs;
	struct lint_report report;
	buf_init(&tbs, CERTIFICATE_MAX);
	f.not_before = issued;
	assert_int_equal(tbs_build(&f, &tbs), OK);
	lint_it(&profile_lcp, span_of_buf(&tbs), &report);
	assert_false(lint_found(&report, LINT_rsa_end));
	OPENSSL_free(der);
	EVP_PKEY_free(key.key);
}

static void
accepts_p384_and_rsa_subjects_and_not_others(void **state)
{
	static const enum key_kind kinds[] = {KEY_p384, KEY_rsa3072};
	struct tbs_facts f = test_pki_facts_of(&lint_pki, &profile_qcp_n);
	AUTO(buf_clear) struct buf spoilt;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct test_key key;

		test_key_init(kinds[i], &key);
		f.public_key = span_of_buf(&key.public_key);
		expect_clean(&profile_qcp_n, &f);
		test_key_clear(&key);
	}
	f = test_pki_facts(&lint_pki);
	buf_init(&spoilt, 1024);
	assert_int_equal(buf_add_span(&spoilt, f.public_key), OK);
	spoilt.data[spoilt.size - 1] ^= 1; /* not on the curve any more */
	f.public_key = span_of_buf(&spoilt);
	expect_facts(&profile_lcp, &f, LINT_public_key);
}

/* The root is P-384 or RSA-4096; what a person has is too little for it. */
static void
refuses_keys_of_another_kind_than_the_profiles(void **state)
{
	struct lint_report report;
	struct lint_context context = {0};
	struct profile changed = profile_root;

	(void)state;
	changed.keys = KEY_BIT(rsa4096);
	lint_certificate(
	    span_of_buf(&lint_pki.product.root), &changed, &context, &report);
	assert_true(lint_found(&report, LINT_key_kind));
	lint_certificate(span_of_buf(&lint_pki.product.root), &profile_root,
	    &context, &report);
	assert_int_equal(report.count, 0);
}

static void
n13_refuses_validity_beyond_the_issuers(void **state)
{
	struct tbs_facts f = test_pki_facts(&lint_pki);

	(void)state;
	f.not_after = f.not_before + 11 * 365 * DAY;
	expect_facts(&profile_lcp, &f, LINT_validity_within_issuer);
	expect_facts(&profile_lcp, &f, LINT_validity_length);
	f = test_pki_facts(&lint_pki);
	f.not_before -= DAY;
	expect_facts(&profile_lcp, &f, LINT_validity_within_issuer);
}

static bool
used(void *data, struct span serial)
{
	return span_equal(serial, SPAN(data, SERIAL_SIZE));
}

static void
n14_refuses_serials_that_are_used_zero_short_or_long(void **state)
{
	static const uint8_t zero[16], some[21] = {1};
	AUTO(buf_clear) struct buf tbs;
	struct tbs_facts f = test_pki_facts(&lint_pki);
	struct lint_registry registry = {
	    .serial_is_used = used, .data = lint_pki.serial};

	(void)state;
	f.serial = SPAN(zero, 16);
	expect_facts(&profile_lcp, &f, LINT_serial);
	f.serial = SPAN(some, 4);
	expect_facts(&profile_lcp, &f, LINT_serial_random);
	buf_init(&tbs, CERTIFICATE_MAX);
	f.serial = SPAN(some, 21);
	assert_int_not_equal(tbs_build(&f, &tbs), OK);
	f.serial = SPAN("\xff\x01\x02\x03\x04\x05\x06\x07\x08", 9);
	assert_int_not_equal(tbs_build(&f, &tbs), OK);
	f = test_pki_facts(&lint_pki);
	lint_also.registry = &registry;
	expect_facts(&profile_lcp, &f, LINT_serial_unique);
	f.serial = SPAN(some, 16);
	expect_clean(&profile_lcp, &f);
}

static void
n15_refuses_an_assured_validity_of_more_than_a_day(void **state)
{
	struct profile_options o = {.pds_url = "", .short_term = true};
	struct tbs_facts f = test_pki_facts_of(&lint_pki, &profile_qcp_n);

	(void)state;
	f.options = lint_also.options = &o;
	f.not_after = f.not_before + DAY - SECOND;
	expect_clean(&profile_qcp_n, &f);
	f.not_after = f.not_before + DAY; /* 86 401 s, both ends count */
	expect_facts(&profile_qcp_n, &f, LINT_validity_assured);
	lint_also.options = NULL;
	expect_extension(&profile_qcp_n, OID_VALIDITY_ASSURED, false,
	    BYTES("\x05\x00"), LINT_validity_assured); /* with CRLDP */
	expect_extension(&profile_qcp_n, OID_VALIDITY_ASSURED, false,
	    BYTES("\x30\x00"), LINT_validity_assured);
	expect_extension(&profile_qcp_n, OID_NO_REVOCATION, false,
	    BYTES("\x05\x00"), LINT_no_revocation);
}

static void
refuses_another_algorithm_outside_than_inside(void **state)
{
	AUTO(buf_clear) struct buf tbs, der;
	struct signing_key key = lint_pki.issuing.signing;
	struct tbs_facts f = test_pki_facts(&lint_pki);
	struct lint_context context = lint_also;
	struct lint_report report;

	(void)state;
	context.issuer = span_of_buf(&lint_pki.product.issuing);
	buf_init(&tbs, CERTIFICATE_MAX);
	buf_init(&der, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(&f, &tbs), OK);
	key.algorithm = ECDSA_SHA384;
	assert_int_equal(signed_object(span_of_buf(&tbs), &key, &der), OK);
	lint_certificate(span_of_buf(&der), &profile_lcp, &context, &report);
	assert_true(lint_found(&report, LINT_algorithm));
	f.algorithm = RSA_SHA256; /* by a P-256 key */
	expect_facts(&profile_lcp, &f, LINT_algorithm_fits);
}

static void
times_change_their_form_in_2050(void **state)
{
	struct tbs_facts f = test_pki_facts(&lint_pki);
	int64_t border;

	(void)state;
	assert_int_equal(clock_parse("2050-01-01T00:00:00Z", &border), OK);
	f.not_after = border - SECOND;
	expect_facts(&profile_lcp, &f, LINT_validity_length);
	for (int i = 0; i < 2; i++) {
		AUTO(buf_clear) struct buf tbs;
		struct lint_report report;
		struct certificate c;

		buf_init(&tbs, CERTIFICATE_MAX);
		f.not_after = i ? border : border - SECOND;
		assert_int_equal(tbs_build(&f, &tbs), OK);
		lint_it(&profile_lcp, span_of_buf(&tbs), &report);
		assert_false(lint_found(&report, LINT_time_form));
		assert_int_equal(
		    certificate_parse_tbs(span_of_buf(&tbs), &c), OK);
		assert_int_equal(
		    c.not_after_tag, i ? DER_GENERALIZED_TIME : DER_UTC_TIME);
	}
}

static void
refuses_another_issuer_name(void **state)
{
	struct tbs_facts f = test_pki_facts(&lint_pki);

	(void)state;
	f.issuer_name = f.subject;
	expect_facts(&profile_lcp, &f, LINT_issuer_bytes);
	expect_facts(&profile_lcp, &f, LINT_issuer_name);
}

#define TEST(name) cmocka_unit_test_setup(name, lint_reset)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(refuses_other_versions_and_unique_ids),
	    TEST(refuses_negative_serials_of_others),
	    TEST(refuses_weak_signatures_and_names_foreign_ones),
	    TEST(refuses_validity_that_ends_before_it_begins),
	    TEST(refuses_issuers_whose_number_says_nothing),
	    TEST(n11_refuses_small_rsa),
	    TEST(accepts_p384_and_rsa_subjects_and_not_others),
	    TEST(refuses_keys_of_another_kind_than_the_profiles),
	    TEST(n13_refuses_validity_beyond_the_issuers),
	    TEST(n14_refuses_serials_that_are_used_zero_short_or_long),
	    TEST(n15_refuses_an_assured_validity_of_more_than_a_day),
	    TEST(refuses_another_algorithm_outside_than_inside),
	    TEST(times_change_their_form_in_2050),
	    TEST(refuses_another_issuer_name),
	};

	return cmocka_run_group_tests_name(
	    "lint of fields", tests, lint_set_up, lint_tear_down);
}
