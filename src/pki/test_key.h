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
void test_key_clear(struct test_key *k);

/* A small PKI to test in. */
struct test_pki {
	struct test_key root, issuing, responder, person;
	struct ceremony_plan plan;
	struct ceremony_product product;
	struct buf subject; /* of a person */
	uint8_t serial[SERIAL_SIZE], issuer_key[KEY_IDENTIFIER_SIZE];
};

void test_pki_init(struct test_pki *p);
void test_pki_clear(struct test_pki *p);

/* The facts of a good LCP certificate; borrow from p. */
struct tbs_facts test_pki_facts(struct test_pki *p);
