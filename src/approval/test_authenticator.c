/*
 * An authenticator in software.
 */
#include "approval/test_authenticator.h"

#include "base/codec.h"

#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

DEFINE_AUTO(EVP_MD_CTX_free, EVP_MD_CTX *)

#define ROOM 8192

static void
must(enum err result)
{
	if (result != OK)
		abort();
}

void
test_authenticator_init(struct test_authenticator *a, bool rsa)
{
	uint8_t *der = NULL;

	*a = (struct test_authenticator){
	    .flags = 0x05, .counter = 1, .rsa = rsa};
	a->key = rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256");
	int size = i2d_PUBKEY(a->key, &der);
	buf_init(&a->public_key, PASSKEY_KEY_MAX);
	must(buf_add(&a->public_key, der, (size_t)size));
	OPENSSL_free(der);
	random_bytes(a->credential_id, sizeof(a->credential_id));
}

void
test_authenticator_clear(struct test_authenticator *a)
{
	EVP_PKEY_free(a->key);
	buf_clear(&a->public_key);
	a->key = NULL;
}

static void
put_client_data(struct buf *b, const char *type, const struct relying_party *rp,
    struct span challenge)
{
	must(buf_add_format(b, "{\"type\":\"%s\",\"challenge\":\"", type));
	must(base64url_encode(challenge, b));
	must(buf_add_format(
	    b, "\",\"origin\":\"%s\",\"crossOrigin\":false}", rp->origin));
}

static void
put_data(struct buf *b, const struct test_authenticator *a,
    const struct relying_party *rp, uint8_t more)
{
	struct digest hash = digest_sha256(span_of_text(rp->id));
	const uint8_t counter[4] = {(uint8_t)(a->counter >> 24),
	    (uint8_t)(a->counter >> 16), (uint8_t)(a->counter >> 8),
	    (uint8_t)a->counter};

	must(buf_add(b, hash.bytes, DIGEST_SIZE));
	must(buf_add_byte(b, a->flags | more));
	must(buf_add(b, counter, sizeof(counter)));
}

/* A byte string, of 24 bytes or more. */
static void
put_bytes(struct buf *b, const uint8_t *bytes, size_t size)
{
	if (size >= 256) {
		must(buf_add_byte(b, 0x59));
		must(buf_add_byte(b, (uint8_t)(size >> 8)));
	} else {
		must(buf_add_byte(b, 0x58));
	}
	must(buf_add_byte(b, (uint8_t)size));
	must(buf_add(b, bytes, size));
}

static void
put_ec(struct buf *b, const struct test_authenticator *a)
{
	uint8_t point[65];
	size_t size;

	if (EVP_PKEY_get_octet_string_param(a->key, OSSL_PKEY_PARAM_PUB_KEY,
		point, sizeof(point), &size) != 1)
		abort();
	must(buf_add(b, "\xa5\x01\x02\x03\x26\x20\x01\x21", 8));
	put_bytes(b, point + 1, 32);
	must(buf_add(b, "\x22", 1));
	put_bytes(b, point + 33, 32);
}

static void
put_rsa(struct buf *b, const struct test_authenticator *a)
{
	uint8_t modulus[256];
	BIGNUM *n = NULL;

	if (EVP_PKEY_get_bn_param(a->key, OSSL_PKEY_PARAM_RSA_N, &n) != 1)
		abort();
	BN_bn2binpad(n, modulus, sizeof(modulus));
	BN_free(n);
	must(buf_add(b, "\xa4\x01\x03\x03\x39\x01\x00\x20", 8));
	put_bytes(b, modulus, sizeof(modulus));
	must(buf_add(b, "\x21\x43\x01\x00\x01", 5));
}

void
test_authenticator_register(struct test_authenticator *a,
    const struct relying_party *rp, struct span challenge,
    struct test_answer *out)
{
	AUTO(buf_clear) struct buf data;

	*out = (struct test_answer){0};
	buf_init(&data, ROOM);
	buf_init(&out->authenticator_data, ROOM);
	buf_init(&out->client_data, CLIENT_DATA_MAX);
	put_client_data(&out->client_data, "webauthn.create", rp, challenge);
	put_data(&data, a, rp, 0x40);
	must(buf_add(&data, "0123456789abcdef", AAGUID_SIZE));
	must(buf_add(&data, "\x00\x10", 2));
	must(buf_add(&data, a->credential_id, sizeof(a->credential_id)));
	if (a->rsa)
		put_rsa(&data, a);
	else
		put_ec(&data, a);
	must(buf_add(&out->authenticator_data,
	    "\xa3"
	    "\x63"
	    "fmt"
	    "\x64"
	    "none"
	    "\x67"
	    "attStmt"
	    "\xa0"
	    "\x68"
	    "authData",
	    28));
	put_bytes(&out->authenticator_data, data.data, data.size);
}

void
test_authenticator_sign(struct test_authenticator *a,
    const struct relying_party *rp, struct span challenge,
    struct test_answer *out)
{
	AUTO(EVP_MD_CTX_free) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	AUTO(buf_clear) struct buf message;
	uint8_t signature[PASSKEY_SIGNATURE_MAX];
	size_t size = sizeof(signature);

	*out = (struct test_answer){0};
	buf_init(&message, ROOM);
	buf_init(&out->authenticator_data, ROOM);
	buf_init(&out->client_data, CLIENT_DATA_MAX);
	buf_init(&out->signature, sizeof(signature));
	put_client_data(&out->client_data, "webauthn.get", rp, challenge);
	put_data(&out->authenticator_data, a, rp, 0);
	a->counter++;
	struct digest d = digest_sha256(span_of_buf(&out->client_data));
	must(buf_add_span(&message, span_of_buf(&out->authenticator_data)));
	must(buf_add(&message, d.bytes, DIGEST_SIZE));
	if (EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, a->key) != 1 ||
	    EVP_DigestSign(ctx, signature, &size, message.data, message.size) !=
		1)
		abort();
	must(buf_add(&out->signature, signature, size));
	out->assertion = (struct assertion){
	    .credential_id = SPAN(a->credential_id, sizeof(a->credential_id)),
	    .authenticator_data = span_of_buf(&out->authenticator_data),
	    .client_data = span_of_buf(&out->client_data),
	    .signature = span_of_buf(&out->signature)};
}

void
test_answer_clear(struct test_answer *x)
{
	buf_clear(&x->authenticator_data);
	buf_clear(&x->client_data);
	buf_clear(&x->signature);
}
