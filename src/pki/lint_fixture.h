/*
 * For tests of lint: good certificates, broken in one place.
 */
#pragma once

#include "pki/lint.h"
#include "pki/test_key.h"

#define BYTES(text) SPAN(text, sizeof(text) - 1)

extern struct test_pki lint_pki;
/* What the certificates are held to beside their profile; tests change it,
 * lint_set_up puts it back. */
extern struct lint_context lint_also;

int lint_set_up(void **state);
int lint_tear_down(void **state);
/* Before each test. */
int lint_reset(void **state);

/* Lints a TBS against a profile with what is known about it. */
void lint_it(
    const struct profile *held, struct span tbs, struct lint_report *report);
bool lint_found(const struct lint_report *r, enum lint_rule rule);

/* Each fails the test when the finding is not there, or there are others
 * than notices where none should be. */
void expect_finding(
    const struct profile *held, struct span tbs, enum lint_rule rule);
void expect_facts(
    const struct profile *held, const struct tbs_facts *f, enum lint_rule rule);
void expect_clean(const struct profile *held, const struct tbs_facts *f);

/* The good facts of a profile, written under one that was tampered with. */
void expect_profile(const struct profile *held, const struct profile *changed,
    enum lint_rule rule);

/* A good certificate with an extension put in the place of one, or added. */
void expect_extension(const struct profile *held, const char *oid,
    bool critical, struct span value, enum lint_rule rule);
/* The same with what stands in the list of extensions given whole. */
void expect_replaced(const struct profile *held, const char *oid,
    struct span replacement, enum lint_rule rule);
/* No finding by this rule (others there may be). */
void expect_accepted(const struct profile *held, const char *oid, bool critical,
    struct span value, enum lint_rule rule);

/* A subject that the builder would not write: attributes in any order. */
struct part {
	const char *oid;
	uint8_t tag;
	const char *value;
};

void expect_subject(const struct profile *held, const struct part *parts,
    size_t count, enum lint_rule rule);
