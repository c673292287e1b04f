/*
 * What a certificate claims: N1 to N6, N18, and who may claim it at all.
 * Statements are in hex as they stand in the standard's own form.
 */
#include "pki/lint_fixture.h"
#include "pki/semantics.h"

#include "base/codec.h"
#include "pki/oids.h"
#include "pki/subject.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define COMPLIANCE "3008060604008e460101"
#define SSCD "3008060604008e460104"
#define TYPE "3013060604008e4601063009060704008e46010601"
#define PDS "301f060604008e46010530153013160d68747470733a2f2f612e62632f1302656e"
#define SEMANTICS "301506082b06010505070b023009060704008bec490101"

struct hex {
	struct buf bytes;
};

static void
hex_clear(struct hex *h)
{
	buf_clear(&h->bytes);
}

DEFINE_AUTO_CLEAR(hex_clear, struct hex)

/* SEQUENCE { statements }, short or long. */
static void
value_of(const char *statements, struct hex *out)
{
	AUTO(buf_clear) struct buf content;
	AUTO(der_clear) struct der d;

	buf_init(&content, 1024);
	buf_init(&out->bytes, 1024);
	der_init(&d, 1024);
	assert_int_equal(hex_decode(statements, &content), OK);
	der_put(&d, DER_SEQUENCE, span_of_buf(&content));
	assert_int_equal(der_done(&d), OK);
	assert_int_equal(buf_add_span(&out->bytes, span_of_buf(&d.bytes)), OK);
}

/* Statements of others: what we chose does not count. */
static void
expect(const struct profile *p, const char *statements, enum lint_rule rule)
{
	AUTO(hex_clear) struct hex value;

	lint_also.options = NULL;
	lint_also.base_url = NULL;
	value_of(statements, &value);
	expect_extension(
	    p, OID_QC_STATEMENTS, false, span_of_buf(&value.bytes), rule);
}

static void
accept(const struct profile *p, const char *statements, enum lint_rule rule)
{
	AUTO(hex_clear) struct hex value;

	lint_also.options = NULL;
	lint_also.base_url = NULL;
	value_of(statements, &value);
	expect_accepted(
	    p, OID_QC_STATEMENTS, false, span_of_buf(&value.bytes), rule);
}

static void
n1_refuses_qcp_n_with_a_device(void **state)
{
	(void)state;
	expect(&profile_qcp_n, COMPLIANCE SSCD PDS TYPE, LINT_qc_sscd);
	accept(&profile_qcp_n, COMPLIANCE PDS TYPE, LINT_qc_sscd);
	accept(&profile_qcp_n, COMPLIANCE PDS TYPE, LINT_qc_statements);
}

static void
n2_refuses_qcp_n_qscd_without_a_device(void **state)
{
	AUTO(buf_clear) struct buf tbs;
	struct tbs_facts f = test_pki_facts_of(&lint_pki, &profile_qcp_n);
	struct lint_report report;

	(void)state;
	expect(&profile_qcp_n_qscd, COMPLIANCE PDS TYPE, LINT_qc_sscd);
	accept(&profile_qcp_n_qscd, COMPLIANCE SSCD PDS TYPE, LINT_qc_sscd);
	expect(&profile_qcp_n_qscd,
	    COMPLIANCE "300a060604008e4601040500" PDS TYPE, LINT_qc_sscd);

	/* a QCP-n certificate taken for the other has two errors, no more */
	lint_reset(state);
	buf_init(&tbs, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(&f, &tbs), OK);
	lint_it(&profile_qcp_n_qscd, span_of_buf(&tbs), &report);
	assert_true(lint_found(&report, LINT_qc_sscd));
	assert_true(lint_found(&report, LINT_policies_type));
	assert_int_equal(lint_count(&report, WEIGHT_error), 2);
}

static void
n3_refuses_qualified_claims_of_lcp(void **state)
{
	(void)state;
	expect(&profile_lcp, COMPLIANCE, LINT_qc_compliance);
	expect(&profile_lcp, SSCD, LINT_qc_sscd);
	expect(&profile_lcp, COMPLIANCE TYPE, LINT_qc_statements);
	accept(&profile_lcp, SEMANTICS, LINT_qc_statements);
	expect(&profile_qcp_n, PDS TYPE, LINT_qc_compliance);
	expect(&profile_qcp_n, "300a060604008e4601010500" PDS TYPE,
	    LINT_qc_compliance);
	expect_replaced(
	    &profile_qcp_n, OID_QC_STATEMENTS, SPAN(NULL, 0), LINT_qc_absent);
}

static void
n4_refuses_a_legislation_of_elsewhere(void **state)
{
	(void)state;
	expect(&profile_qcp_n,
	    COMPLIANCE PDS TYPE "300e060604008e460107300413024652",
	    LINT_qc_legislation);
	expect(&profile_qcp_n_qscd,
	    COMPLIANCE SSCD PDS TYPE "300e060604008e460109300413025553",
	    LINT_qc_legislation);
}

