/*
 * Keys in memory, for tests alone: what the token is in the product.
 */
#pragma once

#include "pki/ceremony.h"
#include "pki/profile.h"
#include "pki/tbs.h"

#include <openssl/evp.h>

struct test_key {
	EVP_PKEY *key;
	struct signing_key signing;
	struct buf public_key;
};

void test_key_init(enum key_kind kind, struct test_key *out);
/* The same key every time, P-256 or P-384: for golden files. */
void test_key_known(
    enum key_kind kind, const char *secret, struct test_key *out);
void test_key_clear(struct test_key *k);

/* A root and issuing authority L; clear it. */
struct test_product {
	struct buf root, issuing, responder;
	struct buf root_crl, issuing_crl;
};

RESULT test_product_build(
    const struct ceremony_plan *plan, struct test_product *out);
void test_product_clear(struct test_product *p);

DEFINE_AUTO_CLEAR(test_product_clear, struct test_product)

/* A small PKI to test in. */
struct test_pki {
	struct test_key root, issuing, issuing_q, responder, person;
	struct ceremony_plan plan;
	struct test_product product;
	struct buf issuing_q_certificate;
	struct buf subject; /* of a person */
	uint8_t serial[SERIAL_SIZE];
	uint8_t issuer_key[KEY_IDENTIFIER_SIZE];   /* of L */
	uint8_t issuer_q_key[KEY_IDENTIFIER_SIZE]; /* of Q */
};

void test_pki_init(struct test_pki *p);
/* Every key known, and made at a time that is known: clock_set first. */
void test_pki_init_known(struct test_pki *p);
void test_pki_clear(struct test_pki *p);

/* The facts of a good LCP certificate; borrow from p. */
struct tbs_facts test_pki_facts(struct test_pki *p);
/* Of a person's profile, with the issuer that goes with it. */
struct tbs_facts test_pki_facts_of(
    struct test_pki *p, const struct profile *profile);
/* Who signs a person's certificate of this profile. */
const struct test_key *test_pki_issuer(
    const struct test_pki *p, const struct profile *profile);
struct span test_pki_issuer_certificate(
    const struct test_pki *p, const struct profile *profile);
