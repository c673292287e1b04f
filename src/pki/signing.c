/*
 * Algorithm identifiers, signed objects, and verifying what others signed.
 */
#include "pki/signing.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#define KEPT_KEY_MAX ((size_t)2048) /* RSA of 4096 bits takes 550 */

DEFINE_AUTO(EVP_MD_CTX_free, EVP_MD_CTX *)

/* SEQUENCE { ecdsa-with-SHA256 }, SEQUENCE { ecdsa-with-SHA384 } */
static const uint8_t ecdsa_sha256[] = {
    0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};
static const uint8_t ecdsa_sha384[] = {
    0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03};

static const uint8_t rsa_sha256[] = {0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48,
    0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00};
/* SEQUENCE { rsassaPss, { [0] sha256, [1] mgf1 { sha256 }, [2] 32 } } */
static const uint8_t rsa_pss_sha256[] = {0x30, 0x41, 0x06, 0x09, 0x2a, 0x86,
    0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a, 0x30, 0x34, 0xa0, 0x0f, 0x30,
    0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
    0x05, 0x00, 0xa1, 0x1c, 0x30, 0x1a, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
    0xf7, 0x0d, 0x01, 0x01, 0x08, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48,
    0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0xa2, 0x03, 0x02, 0x01,
    0x20};

struct span
signature_algorithm_der(enum signature_algorithm algorithm)
{
	switch (algorithm) {
	case ECDSA_SHA384:
		return SPAN(ecdsa_sha384, sizeof(ecdsa_sha384));
	case RSA_SHA256:
		return SPAN(rsa_sha256, sizeof(rsa_sha256));
	case RSA_PSS_SHA256:
		return SPAN(rsa_pss_sha256, sizeof(rsa_pss_sha256));
	case ECDSA_SHA256:
	case SIGNATURE_ALGORITHM_COUNT:
		break;
	}
	return SPAN(ecdsa_sha256, sizeof(ecdsa_sha256));
}

enum signature_algorithm
signature_algorithm_find(struct span der)
{
	unsigned i = 0;

	while (i < SIGNATURE_ALGORITHM_COUNT &&
	       !span_equal(
		   der, signature_algorithm_der((enum signature_algorithm)i)))
		i++;
	return (enum signature_algorithm)i;
}

RESULT
signed_object(struct span tbs, const struct signing_key *key, struct buf *out)
{
	AUTO(buf_clear) struct buf signature;
	AUTO(der_clear) struct der d;

	buf_init(&signature, SIGNATURE_MAX);
	TRY(key->sign(key->data, tbs, &signature));
	der_init(&d, tbs.size + SIGNATURE_MAX + 64);
	der_open(&d, DER_SEQUENCE);
	der_put_raw(&d, tbs);
	der_put_raw(&d, signature_algorithm_der(key->algorithm));
	der_put_bits(&d, span_of_buf(&signature), 0);
	der_close(&d);
	TRY(der_done(&d));
	return buf_add_span(out, span_of_buf(&d.bytes));
}

/* What may sign a request or one of our own objects; SHA-1 never does. */
static const struct {
	const char *oid;
	const char *digest;
	int key_type;
} accepted[] = {
    {"1.2.840.10045.4.3.2", "SHA256", EVP_PKEY_EC},
    {"1.2.840.10045.4.3.3", "SHA384", EVP_PKEY_EC},
    {"1.2.840.10045.4.3.4", "SHA512", EVP_PKEY_EC},
    {"1.2.840.113549.1.1.11", "SHA256", EVP_PKEY_RSA},
    {"1.2.840.113549.1.1.12", "SHA384", EVP_PKEY_RSA},
    {"1.2.840.113549.1.1.13", "SHA512", EVP_PKEY_RSA},
};

#define PSS_ROW 3 /* SHA-256 by an RSA key */

static RESULT
read_algorithm(struct span algorithm, size_t *out)
{
	struct span rest, oid, parameters;
	bool present;

	TRY(der_take(&algorithm, DER_SEQUENCE, &rest));
	TRY(der_end(algorithm));
	TRY(der_take(&rest, DER_OID, &oid));
	TRY(der_take_if(&rest, DER_NULL, &present, &parameters));
	TRY(der_end(rest));
	for (size_t i = 0; i < sizeof(accepted) / sizeof(accepted[0]); i++)
		if (der_oid_is(oid, accepted[i].oid) &&
		    present == (accepted[i].key_type == EVP_PKEY_RSA)) {
			*out = i;
			return OK;
		}
	return FAIL(ERR_INVALID, "signature algorithm not accepted");
}

static bool
set_pss(EVP_PKEY_CTX *ctx)
{
	return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) == 1 &&
	       EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST) ==
		   1;
}

/* The last key is kept taken apart: reading a SubjectPublicKeyInfo costs four
 * times what a P-256 signature costs to verify, and a signer checks all that
 * it signs against one key. NULL: not a key. */
static EVP_PKEY *
read_key(struct span public_key)
{
	static _Thread_local struct {
		uint8_t der[KEPT_KEY_MAX];
		size_t size;
		EVP_PKEY *key;
	} last;
	const uint8_t *at = public_key.data;

	if (last.key && span_equal(public_key, SPAN(last.der, last.size)))
		return last.key;
	EVP_PKEY_free(last.key);
	last.key = NULL;
	if (public_key.size > sizeof(last.der))
		return NULL;
	last.key = d2i_PUBKEY(NULL, &at, (long)public_key.size);
	if (!last.key || at != public_key.data + public_key.size) {
		EVP_PKEY_free(last.key);
		last.key = NULL;
		return NULL;
	}
	memcpy(last.der, public_key.data, public_key.size);
	last.size = public_key.size;
	return last.key;
}

RESULT
signature_verify(struct span public_key, struct span algorithm,
    struct span message, struct span signature)
{
	EVP_PKEY *key = read_key(public_key);
	size_t row;

	bool pss = signature_algorithm_find(algorithm) == RSA_PSS_SHA256;
	if (pss)
		row = PSS_ROW;
	else
		TRY(read_algorithm(algorithm, &row));
	AUTO(EVP_MD_CTX_free) EVP_MD_CTX *md = EVP_MD_CTX_new();
	if (!key ||
	    EVP_PKEY_get_base_id(key) != accepted[row].key_type)
		return FAIL(ERR_INVALID, "key does not fit the signature");
	EVP_PKEY_CTX *ctx = NULL; /* md's */
	if (!md ||
	    EVP_DigestVerifyInit_ex(
		md, &ctx, accepted[row].digest, NULL, NULL, key, NULL) != 1 ||
	    (pss && !set_pss(ctx)))
		return FAIL(ERR_INTERNAL, "libcrypto does not verify");
	if (EVP_DigestVerify(md, signature.data, signature.size, message.data,
		message.size) != 1)
		return FAIL(ERR_DENIED, "signature is not right");
	return OK;
}
