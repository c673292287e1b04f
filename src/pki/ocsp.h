/*
 * Signed OCSP answers (RFC 6960, RFC 9919). Those made in advance carry the
 * certificate under both of its identifiers, SHA-1 first, SHA-256 second
 * (B-23), and no nonce; those made on demand what was asked.
 */
#pragma once

#include "pki/signing.h"

#define OCSP_ANSWER_MAX ((size_t)4096)

/* A responder and whom it answers for: what is the same in all its answers,
 * encoded. */
struct ocsp_responder {
	struct buf issuer[2][2]; /* of a CertID: [sha256][null_parameters] */
	struct buf id, cutoff, certificates;
};

/* responder: a certificate issued by the same CA (B-27). */
RESULT ocsp_responder_init(struct span issuer, struct span responder,
    struct ocsp_responder *out);
void ocsp_responder_clear(struct ocsp_responder *r);

struct ocsp_facts {
	struct span serial; /* big endian */
	int64_t revoked_at; /* 0: good */
	uint8_t reason;
	int64_t this_update, next_update;
};

/* key: the responder's. */
RESULT ocsp_build(const struct ocsp_facts *f,
    const struct ocsp_responder *responder, const struct signing_key *key,
    struct buf *out);

/* A CertID by its parts, and what is so. */
struct ocsp_status {
	struct span serial; /* big endian */
	bool sha256;	    /* else SHA-1 */
	bool null_parameters;
	bool never_issued;  /* told as revoked in 1970, on hold (B-33) */
	int64_t revoked_at; /* 0: good */
	uint8_t reason;
};

struct ocsp_reply {
	const struct ocsp_status *statuses;
	size_t count;
	struct span nonce; /* size 0: none */
	int64_t this_update, next_update;
};

#define OCSP_REPLY_MAX ((size_t)8192) /* 16 of them */

/* The same on demand. With extended-revoke when one was never issued. */
RESULT ocsp_build_reply(const struct ocsp_reply *r,
    const struct ocsp_responder *responder, const struct signing_key *key,
    struct buf *out);

DEFINE_AUTO_CLEAR(ocsp_responder_clear, struct ocsp_responder)
