/*
 * Lint: a certificate parsed back and held against its profile rule by rule,
 * before anything of it leaves the signer. A rule's name carries its clause.
 *
 * This is the gate: linters outside miss some of what is forbidden (see the
 * tests N1 to N18), and they see a certificate only when it exists.
 */
#pragma once

#include "pki/certificate.h"
#include "pki/profile.h"

#define LINT_FINDINGS_MAX 32
#define LINT_TEXT_SIZE 96

enum lint_rule {
#define RULE(name, clause, kinds, text) LINT_##name,
#include "pki/lints.def"
#undef RULE
	LINT_RULE_COUNT
};

/* What is known beside the certificate; zeroes where it is not. */
struct lint_context {
	const char *base_url;	/* NULL: addresses are not compared */
	const char *own_policy; /* NULL or "": none expected */
	struct span issuer;	/* the issuer's certificate; size 0: unknown */
};

struct lint_finding {
	enum lint_rule rule;
	char detail[LINT_TEXT_SIZE]; /* "" or what was found */
};

struct lint_report {
	struct lint_finding findings[LINT_FINDINGS_MAX];
	size_t count;
};

/* A whole certificate, or (lone) its to-be-signed part. */
void lint_certificate(struct span der, const struct profile *profile,
    const struct lint_context *context, struct lint_report *out);
void lint_tbs(struct span der, const struct profile *profile,
    const struct lint_context *context, struct lint_report *out);

/* ERR_INTERNAL naming the first finding; OK when there is none. */
RESULT lint_refuse(const struct lint_report *report);

/* "lcp.key_usage [EN 319 412-2 4.3.2]"; borrowed. */
RESULT lint_rule_format(
    enum lint_rule rule, const struct profile *profile, struct buf *out);
const char *lint_rule_text(enum lint_rule rule);

/* The profile a certificate seems to be of, by its contents; or NULL. */
const struct profile *lint_guess(const struct certificate *c);