static void
n5_refuses_a_statement_twice_and_types_that_are_not_one(void **state)
{
	const struct profile *p = &profile_qcp_n;

	(void)state;
	expect(p, COMPLIANCE COMPLIANCE PDS TYPE, LINT_qc_once);
	expect(p, COMPLIANCE PDS TYPE TYPE, LINT_qc_once);
	/* esign and eseal; none; eseal; no information; OID as a statement */
	expect(p,
	    COMPLIANCE PDS "301c060604008e4601063012060704008e46010601"
			   "060704008e46010602",
	    LINT_qc_type);
	expect(p, COMPLIANCE PDS "300a060604008e4601063000", LINT_qc_type);
	expect(p, COMPLIANCE PDS "3013060604008e4601063009060704008e46010602",
	    LINT_qc_type);
	expect(p, COMPLIANCE PDS "3008060604008e460106", LINT_qc_type);
	expect(p, COMPLIANCE PDS "3009060704008e46010601", LINT_qc_structure);
	expect(p, COMPLIANCE PDS, LINT_qc_type);
	expect(p, "", LINT_qc_structure);
	expect(p, "0500", LINT_qc_structure);
}

/* QcPDS with one location: its address and language. */
static void
expect_pds(const char *const *pairs, size_t count)
{
	AUTO(der_clear) struct der d;

	lint_also.options = NULL;
	lint_also.base_url = NULL;
	der_init(&d, 1024);
	der_open(&d, DER_SEQUENCE);
	der_open(&d, DER_SEQUENCE);
	der_put_oid(&d, "0.4.0.1862.1.5");
	der_open(&d, DER_SEQUENCE);
	for (size_t i = 0; i < count; i += 2) {
		der_open(&d, DER_SEQUENCE);
		der_put_text(&d, DER_IA5, pairs[i]);
		der_put_text(&d, DER_PRINTABLE, pairs[i + 1]);
		der_close(&d);
	}
	der_close(&d);
	der_close(&d);
	der_close(&d);
	assert_int_equal(der_done(&d), OK);
	expect_extension(&profile_qcp_n, OID_QC_STATEMENTS, false,
	    span_of_buf(&d.bytes), LINT_qc_pds);
}

static void
n6_refuses_disclosure_statements_without_english_or_https(void **state)
{
	static const char *const http[] = {"http://example.com/en", "en"};
	static const char *const french[] = {"https://example.com/fr", "fr"};
	static const char *const upper[] = {"https://example.com/en", "EN"};
	static const char *const twice[] = {"https://example.com/en", "en",
	    "https://example.com/fr", "fr", "https://example.com/f", "fr"};
	static const char *const unknown[] = {
	    "https://example.com/en", "en", "https://example.com/xx", "xx"};

	(void)state;
	expect_pds(http, 2);
	expect_pds(french, 2);
	expect_pds(upper, 2);
	expect_pds(twice, 6);
	expect_pds(unknown, 4);
	expect_pds(http, 0);
	expect(&profile_qcp_n, COMPLIANCE TYPE, LINT_qc_pds);
	accept(&profile_qcp_n, COMPLIANCE PDS TYPE, LINT_qc_pds);
}

static void
n18_refuses_a_retention_that_is_not_positive(void **state)
{
	const struct profile *p = &profile_qcp_n;

	(void)state;
	expect(p, COMPLIANCE PDS TYPE "300b060604008e460103020100",
	    LINT_qc_retention);
	expect(p, COMPLIANCE PDS TYPE "300b060604008e4601030201ff",
	    LINT_qc_retention);
	expect(
	    p, COMPLIANCE PDS TYPE "3008060604008e460103", LINT_qc_retention);
	accept(p, COMPLIANCE PDS TYPE "300b060604008e460103020107",
	    LINT_qc_retention);
}

static void
holds_limits_methods_and_semantics_to_their_forms(void **state)
{
	const struct profile *p = &profile_qcp_n;

	(void)state;
	/* EUR 10000; eur; -1; 978 */
	accept(p, "3016060604008e460102300c130345555202022710020100",
	    LINT_qc_limit);
	expect(p, "3016060604008e460102300c130365757202022710020100",
	    LINT_qc_limit);
	expect(
	    p, "3015060604008e460102300b13034555520201ff020100", LINT_qc_limit);
	expect(p, "3015060604008e460102300b020203d202022710020100",
	    LINT_qc_currency);
	/* methods .8.3 and .8.9 */
	accept(p, "3013060604008e4601083009060704008e46010803",
	    LINT_qc_ident_method);
	expect(p, "3013060604008e4601083009060704008e46010809",
	    LINT_qc_ident_method);
	/* legal persons' semantics; nothing said; the old syntax */
	expect(p, "301506082b06010505070b023009060704008bec490102",
	    LINT_qc_semantics);
	expect(p, "300c06082b06010505070b023000", LINT_qc_semantics);
	expect(p, "300a06082b06010505070b01", LINT_qc_old_syntax);
	expect(p,
	    COMPLIANCE "3005060329010"
		       "1" PDS TYPE,
	    LINT_qc_statements);
}

