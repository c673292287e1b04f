/*
 * OCSP_ASK and OCSP_TOLD: an answer that cannot be made in advance, because
 * it is about several certificates, about a serial number that was never
 * issued, or carries a nonce. From the public port through the clerk to the
 * signer, which decides by its own ledger and builds every byte itself.
 */
#pragma once

#include "proc/order.h"

#define OCSP_ASKED_MAX 16
#define OCSP_ASKED_NONCE_MAX 128
#define OCSP_TOLD_MAX 8192

/* A CertID, by its parts. */
struct ocsp_asked {
	uint8_t serial[ORDER_SERIAL_MAX]; /* big endian, as the ledger has it */
	size_t serial_size;
	bool sha256;	      /* else SHA-1 */
	bool null_parameters; /* of its AlgorithmIdentifier: to be repeated */
};

struct ocsp_ask {
	char issuer[ORDER_ISSUER_MAX]; /* of all of them */
	struct ocsp_asked asked[OCSP_ASKED_MAX];
	size_t count; /* at least 1 */
	uint8_t nonce[OCSP_ASKED_NONCE_MAX];
	size_t nonce_size; /* 0: none */
};

struct ocsp_told {
	uint8_t answer[OCSP_TOLD_MAX]; /* DER OCSPResponse */
	size_t size;
	size_t never_issued; /* of those asked about */
};

RESULT ocsp_ask_put(struct buf *b, const struct ocsp_ask *q);
RESULT ocsp_ask_get(struct span message, struct ocsp_ask *out);
RESULT ocsp_told_put(struct buf *b, const struct ocsp_told *r);
RESULT ocsp_told_get(struct span message, struct ocsp_told *out);
