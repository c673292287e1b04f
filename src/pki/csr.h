/*
 * A participant's own PKCS#10 request. Only its public key is taken, and the
 * proof that they hold the private one; names and extensions it asks for are
 * none of its business, with one exception: a request that asks for the
 * rights of an authority is refused whole. Whoever sends it has understood
 * something else, or hopes that we copy extensions.
 *
 * Refused: basicConstraints with CA TRUE; keyUsage with keyCertSign or
 * cRLSign; extendedKeyUsage with OCSPSigning, timeStamping or any; name
 * constraints, policy mappings, policy constraints, inhibitAnyPolicy;
 * id-pkix-ocsp-nocheck; and any of these that cannot be read. Ignored:
 * everything else.
 */
#pragma once

#include "pki/key.h"
#include "pki/signing.h"

#define CSR_MAX ((size_t)4096)

struct csr {
	struct span public_key; /* SubjectPublicKeyInfo, borrowed */
	struct digest key;	/* public_key_digest of it */
	struct span subject;
};

/* Appends DER of a request that comes as DER or as PEM, with whatever text
 * before it. ERR_INVALID: neither. */
RESULT csr_bytes(struct span sent, struct buf *out);

/* Its form and what it asks for; the key is found, but neither judged nor
 * proven. ERR_INVALID, ERR_TOO_LARGE. */
RESULT csr_look(struct span der, struct csr *out);

/*
 * ERR_INVALID: not a request, a key that is not accepted (public_key_examine)
 * or one that asks for the rights of an authority. ERR_DENIED: the signature
 * is not by this key.
 */
RESULT csr_parse(struct span der, struct csr *out);

/* Appends a request that asks for nothing but a certificate: what an issuing
 * authority sends to its root. */
RESULT csr_build(struct span subject, struct span public_key,
    const struct signing_key *key, struct buf *out);
