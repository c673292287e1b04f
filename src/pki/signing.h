/*
 * Who signs, seen from here: an algorithm and a function. The keys
 * themselves are in the signer's token; in tests, in memory.
 */
#pragma once

#include "base/der.h"

/* The largest signature: RSA-4096, with room for its DER. */
#define SIGNATURE_MAX 600

enum signature_algorithm {
	ECDSA_SHA256, /* P-256 */
	ECDSA_SHA384, /* P-384 */
	RSA_SHA256,   /* PKCS#1 v1.5: read everywhere, "legacy" in TS 119 312 */
	RSA_PSS_SHA256, /* MGF1 with SHA-256, salt of 32 octets */
	SIGNATURE_ALGORITHM_COUNT
};

struct signing_key {
	enum signature_algorithm algorithm;
	/* Appends the signature of a message as its BIT STRING holds it: for
	 * ECDSA the DER of r and s. */
	RESULT (*sign)(void *data, struct span message, struct buf *signature);
	void *data;
};

/* The AlgorithmIdentifier, static DER. */
struct span signature_algorithm_der(enum signature_algorithm algorithm);

/* Which of these an AlgorithmIdentifier is; ..._COUNT: none. */
enum signature_algorithm signature_algorithm_find(struct span der);

/*
 * Signs to-be-signed bytes and appends the whole: SEQUENCE { tbs, algorithm,
 * signature }, the shape of certificates and CRLs.
 */
RESULT signed_object(
    struct span tbs, const struct signing_key *key, struct buf *out);

/*
 * Verifies a signature by a SubjectPublicKeyInfo. ERR_DENIED: it is not
 * right. ERR_INVALID: key or algorithm is not one of those accepted here.
 */
RESULT signature_verify(struct span public_key, struct span algorithm,
    struct span message, struct span signature);
