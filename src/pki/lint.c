/*
 * Holding the rules one after the other.
 */
#include "pki/lint_rules.h"

#include "base/enum.h"
#include "pki/oids.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
	const char *name, *clause, *kinds, *text;
	void (*run)(struct lint *l);
} rules[LINT_RULE_COUNT] = {
#define RULE(name, clause, kinds, text)                                        \
	{#name, clause, kinds, text, rule_##name},
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
	if (report->count == 0)
		return OK;
	const struct lint_finding *f = &report->findings[0];
	return FAIL(ERR_INTERNAL, "lint: %s [%s]%s%s", rules[f->rule].name,
	    rules[f->rule].clause, f->detail[0] ? ": " : "", f->detail);
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

/* An authority is a root when it names itself as its issuer. */
const struct profile *
lint_guess(const struct certificate *c)
{
	static const uint8_t is_ca[] = {0x30, 0x03, 0x01, 0x01, 0xff};
	const struct extension *constraints =
	    certificate_extension(c, OID_BASIC_CONSTRAINTS);

	if (span_equal(c->issuer.der, c->subject.der))
		return profile_find("root");
	if (constraints && constraints->value.size >= 5 &&
	    memcmp(constraints->value.data + 2, is_ca + 2, 3) == 0)
		return profile_find("issuing_l");
	if (certificate_extension(c, OID_OCSP_NO_CHECK))
		return profile_find("ocsp");
	return profile_find("lcp");
}
