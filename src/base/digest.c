/*
 * SHA-256, HMAC, HKDF and randomness.
 */
#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>

#include <pthread.h>
#include <stdio.h>
#include <sys/random.h>

DEFINE_AUTO(EVP_MAC_CTX_free, EVP_MAC_CTX *)
DEFINE_AUTO(EVP_MAC_free, EVP_MAC *)
DEFINE_AUTO(EVP_PKEY_CTX_free, EVP_PKEY_CTX *)

static EVP_MD *sha256;
static pthread_once_t fetched = PTHREAD_ONCE_INIT;

/* SHA256() looks its algorithm up at each call, which takes longer than to
 * digest a few hundred octets. */
static void
fetch(void)
{
	sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (!sha256)
		abort();
}

struct digest
digest_sha256(struct span in)
{
	struct digest d;

	pthread_once(&fetched, fetch);
	if (EVP_Digest(in.data, in.size, d.bytes, NULL, sha256, NULL) != 1)
		abort();
	return d;
}

static void
mac_part(EVP_MAC_CTX *mac, struct span part)
{
	uint8_t length[8];

	for (size_t i = 0; i < 8; i++)
		length[i] = (uint8_t)((uint64_t)part.size >> (56 - 8 * i));
	if (EVP_MAC_update(mac, length, sizeof(length)) != 1 ||
	    EVP_MAC_update(mac, part.data, part.size) != 1)
		abort();
}

struct digest
digest_keyed(struct span key, const struct span *parts, size_t count)
{
	AUTO(EVP_MAC_free) EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	AUTO(EVP_MAC_CTX_free) EVP_MAC_CTX *mac =
	    hmac ? EVP_MAC_CTX_new(hmac) : NULL;
	char name[] = "SHA256";
	OSSL_PARAM params[] = {
	    OSSL_PARAM_construct_utf8_string("digest", name, 0),
	    OSSL_PARAM_construct_end()};
	struct digest d;
	size_t size;

	if (!mac || EVP_MAC_init(mac, key.data, key.size, params) != 1)
		abort();
	for (size_t i = 0; i < count; i++)
		mac_part(mac, parts[i]);
	if (EVP_MAC_final(mac, d.bytes, &size, DIGEST_SIZE) != 1)
		abort();
	return d;
}

struct digest
digest_hmac(struct span key, struct span in)
{
	struct digest d;

	if (!HMAC(EVP_sha256(), key.data, (int)key.size, in.data, in.size,
		d.bytes, NULL))
		abort();
	return d;
}

void
digest_format(const struct digest *d, char out[DIGEST_TEXT_SIZE])
{
	for (size_t i = 0; i < DIGEST_SIZE; i++)
		snprintf(out + 2 * i, 3, "%02x", d->bytes[i]);
}

RESULT
digest_derive(struct span key, struct span salt, const char *purpose,
    uint8_t *out, size_t size)
{
	AUTO(EVP_PKEY_CTX_free) EVP_PKEY_CTX *hkdf =
	    EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
	struct span info = span_of_text(purpose);

	if (!hkdf || EVP_PKEY_derive_init(hkdf) != 1 ||
	    EVP_PKEY_CTX_set_hkdf_md(hkdf, EVP_sha256()) != 1 ||
	    EVP_PKEY_CTX_set1_hkdf_salt(hkdf, salt.data, (int)salt.size) != 1 ||
	    EVP_PKEY_CTX_set1_hkdf_key(hkdf, key.data, (int)key.size) != 1 ||
	    EVP_PKEY_CTX_add1_hkdf_info(hkdf, info.data, (int)info.size) != 1 ||
	    EVP_PKEY_derive(hkdf, out, &size) != 1)
		return FAIL(ERR_INTERNAL, "key derivation failed");
	return OK;
}

void
random_bytes(void *out, size_t size)
{
	uint8_t *place = out;

	while (size > 0) {
		ssize_t got = getrandom(place, size, 0);
		if (got <= 0)
			abort();
		place += got;
		size -= (size_t)got;
	}
}

uint32_t
random_below(uint32_t limit)
{
	uint32_t value, fair = UINT32_MAX - UINT32_MAX % limit;

	do
		random_bytes(&value, sizeof(value));
	while (value >= fair);
	return value % limit;
}