static void
expect_serial(const char *serial, enum lint_rule rule, bool found)
{
	AUTO(buf_clear) struct buf name, tbs;
	struct profile_options o = {.pds_url = "", .document_serial = true};
	struct subject s = {.country = "FR",
	    .surname = "Roe",
	    .serial = serial,
	    .common_name = "Roe"};
	struct tbs_facts f = test_pki_facts_of(&lint_pki, &profile_qcp_n);
	struct lint_report report;

	buf_init(&name, SUBJECT_MAX);
	buf_init(&tbs, CERTIFICATE_MAX);
	assert_int_equal(subject_build_person(&s, &name), OK);
	f.subject = span_of_buf(&name);
	f.options = lint_also.options = &o;
	assert_int_equal(tbs_build(&f, &tbs), OK);
	lint_it(&profile_qcp_n, span_of_buf(&tbs), &report);
	if (lint_found(&report, rule) != found)
		fail_msg("%s", serial);
}

static void
a_declared_serial_is_of_its_form(void **state)
{
	static const char *const good[] = {"PASSK-P3000180",
	    "IDCBE-590082394654", "PNOSE-197001011234", "TINGR-123456789",
	    "IDCFR-X4RTBPFW4", "PASEU-1", "PASUN-1", "TINEL-123456789",
	    "EIDDE-AB12", "PASXG-1", "TAXFR-1"};
	static const char *const wrong[] = {"PASfr-1", "PAS-FR-1", "PASFRA-1",
	    "PASFR1", "PASFR-", "ABCFR-1", "PASXX-1", "PASXK-1", "PASEL-1",
	    "EI:SE-200007292386", "8RKQ2M7W4T"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		expect_serial(good[i], LINT_serial_semantics, false);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		expect_serial(wrong[i], LINT_serial_semantics, true);
	expect_serial("EI:SE-200007292386", LINT_serial_national, true);
	expect_serial("PASSK-P3000180", LINT_serial_national, false);
	expect_serial("TAXFR-1", LINT_serial_deprecated, true);
	expect_serial("TINFR-1", LINT_serial_deprecated, false);
}

/* CC/CC/id; never ours, but other people's are judged. */
static void
the_form_of_eidas_is_known(void **state)
{
	static const char *const wrong[] = {"", "ES/AT/", "es/AT/1", "ES-AT-1",
	    "ES/XX/1", "PASSK-P3000180", "ES/AT"};

	(void)state;
	assert_int_equal(
	    semantics_eidas_check(span_of_text("ES/AT/02635542Y")), OK);
	assert_int_equal(semantics_eidas_check(span_of_text("EL/DE/1")), OK);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(semantics_eidas_check(span_of_text(wrong[i])),
		    ERR_INVALID);
	err_clear();
}

/* a TEST root may issue everything, others what was granted. */
static void
qualified_is_said_only_by_those_who_are(void **state)
{
	struct trust t = {.qscd = ""};
	struct tbs_facts f = test_pki_facts_of(&lint_pki, &profile_qcp_n_qscd);

	(void)state;
	lint_also.trust = &t;
	expect_facts(&profile_qcp_n_qscd, &f, LINT_trust);
	t.qualified = true;
	expect_facts(&profile_qcp_n_qscd, &f, LINT_trust);
	t.qscd = "Device 1, certified";
	expect_clean(&profile_qcp_n_qscd, &f);
	t = (struct trust){.test = true};
	expect_clean(&profile_qcp_n_qscd, &f);
	t = (struct trust){0};
	f = test_pki_facts(&lint_pki);
	expect_clean(&profile_lcp, &f);
}

static void
statements_are_those_that_were_chosen(void **state)
{
	struct profile_options o = {.pds_url = "",
	    .retention_years = 10,
	    .ident_method = QC_IDENT_ARC "3"};
	struct tbs_facts f = test_pki_facts_of(&lint_pki, &profile_qcp_n);

	(void)state;
	f.options = &o;
	expect_facts(&profile_qcp_n, &f, LINT_qc_retention);
	expect_facts(&profile_qcp_n, &f, LINT_qc_statements);
	lint_also.options = &o;
	expect_clean(&profile_qcp_n, &f);
	f.options = &profile_defaults;
	expect_facts(&profile_qcp_n, &f, LINT_qc_statements);
}

#define TEST(name) cmocka_unit_test_setup(name, lint_reset)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(n1_refuses_qcp_n_with_a_device),
	    TEST(n2_refuses_qcp_n_qscd_without_a_device),
	    TEST(n3_refuses_qualified_claims_of_lcp),
	    TEST(n4_refuses_a_legislation_of_elsewhere),
	    TEST(n5_refuses_a_statement_twice_and_types_that_are_not_one),
	    TEST(n6_refuses_disclosure_statements_without_english_or_https),
	    TEST(n18_refuses_a_retention_that_is_not_positive),
	    TEST(holds_limits_methods_and_semantics_to_their_forms),
	    TEST(a_declared_serial_is_of_its_form),
	    TEST(the_form_of_eidas_is_known),
	    TEST(qualified_is_said_only_by_those_who_are),
	    TEST(statements_are_those_that_were_chosen),
	};

	return cmocka_run_group_tests_name(
	    "lint of statements", tests, lint_set_up, lint_tear_down);
}
