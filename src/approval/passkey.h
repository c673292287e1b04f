/*
 * Registering a passkey (WebAuthn Level 2, 7.1), and the keys of passkeys.
 *
 * Attestation is not evaluated: an operator's passkey counts because two
 * people compared its fingerprint on the signer's machine, not because its
 * maker vouches for it.
 */
#pragma once

#include "approval/authenticator_data.h"
#include "approval/assertion.h"

#define ATTESTATION_MAX 16384
/* eight groups of four hex digits, and a NUL */
#define PASSKEY_FINGERPRINT_SIZE 40

/* Key types a passkey may have: COSE algorithm identifiers. */
#define COSE_ES256 (-7)
#define COSE_RS256 (-257)

struct passkey {
	uint8_t credential_id[CREDENTIAL_ID_MAX];
	size_t credential_id_size;
	uint8_t public_key[PASSKEY_KEY_MAX]; /* SubjectPublicKeyInfo */
	size_t public_key_size;
	uint32_t counter;
	uint8_t aaguid[AAGUID_SIZE];
};

/* The browser's answer to create(): ERR_DENIED when it is not to this
 * challenge or not ours; ERR_INVALID when it cannot be read, or the key is
 * neither P-256 (ES256) nor RSA of 2048 to 4096 bits (RS256). */
RESULT passkey_register(struct span attestation, struct span client_data,
    const struct relying_party *rp, struct span challenge, struct passkey *out);

/* Whether a SubjectPublicKeyInfo is one that a passkey may have. */
RESULT passkey_key_check(struct span public_key);

/* SHA-256 over the public key, its first 16 octets: for two people to
 * compare on two screens. */
void passkey_fingerprint(
    struct span public_key, char out[PASSKEY_FINGERPRINT_SIZE]);
