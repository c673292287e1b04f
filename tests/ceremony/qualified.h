/*
 * An instance with three operators who may approve, and one who may not, and
 * its signer; for the tests of qualified certificates.
 */
#pragma once

#include "instance.h"

#define ONE "mem_11111111111111111111111111"
#define TWO "mem_22222222222222222222222222"
#define GONE "mem_33333333333333333333333333"

extern struct instance here;
extern struct signer signer;
extern struct test_authenticator one, two, gone, stranger;
extern struct issue_result result; /* of the last order */

int qualified_set_up(void **state);
int qualified_tear_down(void **state);

void must(enum err code);
void open_signer(void);
void order_of(unsigned number, const char *profile, struct order *o);
void approve(struct order *o, const char *id, struct test_authenticator *a);
enum err issue(const struct order *o, struct issue_result *out);
void expect_denied(const struct order *o);

/* openssl finds nothing wrong with the last one, of this policy, nor with its
 * answer. Leaves leaf.pem. */
void judge(const char *policy);
