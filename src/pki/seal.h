/*
 * A seal over one file that is kept beside it: CAdES-B-B (EN 319 122-1), the
 * CMS of RFC 5652 without its content. Whoever makes it sees a digest and no
 * file.
 */
#pragma once

#include "base/digest.h"
#include "pki/signing.h"

#define SEAL_MAX ((size_t)32768)

struct seal_facts {
	struct digest content; /* SHA-256 of the file */
	const char *about; /* contentIdentifier (RFC 2634 2.7): what it is of */
	int64_t at;	   /* signingTime, ms */
	struct span certificate; /* of the key */
	const struct span *others; /* that lead to the root */
	size_t other_count;
};

/* Appends SignedData in its ContentInfo, DER. key: ECDSA with SHA-256.
 * ERR_INVALID: not a certificate, or another key's algorithm. */
RESULT seal_build(const struct seal_facts *f, const struct signing_key *key,
    struct buf *out);
