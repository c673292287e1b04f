/*
 * Two kinds of keys: EC on P-256 with SHA-256, and RSA PKCS#1 v1.5 with
 * SHA-256. The algorithm follows from the key, never from what is verified.
 */
#include "approval/passkey_key.h"

#include "approval/cbor.h"
#include "approval/passkey.h"
#include "base/der.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#define OID_EC_PUBLIC_KEY "1.2.840.10045.2.1"
#define OID_P256 "1.2.840.10045.3.1.7"
#define OID_RSA "1.2.840.113549.1.1.1"
#define COORDINATE_SIZE 32
#define RSA_BITS_MIN 2048
#define RSA_BITS_MAX 4096

DEFINE_AUTO(EVP_PKEY_free, EVP_PKEY *)
DEFINE_AUTO(EVP_PKEY_CTX_free, EVP_PKEY_CTX *)
DEFINE_AUTO(EVP_MD_CTX_free, EVP_MD_CTX *)

/* The labels of COSE keys; 2: EC2, 3: RSA. */
enum cose_type { COSE_EC2 = 2, COSE_RSA = 3 };

#define COSE_P256 1

struct cose_key {
	int32_t type, algorithm, curve;
	struct span first, second; /* x and y, or n and e */
};

static RESULT
invalid(void)
{
	return FAIL(ERR_INVALID, "not a key that a passkey may have");
}

/* -1 is the curve of EC2 and the modulus of RSA. */
static RESULT
set_member(struct cose_key *k, int32_t label, const struct cbor_item *value)
{
	switch (label) {
	case 1:
		return cbor_integer(value, &k->type);
	case 3:
		return cbor_integer(value, &k->algorithm);
	case -1:
		if (value->kind != CBOR_BYTES)
			return cbor_integer(value, &k->curve);
		k->first = value->content;
		return OK;
	case -2:
		if (k->type == COSE_RSA)
			k->second = value->content;
		else
			k->first = value->content;
		return value->kind == CBOR_BYTES ? OK : invalid();
	case -3:
		k->second = value->content;
		return value->kind == CBOR_BYTES ? OK : invalid();
	default:
		return invalid();
	}
}

/* Labels in canonical order (CTAP2), so that none comes twice: 1, 3, -1, -2,
 * -3. */
static int64_t
rank(int32_t label)
{
	return label >= 0 ? label : (int64_t)INT32_MAX - label;
}

static RESULT
read_cose(struct span cose, struct cose_key *k)
{
	struct cbor_item map, item;
	struct span rest = cose;
	int32_t label;
	int64_t last = 0;

	TRY(cbor_next(&rest, &map));
	if (map.kind != CBOR_MAP)
		return invalid();
	for (uint64_t i = 0; i < map.number; i++) {
		TRY(cbor_next(&rest, &item));
		TRY(cbor_integer(&item, &label));
		if (rank(label) <= last)
			return invalid();
		last = rank(label);
		TRY(cbor_next(&rest, &item));
		TRY(set_member(k, label, &item));
	}
	return rest.size == 0 ? OK : invalid();
}

static void
put_ec(struct der *d, const struct cose_key *k)
{
	uint8_t point[1 + 2 * COORDINATE_SIZE] = {0x04};

	memcpy(point + 1, k->first.data, COORDINATE_SIZE);
	memcpy(point + 1 + COORDINATE_SIZE, k->second.data, COORDINATE_SIZE);
	der_open(d, DER_SEQUENCE);
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, OID_EC_PUBLIC_KEY);
	der_put_oid(d, OID_P256);
	der_close(d);
	der_put_bits(d, SPAN(point, sizeof(point)), 0);
	der_close(d);
}

static RESULT
put_rsa(struct der *d, const struct cose_key *k)
{
	AUTO(der_clear) struct der key;

	der_init(&key, PASSKEY_KEY_MAX);
	der_open(&key, DER_SEQUENCE);
	der_put_unsigned(&key, DER_INTEGER, k->first);
	der_put_unsigned(&key, DER_INTEGER, k->second);
	der_close(&key);
	TRY(der_done(&key));
	der_open(d, DER_SEQUENCE);
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, OID_RSA);
	der_put_null(d);
	der_close(d);
	der_put_bits(d, span_of_buf(&key.bytes), 0);
	der_close(d);
	return OK;
}

RESULT
passkey_key_from_cose(struct span cose, struct buf *out)
{
	AUTO(der_clear) struct der d;
	struct cose_key k = {0};

	TRY(read_cose(cose, &k));
	der_init(&d, PASSKEY_KEY_MAX);
	if (k.type == COSE_EC2 && k.algorithm == COSE_ES256 &&
	    k.curve == COSE_P256 && k.first.size == COORDINATE_SIZE &&
	    k.second.size == COORDINATE_SIZE)
		put_ec(&d, &k);
	else if (k.type == COSE_RSA && k.algorithm == COSE_RS256)
		TRY(put_rsa(&d, &k));
	else
		return invalid();
	TRY(der_done(&d));
	TRY(passkey_key_check(span_of_buf(&d.bytes)));
	return buf_add_span(out, span_of_buf(&d.bytes));
}

static bool
is_p256(EVP_PKEY *key)
{
	char group[32];
	size_t size;

	return EVP_PKEY_is_a(key, "EC") &&
	       EVP_PKEY_get_group_name(key, group, sizeof(group), &size) == 1 &&
	       strcmp(group, "prime256v1") == 0;
}

static bool
is_rsa(EVP_PKEY *key)
{
	int bits = EVP_PKEY_get_bits(key);

	return EVP_PKEY_is_a(key, "RSA") && bits >= RSA_BITS_MIN &&
	       bits <= RSA_BITS_MAX;
}

/* For EC: that the point is on the curve. */
static bool
is_sound(EVP_PKEY *key)
{
	AUTO(EVP_PKEY_CTX_free)
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);

	return ctx && EVP_PKEY_public_check(ctx) == 1;
}

/* The encoding must be the one that OpenSSL would write: one key, one
 * fingerprint. */
static bool
is_canonical(EVP_PKEY *key, struct span public_key)
{
	uint8_t *der = NULL;
	int size = i2d_PUBKEY(key, &der);
	bool same = size > 0 && span_equal(SPAN(der, (size_t)size), public_key);

	OPENSSL_free(der);
	return same;
}

static RESULT
load(struct span public_key, EVP_PKEY **out)
{
	const uint8_t *at = public_key.data;

	if (public_key.size == 0 || public_key.size > PASSKEY_KEY_MAX)
		return invalid();
	AUTO(EVP_PKEY_free)
	EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)public_key.size);
	if (!key || at != public_key.data + public_key.size)
		return invalid();
	if (!is_p256(key) && !is_rsa(key))
		return invalid();
	if (!is_canonical(key, public_key) || !is_sound(key))
		return invalid();
	*out = STEAL(key);
	return OK;
}

RESULT
passkey_key_check(struct span public_key)
{
	AUTO(EVP_PKEY_free) EVP_PKEY *key = NULL;

	return load(public_key, &key);
}

RESULT
passkey_key_verify(
    struct span public_key, struct span message, struct span signature)
{
	AUTO(EVP_PKEY_free) EVP_PKEY *key = NULL;
	AUTO(EVP_MD_CTX_free) EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	if (!ctx)
		abort();
	TRY(load(public_key, &key));
	if (EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) != 1)
		return invalid();
	if (EVP_DigestVerify(ctx, signature.data, signature.size, message.data,
		message.size) != 1)
		return FAIL(ERR_DENIED, "a signature that does not verify");
	return OK;
}
