/*
 * OCSP requests (RFC 6960, RFC 9919), taken apart before anything is known
 * about the sender: this is the one parser of ours that every stranger on
 * the internet reaches without having to say who they are.
 *
 * Signature and requestorName are skipped, as nobody is refused an answer.
 */
#pragma once

#include "base/der.h"

#define OCSP_REQUEST_MAX ((size_t)8 * 1024)
#define OCSP_QUERIES_MAX 16
#define OCSP_NONCE_MAX 128
#define OCSP_SERIAL_MAX 20

enum ocsp_hash { OCSP_SHA1, OCSP_SHA256, OCSP_OTHER_HASH };

/* One certificate asked about: its CertID. Borrowed from the request. */
struct ocsp_query {
	enum ocsp_hash hash;
	struct span cert_id; /* DER, to be answered with these very bytes */
	struct span issuer_name_hash;
	struct span issuer_key_hash;
	struct span serial; /* content of the INTEGER: as in the certificate */
};

struct ocsp_request {
	struct ocsp_query queries[OCSP_QUERIES_MAX];
	size_t count;	   /* at least 1 */
	struct span nonce; /* size 0: none */
};

/*
 * ERR_INVALID, ERR_TOO_LARGE: answer malformedRequest. An unknown hash is not
 * an error here: no issuer will match it.
 */
RESULT ocsp_request_parse(struct span der, struct ocsp_request *out);

/*
 * The request in a GET: what follows ".../ocsp/" in the path, percent-encoded
 * base64, with the slips that clients are known for ("/", "+", "=" left as
 * they are, a slash too many in front). Appends the DER.
 */
RESULT ocsp_request_from_path(const char *path, struct buf *out);
