/*
 * Two custodians who together say who the operators are.
 *
 * Each has a passphrase, stretched with Argon2id. The two results together
 * are the seed of an Ed25519 key that exists only while both have typed; it
 * signs the list of operators, and the signer keeps the public half in its
 * ledger. Writing into the signer's folder is therefore not enough to become
 * an operator, and neither is one custodian.
 *
 *     {signer.dir}/custodians, mode 0600:
 *     paraph custodians 1
 *     custodian SALT CHECK NAME      twice
 *     key PUBLIC-KEY
 *     succeeds KEY SIGNATURE         those before them, who signed it, the
 *                                    nearest first: several hand-overs may
 *                                    pass while the signer is away
 */
#pragma once

#include "base/digest.h"
#include "base/secret.h"

#include <stdbool.h>

#define CUSTODIANS 2
#define CUSTODIAN_NAME_SIZE 64
#define PASSPHRASE_MIN 12
#define PASSPHRASE_MAX 1024
#define CUSTODIANS_KEY_SIZE 32 /* Ed25519 */
#define CUSTODIANS_SIGNATURE_SIZE 64
#define SUCCESSIONS_MAX 16 /* that a signer may have missed */

struct custodian {
	char name[CUSTODIAN_NAME_SIZE];
	uint8_t salt[16];
	uint8_t check[DIGEST_SIZE]; /* tells a wrong passphrase */
};

struct succession {
	uint8_t key[CUSTODIANS_KEY_SIZE]; /* of who handed over */
	uint8_t signature[CUSTODIANS_SIGNATURE_SIZE];
};

struct custodians {
	struct custodian of[CUSTODIANS];
	uint8_t public_key[CUSTODIANS_KEY_SIZE];
	struct succession before[SUCCESSIONS_MAX];
	size_t succeeded; /* how many of them are there */
};

/* ERR_NOT_FOUND: none were named yet. */
RESULT custodians_load(const char *dir, struct custodians *out);

/* Names two, once. ERR_CONFLICT: there are some. */
RESULT custodians_make(const char *dir, const char *const names[CUSTODIANS],
    const struct span passphrases[CUSTODIANS], struct custodians *out);

/* Names two others; before and its key hand over to them. */
RESULT custodians_replace(const char *dir, const struct custodians *before,
    const struct secret *before_key, const char *const names[CUSTODIANS],
    const struct span passphrases[CUSTODIANS], struct custodians *out);

/* Those who were it n + 1 hand-overs ago, as far as their key goes; ask from 0
 * on. ERR_NOT_FOUND: none. ERR_DENIED: they did not hand over. */
RESULT custodians_predecessor(
    const struct custodians *c, size_t n, struct custodians *out);

/* The key, from both passphrases. ERR_DENIED names whose is wrong. */
RESULT custodians_unlock(const struct custodians *c,
    const struct span passphrases[CUSTODIANS], struct secret *key);

RESULT custodians_sign(const struct secret *key, struct span message,
    uint8_t signature[CUSTODIANS_SIGNATURE_SIZE]);
/* ERR_DENIED: not signed by them. */
RESULT custodians_verify(
    const struct custodians *c, struct span message, struct span signature);

/* What the ledger keeps of them. */
struct digest custodians_digest(const struct custodians *c);
