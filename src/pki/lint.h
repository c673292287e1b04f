/*
 * Lint: a certificate parsed back and held against its profile rule by rule,
 * before anything of it leaves the signer. A rule's name carries its clause.
 *
 * This is the gate: linters outside miss some of what is forbidden (see the
 * tests N1 to N18), and they see a certificate only when it exists.
 *
 * For certificates of others the weights tell what a standard forbids from
 * what only our own profiles do not have.
 */
#pragma once

#include "base/digest.h"
#include "pki/certificate.h"
#include "pki/profile.h"

#define LINT_FINDINGS_MAX 48
#define LINT_TEXT_SIZE 96

enum lint_rule {
#define RULE(name, weight, clause, kinds, text) LINT_##name,
#include "pki/lints.def"
#undef RULE
	LINT_RULE_COUNT
};

enum lint_weight {
	WEIGHT_error,
	WEIGHT_warning,
	WEIGHT_profile,
	WEIGHT_notice
};

/*
 * What was issued before, asked by whoever keeps it. A function that is NULL
 * is not asked. Names and keys may be had again by the same person.
 */
struct lint_registry {
	bool (*another_has_name)(void *data, const struct digest *name);
	bool (*another_has_key)(void *data, const struct digest *key);
	bool (*serial_is_used)(void *data, struct span serial);
	void *data;
};

/* What is known beside the certificate; zeroes where it is not. */
struct lint_context {
	const char *base_url;	/* NULL: addresses are not compared */
	const char *own_policy; /* NULL or "": none expected */
	struct span issuer;	/* the issuer's certificate; size 0: unknown */
	/* its name in addresses; NULL: any generation of the profile's */
	const char *issuer_file;
	/* NULL: whatever the profile permits */
	const struct profile_options *options;
	/* NULL: who may claim what is not held */
	const struct trust *trust;
	const struct lint_registry *registry;
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

/* ERR_INTERNAL naming the first finding; OK when there are only notices. */
RESULT lint_refuse(const struct lint_report *report);

/* How many findings there are of this weight. */
size_t lint_count(const struct lint_report *report, enum lint_weight weight);

/* "lcp.key_usage [EN 319 412-2 4.3.2]". */
RESULT lint_rule_format(
    enum lint_rule rule, const struct profile *profile, struct buf *out);
const char *lint_rule_text(enum lint_rule rule);
const char *lint_rule_name(enum lint_rule rule);
const char *lint_rule_clause(enum lint_rule rule);
enum lint_weight lint_rule_weight(enum lint_rule rule);
const char *lint_weight_name(enum lint_weight weight);

/* The profile a certificate seems to be of, by its contents; never NULL. */
const struct profile *lint_guess(const struct certificate *c);
