/*
 * One key a purpose: a seal of one kind is none of another.
 */
#include "flow/seal.h"

#include <openssl/crypto.h>

RESULT
seal_add(struct buf *b, const char *text)
{
	TRY(buf_add_text(b, text));
	return buf_add_byte(b, 0);
}

RESULT
seal_make(const struct keys *k, const char *purpose, struct span what,
    char out[DIGEST_TEXT_SIZE])
{
	struct span vault = span_of_secret(&k->vault);
	uint8_t key[DIGEST_SIZE];

	if (vault.size == 0)
		return FAIL(ERR_INTERNAL, "no key for seals here");
	TRY(digest_derive(vault, SPAN(k->vault_public, VAULT_PUBLIC_SIZE),
	    purpose, key, sizeof(key)));
	struct digest d = digest_hmac(SPAN(key, sizeof(key)), what);
	explicit_bzero(key, sizeof(key));
	digest_format(&d, out);
	return OK;
}

bool
seal_is(const char *kept, const char *made)
{
	size_t size = strlen(made);

	return strlen(kept) == size && CRYPTO_memcmp(kept, made, size) == 0;
}
