/*
 * Signed OCSP answers (RFC 6960, RFC 9919): made in advance, so they carry
 * the certificate under both of its identifiers, SHA-1 first, SHA-256 second
 * (B-23), and no nonce.
 */
#pragma once

#include "pki/signing.h"

#define OCSP_ANSWER_MAX ((size_t)4096)

struct ocsp_facts {
	struct span issuer_certificate;
	struct span serial; /* big endian */
	int64_t revoked_at; /* 0: good */
	uint8_t reason;
	int64_t this_update, next_update;
};

/* responder: the certificate of key, issued by the same CA (B-27). */
RESULT ocsp_build(const struct ocsp_facts *f, struct span responder,
    const struct signing_key *key, struct buf *out);
