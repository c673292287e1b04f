/*
 * What tests of LCP begin with: an instance, its signer, and judges.
 */
#pragma once

#include "instance.h"

extern struct instance here;
extern struct signer signer;
extern uint64_t list_number; /* the last that was published */

void must(enum err result);
int plain_set_up(void **state);
int plain_tear_down(void **state);
void reopen(void);
enum err issue(const struct order *o, struct issue_result *out);
void issue_number(unsigned number, struct issue_result *out);
struct status_order status_of(
    const struct issue_result *r, int64_t revoked_at, uint8_t reason);
void expect_shell(int expected, const char *said, const char *command);
void expect_said(const char *text);
enum err publish(
    const struct issue_result *revoked, size_t count, uint64_t number);
void write_leaf(const struct issue_result *r, struct span ocsp);

#define ISSUING_L signer.issuing[AUTHORITY_issuing_l]
#define VERIFY                                                                 \
	"openssl verify -x509_strict -CAfile root.pem -untrusted "             \
	"issuing-l.pem -CRLfile root.crl.pem -CRLfile issuing-l.crl.pem "      \
	"-crl_check -crl_check_all -policy_check -explicit_policy "            \
	"-policy 0.4.0.2042.1.3 leaf.pem"
#define OCSP                                                                   \
	"openssl ocsp -respin leaf.ocsp -issuer issuing-l.pem -cert leaf.pem " \
	"-CAfile root.pem -verify_other issuing-l.pem"
#define OCSPTOOL                                                               \
	"ocsptool --verify-response --load-response=leaf.ocsp "                \
	"--load-issuer=issuing-l.pem --load-cert=leaf.pem "                    \
	"--load-trust=both.pem"
