/*
 * A participant's own PKCS#10 request. Only its public key is taken, and the
 * proof that they hold the private one; names and extensions it asks for are
 * none of its business.
 */
#pragma once

#include "base/der.h"

#define CSR_MAX ((size_t)4096)

struct csr {
	struct span public_key; /* SubjectPublicKeyInfo, borrowed */
	struct span subject;
	bool wants_ca; /* asks to be a certification authority */
};

/*
 * ERR_INVALID: not a request, a key that is not accepted (other curves, RSA
 * under 3072 bits, weak exponent), or one that asks to be an authority.
 * ERR_DENIED: the signature is not by this key.
 */
RESULT csr_parse(struct span der, struct csr *out);

/* Whether a key may be certified at all: P-256, P-384, RSA from 3072. */
RESULT public_key_check(struct span public_key);
