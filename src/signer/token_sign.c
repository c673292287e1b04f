/*
 * Signing with a key of the token. What is signed is hashed here: SoftHSM
 * knows no mechanism that does both for ECDSA.
 */
#include "signer/token_parts.h"

#include "base/digest.h"

#include <openssl/sha.h>

/* r and s next to each other become SEQUENCE { r, s } */
RESULT
token_raw_to_der(const uint8_t *raw, size_t octets, struct buf *out)
{
	AUTO(der_clear) struct der d;

	der_init(&d, SIGNATURE_MAX);
	der_open(&d, DER_SEQUENCE);
	der_put_unsigned(&d, DER_INTEGER, SPAN(raw, octets));
	der_put_unsigned(&d, DER_INTEGER, SPAN(raw + octets, octets));
	der_close(&d);
	TRY(der_done(&d));
	return buf_add_span(out, span_of_buf(&d.bytes));
}

static CK_RV
sign_by(struct token *t, CK_MECHANISM *how, CK_OBJECT_HANDLE key,
    struct span message, uint8_t raw[TOKEN_RAW_MAX], CK_ULONG expected)
{
	uint8_t copy[SHA512_DIGEST_LENGTH]; /* C_Sign takes it writable */
	CK_ULONG size = TOKEN_RAW_MAX;

	if (!t->session)
		return CKR_SESSION_CLOSED;
	memcpy(copy, message.data, message.size);
	CK_RV rv = t->p11->C_SignInit(t->session, how, key);
	if (rv == CKR_OK)
		rv = t->p11->C_Sign(
		    t->session, copy, message.size, raw, &size);
	return rv == CKR_OK && size != expected ? CKR_FUNCTION_FAILED : rv;
}

/* Hashed here like the others: DigestInfo for PKCS#1 v1.5, the digest alone
 * for PSS (RFC 8017 9.1, 9.2). */
static CK_RV
sign_rsa(struct token *t, CK_OBJECT_HANDLE key, enum key_kind kind,
    struct span message, uint8_t raw[TOKEN_RAW_MAX])
{
	static const uint8_t info[] = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09,
	    0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
	    0x04, 0x20};
	CK_RSA_PKCS_PSS_PARAMS pss = {CKM_SHA256, CKG_MGF1_SHA256,
	    SHA256_DIGEST_LENGTH};
	CK_MECHANISM by_pss = {CKM_RSA_PKCS_PSS, &pss, sizeof(pss)};
	CK_MECHANISM by_pkcs1 = {CKM_RSA_PKCS, NULL, 0};
	CK_ULONG size = kind == KEY_rsa4096 ? 512 : 384;
	uint8_t text[sizeof(info) + SHA256_DIGEST_LENGTH];

	memcpy(text, info, sizeof(info));
	SHA256(message.data, message.size, text + sizeof(info));
	if (t->pss)
		return sign_by(t, &by_pss, key,
		    SPAN(text + sizeof(info), SHA256_DIGEST_LENGTH), raw, size);
	return sign_by(
	    t, &by_pkcs1, key, SPAN(text, sizeof(text)), raw, size);
}

/* CKM_ECDSA takes the digest: SoftHSM knows no ECDSA_SHA256. */
CK_RV
token_sign_raw(struct token *t, CK_OBJECT_HANDLE key, enum key_kind kind,
    struct span message, uint8_t raw[TOKEN_RAW_MAX])
{
	CK_MECHANISM mechanism = {CKM_ECDSA, NULL, 0};
	uint8_t digest[SHA512_DIGEST_LENGTH];

	if (token_is_rsa(kind))
		return sign_rsa(t, key, kind, message, raw);
	if (kind == KEY_p384)
		SHA384(message.data, message.size, digest);
	else
		SHA256(message.data, message.size, digest);
	return sign_by(t, &mechanism, key, SPAN(digest, token_octets(kind)),
	    raw, 2 * token_octets(kind));
}

/* After the token was opened anew, a key's handle is another. */
static RESULT
refresh(struct token_key *key)
{
	struct token_key found;

	if (key->generation == key->token->generation)
		return OK;
	TRY(token_key_find(key->token, key->label, key->kind, &found));
	if (!span_equal(SPAN(found.public_key, found.public_key_size),
		SPAN(key->public_key, key->public_key_size)))
		return FAIL(ERR_CONFLICT, "key %s is another one", key->label);
	/* what stays the same is being read: of the public half a thread
	 * verifies signatures (verifying.h) */
	key->handle = found.handle;
	key->generation = found.generation;
	return OK;
}

static enum err
sign(void *data, struct span message, struct buf *signature)
{
	struct token_key *key = data;
	uint8_t raw[TOKEN_RAW_MAX];

	for (int attempt = 0;; attempt++) {
		if (key->token->session)
			TRY(token_out_of_reach(refresh(key)));
		CK_RV rv = token_sign_raw(key->token, key->handle, key->kind,
		    message, raw);
		if (rv == CKR_OK && token_is_rsa(key->kind))
			return buf_add(signature, raw,
			    key->kind == KEY_rsa4096 ? 512 : 384);
		if (rv == CKR_OK)
			return token_raw_to_der(
			    raw, token_octets(key->kind), signature);
		if (attempt > 0 || !token_is_lost(rv))
			return token_fail(key->token, rv, "C_Sign");
		TRY(token_reopen(key->token, REOPEN_TRIES));
	}
}

struct signing_key
token_key_signing(struct token_key *key)
{
	enum signature_algorithm rsa =
	    key->token->pss ? RSA_PSS_SHA256 : RSA_SHA256;

	return (struct signing_key){token_is_rsa(key->kind)	     ? rsa
				    : key->kind == KEY_p384 ? ECDSA_SHA384
							     : ECDSA_SHA256,
	    sign, key};
}
