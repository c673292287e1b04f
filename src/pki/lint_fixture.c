/*
 * Good certificates, broken in one place.
 */
#include "pki/lint_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

struct test_pki lint_pki;
struct lint_context lint_also;

static const struct trust trust = {.test = true};

int
lint_reset(void **state)
{
	(void)state;
	lint_also = (struct lint_context){
	    .base_url = lint_pki.plan.base_url,
	    .options = &profile_defaults,
	    .trust = &trust,
	};
	return 0;
}

int
lint_set_up(void **state)
{
	test_pki_init(&lint_pki);
	return lint_reset(state);
}

int
lint_tear_down(void **state)
{
	(void)state;
	test_pki_clear(&lint_pki);
	return 0;
}

void
lint_it(const struct profile *held, struct span tbs, struct lint_report *report)
{
	struct lint_context context = lint_also;

	context.issuer = test_pki_issuer_certificate(&lint_pki, held);
	lint_tbs(tbs, held, &context, report);
}

bool
lint_found(const struct lint_report *r, enum lint_rule rule)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->findings[i].rule == rule)
			return true;
	return false;
}

void
expect_finding(const struct profile *held, struct span tbs, enum lint_rule rule)
{
	struct lint_report report;

	lint_it(held, tbs, &report);
	if (!lint_found(&report, rule))
		fail_msg("no finding of %s among %zu", lint_rule_name(rule),
		    report.count);
	if (lint_rule_weight(rule) != WEIGHT_notice)
		assert_int_equal(lint_refuse(&report), ERR_INTERNAL);
}

void
expect_facts(
    const struct profile *held, const struct tbs_facts *f, enum lint_rule rule)
{
	AUTO(buf_clear) struct buf tbs;

	buf_init(&tbs, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(f, &tbs), OK);
	expect_finding(held, span_of_buf(&tbs), rule);
}

void
expect_clean(const struct profile *held, const struct tbs_facts *f)
{
	AUTO(buf_clear) struct buf tbs;
	struct lint_report report;

	buf_init(&tbs, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(f, &tbs), OK);
	lint_it(held, span_of_buf(&tbs), &report);
	if (lint_refuse(&report) != OK)
		fail_msg("%s: %s", held->name, err_explanation());
}

void
expect_profile(const struct profile *held, const struct profile *changed,
    enum lint_rule rule)
{
	struct tbs_facts f = test_pki_facts_of(&lint_pki, held);

	f.profile = changed;
	expect_facts(held, &f, rule);
}

/* Copies the extensions but those of one kind, and adds the replacement. */
static void
copy_extensions(
    struct der *d, struct span list, const char *oid, struct span replacement)
{
	struct der_item one;

	der_open(d, DER_CONTEXT_OF(3));
	der_open(d, DER_SEQUENCE);
	while (list.size > 0) {
		struct span content, id;

		assert_int_equal(der_next(&list, &one), OK);
		content = one.content;
		assert_int_equal(der_take(&content, DER_OID, &id), OK);
		if (!der_oid_is(id, oid))
			der_put_raw(d, one.whole);
	}
	der_put_raw(d, replacement);
	der_close(d);
	der_close(d);
}

static void
replace_extension(const struct profile *held, const char *oid,
    struct span replacement, struct buf *out)
{
	AUTO(buf_clear) struct buf tbs;
	AUTO(der_clear) struct der d;
	struct tbs_facts f = test_pki_facts_of(&lint_pki, held);
	struct span rest, list, whole;
	struct der_item item;

	buf_init(&tbs, CERTIFICATE_MAX);
	der_init(&d, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(&f, &tbs), OK);
	whole = span_of_buf(&tbs);
	assert_int_equal(der_take(&whole, DER_SEQUENCE, &rest), OK);
	der_open(&d, DER_SEQUENCE);
	do {
		assert_int_equal(der_next(&rest, &item), OK);
		if (item.tag != DER_CONTEXT_OF(3))
			der_put_raw(&d, item.whole);
	} while (rest.size > 0);
	assert_int_equal(der_take(&item.content, DER_SEQUENCE, &list), OK);
	copy_extensions(&d, list, oid, replacement);
	der_close(&d);
	assert_int_equal(der_done(&d), OK);
	assert_int_equal(buf_add_span(out, span_of_buf(&d.bytes)), OK);
}

void
expect_replaced(const struct profile *held, const char *oid,
    struct span replacement, enum lint_rule rule)
{
	AUTO(buf_clear) struct buf tbs;

	buf_init(&tbs, CERTIFICATE_MAX);
	replace_extension(held, oid, replacement, &tbs);
	expect_finding(held, span_of_buf(&tbs), rule);
}

static void
extension_der(const char *oid, bool critical, struct span value, struct der *d)
{
	der_init(d, 2048);
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, oid);
	if (critical)
		der_put_bool(d, true);
	der_put(d, DER_OCTETS, value);
	der_close(d);
	assert_int_equal(der_done(d), OK);
}

void
expect_extension(const struct profile *held, const char *oid, bool critical,
    struct span value, enum lint_rule rule)
{
	AUTO(der_clear) struct der d;

	extension_der(oid, critical, value, &d);
	expect_replaced(held, oid, span_of_buf(&d.bytes), rule);
}

void
expect_accepted(const struct profile *held, const char *oid, bool critical,
    struct span value, enum lint_rule rule)
{
	AUTO(der_clear) struct der d;
	AUTO(buf_clear) struct buf tbs;
	struct lint_report report;

	buf_init(&tbs, CERTIFICATE_MAX);
	extension_der(oid, critical, value, &d);
	replace_extension(held, oid, span_of_buf(&d.bytes), &tbs);
	lint_it(held, span_of_buf(&tbs), &report);
	if (lint_found(&report, rule))
		fail_msg("a finding of %s", lint_rule_name(rule));
}

void
expect_subject(const struct profile *held, const struct part *parts,
    size_t count, enum lint_rule rule)
{
	AUTO(der_clear) struct der d;
	struct tbs_facts f = test_pki_facts_of(&lint_pki, held);

	der_init(&d, 8192);
	der_open(&d, DER_SEQUENCE);
	for (size_t i = 0; i < count; i++) {
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
	expect_facts(held, &f, rule);
}
