/*
 * An authenticator in software, for tests alone: registers and signs as a
 * passkey does, and does wrong on request.
 */
#pragma once

#include "approval/passkey.h"

#include <openssl/evp.h>

struct test_authenticator {
	EVP_PKEY *key;
	struct buf public_key; /* SubjectPublicKeyInfo */
	uint8_t credential_id[16];
	uint32_t counter; /* of the next signature */
	uint8_t flags;	  /* UP and UV; a test may take them away */
	bool rsa;
};

/* What came from the page; assertion borrows from the buffers. */
struct test_answer {
	struct buf authenticator_data; /* or the attestation */
	struct buf client_data;
	struct buf signature;
	struct assertion assertion;
};

void test_authenticator_init(struct test_authenticator *a, bool rsa);
void test_authenticator_clear(struct test_authenticator *a);

void test_authenticator_register(struct test_authenticator *a,
    const struct relying_party *rp, struct span challenge,
    struct test_answer *out);
void test_authenticator_sign(struct test_authenticator *a,
    const struct relying_party *rp, struct span challenge,
    struct test_answer *out);
void test_answer_clear(struct test_answer *x);
