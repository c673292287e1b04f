/*
 * Algorithm identifiers, signed objects, and verifying what others signed.
 */
#include "pki/signing.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

DEFINE_AUTO(EVP_PKEY_free, EVP_PKEY *)
DEFINE_AUTO(EVP_MD_CTX_free, EVP_MD_CTX *)

/* SEQUENCE { ecdsa-with-SHA256 }, SEQUENCE { ecdsa-with-SHA384 } */
static const uint8_t ecdsa_sha256[] = {
    0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};
static const uint8_t ecdsa_sha384[] = {
    0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03};

struct span
signature_algorithm_der(enum signature_algorithm algorithm)
{
	if (algorithm == ECDSA_SHA384)
		return SPAN(ecdsa_sha384, sizeof(ecdsa_sha384));
	return SPAN(ecdsa_sha256, sizeof(ecdsa_sha256));
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

RESULT
signature_verify(struct span public_key, struct span algorithm,
    struct span message, struct span signature)
{
	const uint8_t *at = public_key.data;
	size_t row;

	TRY(read_algorithm(algorithm, &row));
	AUTO(EVP_PKEY_free)
	EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)public_key.size);
	AUTO(EVP_MD_CTX_free) EVP_MD_CTX *md = EVP_MD_CTX_new();
	if (!key || at != public_key.data + public_key.size ||
	    EVP_PKEY_get_base_id(key) != accepted[row].key_type)
		return FAIL(ERR_INVALID, "key does not fit the signature");
	if (!md || EVP_DigestVerifyInit_ex(md, NULL, accepted[row].digest, NULL,
		       NULL, key, NULL) != 1)
		return FAIL(ERR_INTERNAL, "libcrypto does not verify");
	if (EVP_DigestVerify(md, signature.data, signature.size, message.data,
		message.size) != 1)
		return FAIL(ERR_DENIED, "signature is not right");
	return OK;
}
