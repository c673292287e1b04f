/*
 * The rules' side of lint: what each function sees, and how it objects.
 */
#pragma once

#include "pki/lint.h"

struct lint {
	const struct profile *profile;
	const struct lint_context *context;
	struct certificate certificate;
	struct certificate issuer; /* valid when issuer_known */
	bool issuer_known;
	struct qc qc; /* its statements, when qc_known */
	bool qc_known;
	bool short_term; /* says that its validity is assured */
	struct lint_report *report;
	enum lint_rule rule; /* the one being held */
};

/* Notes a finding for the rule being held. */
void lint_object(struct lint *l, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Notes the explanation of a failure; nothing when there is none. */
void lint_object_if(struct lint *l, enum err result);

/* An address of this scheme ("http://") with a host, of the characters of
 * RFC 3986, without a user. lint_access.c */
bool lint_is_address(struct span url, const char *scheme);

/* The value of an extension of this certificate; size 0: absent. */
struct span lint_value(const struct lint *l, const char *oid);

#define RULE(name, weight, clause, kinds, text)                                \
	void rule_##name(struct lint *l);
#include "pki/lints.def"
#undef RULE
