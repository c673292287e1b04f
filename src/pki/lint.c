/*
 * Holding the rules one after the other.
 */
#include "pki/lint_rules.h"

#include "base/enum.h"
#include "pki/oids.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
	const char *name;
	enum lint_weight weight;
	const char *clause, *kinds, *text;
	void (*run)(struct lint *l);
} rules[LINT_RULE_COUNT] = {
#define RULE(name, weight, clause, kinds, text)                                \
	{#name, WEIGHT_##weight, clause, kinds, text, rule_##name},
#include "pki/lints.def"
#undef RULE
};

void
lint_object(struct lint *l, const char *format, ...)
{
	struct lint_report *report = l->report;
	va_list args;

	if (report->count == LINT_FINDINGS_MAX)
		return;
	struct lint_finding *f = &report->findings[report->count++];
	f->rule = l->rule;
	va_start(args, format);
	vsnprintf(f->detail, sizeof(f->detail), format, args);
	va_end(args);
}

void
lint_object_if(struct lint *l, enum err result)
{
	if (result == OK)
		return;
	lint_object(l, "%s", err_explanation());
	err_clear();
}

struct span
lint_value(const struct lint *l, const char *oid)
{
	const struct extension *e = certificate_extension(&l->certificate, oid);

	return e ? e->value : SPAN(NULL, 0);
}

/* The parser's verdict is given before the rules run. */
void
rule_structure(struct lint *l)
{
	(void)l;
}

static char
kind_letter(enum profile_kind kind)
{
	switch (kind) {
	case KIND_root:
		return 'r';
	case KIND_issuing:
		return 'i';
	case KIND_responder:
		return 'o';
	case KIND_seal:
		return 's';
	case KIND_person:
		break;
	}
	return 'p';
}

static void
hold_rules(struct lint *l)
{
	char letter = kind_letter(l->profile->kind);

	for (unsigned i = 0; i < LINT_RULE_COUNT; i++) {
		l->rule = (enum lint_rule)i;
		if (strchr(rules[i].kinds, letter))
			rules[i].run(l);
	}
}

/* What several rules look at. */
static void
prepare(struct lint *l)
{
	struct span statements = lint_value(l, OID_QC_STATEMENTS);

	l->short_term =
	    certificate_extension(&l->certificate, OID_VALIDITY_ASSURED);
	l->qc_known = statements.size > 0 && qc_parse(statements, &l->qc) == OK;
	err_clear();
}

static RESULT
parse_issuer(struct lint *l)
{
	struct span issuer = l->context->issuer;

	if (l->profile->kind == KIND_root) {
		l->issuer = l->certificate;
		l->issuer_known = true;
		return OK;
	}
	if (issuer.size == 0)
		return OK;
	TRY(certificate_parse(issuer, &l->issuer));
	l->issuer_known = true;
	return OK;
}

static void
lint(struct span der, RESULT (*parse)(struct span, struct certificate *),
    const struct profile *profile, const struct lint_context *context,
    struct lint_report *out)
{
	struct lint l = {.profile = profile, .context = context, .report = out};

	out->count = 0;
	if (der.size > CERTIFICATE_MAX) {
		lint_object(&l, "%zu octets", der.size);
		return;
	}
	if (parse(der, &l.certificate) != OK || parse_issuer(&l) != OK) {
		lint_object(&l, "%s", err_explanation());
		err_clear();
		return;
	}
	prepare(&l);
	hold_rules(&l);
}

void
lint_certificate(struct span der, const struct profile *profile,
    const struct lint_context *context, struct lint_report *out)
{
	lint(der, certificate_parse, profile, context, out);
}

void
lint_tbs(struct span der, const struct profile *profile,
    const struct lint_context *context, struct lint_report *out)
{
	lint(der, certificate_parse_tbs, profile, context, out);
}

RESULT
lint_refuse(const struct lint_report *report)
{
	/* what did not fit may have been worse than what did */
	if (report->count == LINT_FINDINGS_MAX)
		return FAIL(ERR_INTERNAL, "lint: too many findings");
	for (size_t i = 0; i < report->count; i++) {
		const struct lint_finding *f = &report->findings[i];

		if (rules[f->rule].weight != WEIGHT_notice)
			return FAIL(ERR_INTERNAL, "lint: %s [%s]%s%s",
			    rules[f->rule].name, rules[f->rule].clause,
			    f->detail[0] ? ": " : "", f->detail);
	}
	return OK;
}

size_t
lint_count(const struct lint_report *report, enum lint_weight weight)
{
	size_t count = 0;

	for (size_t i = 0; i < report->count; i++)
		count += rules[report->findings[i].rule].weight == weight;
	return count;
}

RESULT
lint_rule_format(
    enum lint_rule rule, const struct profile *profile, struct buf *out)
{
	return buf_add_format(out, "%s.%s [%s]", profile->name,
	    rules[rule].name, rules[rule].clause);
}

const char *
lint_rule_text(enum lint_rule rule)
{
	return rules[rule].text;
}

const char *
lint_rule_name(enum lint_rule rule)
{
	return rules[rule].name;
}

const char *
lint_rule_clause(enum lint_rule rule)
{
	return rules[rule].clause;
}

enum lint_weight
lint_rule_weight(enum lint_rule rule)
{
	return rules[rule].weight;
}

const char *
lint_weight_name(enum lint_weight weight)
{
	static const char *const names[] = {
	    "error", "warning", "profile", "notice"};

	return names[weight];
}

static bool
is_authority(const struct certificate *c)
{
	static const uint8_t ca_true[] = {0x01, 0x01, 0xff};
	const struct extension *constraints =
	    certificate_extension(c, OID_BASIC_CONSTRAINTS);

	return constraints && constraints->value.size >= 5 &&
	       memcmp(constraints->value.data + 2, ca_true, 3) == 0;
}

static bool
has_policy(const struct certificate *c, const char *wanted)
{
	const struct extension *e = certificate_extension(c, OID_POLICIES);
	struct span list, policy, oid, value = e ? e->value : SPAN(NULL, 0);
	bool found = false;

	if (der_take(&value, DER_SEQUENCE, &list) == OK)
		while (!found && list.size > 0 &&
		       der_take(&list, DER_SEQUENCE, &policy) == OK &&
		       der_take(&policy, DER_OID, &oid) == OK)
			found = der_oid_is(oid, wanted);
	err_clear();
	return found;
}

/* Q and L differ in their names alone: "Issuing CA Q G1". */
static const struct profile *
guess_authority(const struct certificate *c)
{
	const struct attribute *cn =
	    name_attribute(&c->subject, OID_COMMON_NAME);

	if (cn && memmem(cn->value.data, cn->value.size, " Q ", 3))
		return &profile_issuing_q;
	return &profile_issuing_l;
}

/* A person who was made an authority is held to what a person may be. */
static bool
is_named_person(const struct certificate *c)
{
	return name_attribute(&c->subject, OID_SURNAME) ||
	       name_attribute(&c->subject, OID_GIVEN_NAME) ||
	       name_attribute(&c->subject, OID_PSEUDONYM);
}

/* By policy first: it is what the certificate says of itself. One without a
 * policy that claims a device or compliance is held to what it claims. */
static const struct profile *
guess_person(const struct certificate *c)
{
	const struct extension *e = certificate_extension(c, OID_QC_STATEMENTS);
	struct qc qc = {0};

	if (has_policy(c, OID_POLICY_QCP_N_QSCD))
		return &profile_qcp_n_qscd;
	if (has_policy(c, OID_POLICY_QCP_N))
		return &profile_qcp_n;
	if (has_policy(c, OID_POLICY_LCP))
		return &profile_lcp;
	if (e && qc_parse(e->value, &qc) != OK)
		err_clear();
	if (qc.present & QC_BIT(sscd))
		return &profile_qcp_n_qscd;
	return qc.present & QC_BIT(compliance) ? &profile_qcp_n : &profile_lcp;
}

/* An organisation's, for a day. */
static bool
is_seal(const struct certificate *c)
{
	return certificate_extension(c, OID_VALIDITY_ASSURED) &&
	       !is_named_person(c) &&
	       name_attribute(&c->subject, OID_ORGANISATION);
}

const struct profile *
lint_guess(const struct certificate *c)
{
	if (span_equal(c->issuer.der, c->subject.der))
		return &profile_root;
	if (is_authority(c) && !is_named_person(c))
		return guess_authority(c);
	if (certificate_extension(c, OID_OCSP_NO_CHECK))
		return &profile_ocsp;
	if (is_seal(c))
		return &profile_dossier;
	return guess_person(c);
}
