/*
 * Keys and a small PKI for tests.
 */
#include "pki/test_key.h"

#include "base/clock.h"
#include "base/digest.h"
#include "pki/certificate.h"
#include "pki/oids.h"
#include "pki/subject.h"

#include <openssl/rsa.h>
#include <openssl/x509.h>

DEFINE_AUTO(EVP_MD_CTX_free, EVP_MD_CTX *)

static enum err
sign(void *data, struct span message, struct buf *signature)
{
	struct test_key *k = data;
	AUTO(EVP_MD_CTX_free) EVP_MD_CTX *md = EVP_MD_CTX_new();
	uint8_t bytes[SIGNATURE_MAX];
	size_t size = sizeof(bytes);

	EVP_PKEY_CTX *ctx = NULL; /* md's */
	if (EVP_DigestSignInit_ex(md, &ctx,
		k->signing.algorithm == ECDSA_SHA384 ? "SHA384" : "SHA256",
		NULL, NULL, k->key, NULL) != 1 ||
	    (k->signing.algorithm == RSA_PSS_SHA256 &&
		(EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) !=
			1 ||
		    EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, 32) != 1)) ||
	    EVP_DigestSign(md, bytes, &size, message.data, message.size) != 1)
		abort();
	return buf_add(signature, bytes, size);
}

static EVP_PKEY *
make_key(enum key_kind kind)
{
	switch (kind) {
	case KEY_p384:
		return EVP_EC_gen("P-384");
	case KEY_rsa3072:
		return EVP_RSA_gen(3072);
	case KEY_rsa4096:
		return EVP_RSA_gen(4096);
	case KEY_p256:
	case KEY_KIND_COUNT:
		break;
	}
	return EVP_EC_gen("P-256");
}

static enum signature_algorithm
algorithm_of(enum key_kind kind)
{
	if (kind == KEY_rsa3072 || kind == KEY_rsa4096)
		return RSA_SHA256;
	return kind == KEY_p384 ? ECDSA_SHA384 : ECDSA_SHA256;
}

static void
finish_key(enum key_kind kind, struct test_key *out)
{
	uint8_t *der = NULL;

	out->signing = (struct signing_key){algorithm_of(kind), sign, out};
	int size = i2d_PUBKEY(out->key, &der);
	buf_init(&out->public_key, 1024);
	if (size <= 0 || buf_add(&out->public_key, der, (size_t)size) != OK)
		abort();
	OPENSSL_free(der);
}

void
test_key_init(enum key_kind kind, struct test_key *out)
{
	out->key = make_key(kind);
	finish_key(kind, out);
}

/* An ECPrivateKey (RFC 5915) whose number is a digest of the text: small
 * enough for both curves. OpenSSL works out the public half. */
void
test_key_known(enum key_kind kind, const char *secret, struct test_key *out)
{
	struct digest number = digest_sha256(span_of_text(secret));
	AUTO(der_clear) struct der d;

	der_init(&d, 256);
	der_open(&d, DER_SEQUENCE);
	der_put_number(&d, DER_INTEGER, 1);
	der_put(&d, DER_OCTETS, SPAN(number.bytes, DIGEST_SIZE));
	der_open(&d, DER_CONTEXT_OF(0));
	der_put_oid(&d, kind == KEY_p384 ? OID_P384 : OID_P256);
	der_close(&d);
	der_close(&d);
	if (der_done(&d) != OK)
		abort();
	const uint8_t *at = d.bytes.data;
	out->key = d2i_PrivateKey(EVP_PKEY_EC, NULL, &at, (long)d.bytes.size);
	if (!out->key)
		abort();
	finish_key(kind, out);
}

void
test_key_clear(struct test_key *k)
{
	EVP_PKEY_free(k->key);
	buf_clear(&k->public_key);
}

static void
make_person(struct test_pki *p)
{
	struct subject s = {
	    .country = "FR",
	    .surname = "Lefèvre",
	    .given_names = "Zoé Anaïs",
	    .serial = "8RKQ2M7W4T",
	    .common_name = "Zoé Anaïs Lefèvre",
	};

	buf_init(&p->subject, SUBJECT_MAX);
	if (subject_build_person(&s, &p->subject) != OK)
		abort();
}

RESULT
test_product_build(const struct ceremony_plan *plan, struct test_product *out)
{
	AUTO(test_product_clear) struct test_product made = {0};
	struct ceremony_authority l;

	TRY(ceremony_root(plan, &made.root, &made.root_crl));
	ceremony_authority_init(&l);
	enum err result = ceremony_authority(
	    plan, &profile_issuing_l, span_of_buf(&made.root), &l);
	made.issuing = l.issuing;
	made.responder = l.responder;
	made.issuing_crl = l.list;
	TRY(result);
	*out = made;
	memset(&made, 0, sizeof(made));
	return OK;
}

void
test_product_clear(struct test_product *p)
{
	buf_clear(&p->root);
	buf_clear(&p->issuing);
	buf_clear(&p->responder);
	buf_clear(&p->root_crl);
	buf_clear(&p->issuing_crl);
}

static void
build_pki(struct test_pki *p)
{
	p->plan = (struct ceremony_plan){
	    .country = "FR",
	    .organisation = "TEST Paraph",
	    .organisation_id = "NTRFR-123456789",
	    .base_url = "http://pki.example.com",
	    .policy_oid = "",
	    .now = clock_now(),
	    .crl_hours = 48,
	    .root = p->root.signing,
	    .issuing = p->issuing.signing,
	    .root_public = span_of_buf(&p->root.public_key),
	    .issuing_public = span_of_buf(&p->issuing.public_key),
	    .responder_public = span_of_buf(&p->responder.public_key),
	};
	buf_init(&p->issuing_q_certificate, CERTIFICATE_MAX);
	if (test_product_build(&p->plan, &p->product) != OK ||
	    ceremony_issuing(&p->plan, &profile_issuing_q,
		span_of_buf(&p->product.root),
		span_of_buf(&p->issuing_q.public_key),
		&p->issuing_q_certificate) != OK) {
		fprintf(stderr, "ceremony: %s\n", err_explanation());
		abort();
	}
	make_person(p);
	serial_make(p->serial);
	if (key_identifier(p->plan.issuing_public, p->issuer_key) != OK ||
	    key_identifier(
		span_of_buf(&p->issuing_q.public_key), p->issuer_q_key) != OK)
		abort();
}

void
test_pki_init(struct test_pki *p)
{
	test_key_init(KEY_p384, &p->root);
	test_key_init(KEY_p256, &p->issuing);
	test_key_init(KEY_p256, &p->issuing_q);
	test_key_init(KEY_p256, &p->responder);
	test_key_init(KEY_p256, &p->person);
	build_pki(p);
}

void
test_pki_init_known(struct test_pki *p)
{
	test_key_known(KEY_p384, "root", &p->root);
	test_key_known(KEY_p256, "issuing L", &p->issuing);
	test_key_known(KEY_p256, "issuing Q", &p->issuing_q);
	test_key_known(KEY_p256, "responder", &p->responder);
	test_key_known(KEY_p256, "a person", &p->person);
	build_pki(p);
	memset(p->serial, 0x42, sizeof(p->serial));
}

void
test_pki_clear(struct test_pki *p)
{
	test_key_clear(&p->root);
	test_key_clear(&p->issuing);
	test_key_clear(&p->issuing_q);
	test_key_clear(&p->responder);
	test_key_clear(&p->person);
	test_product_clear(&p->product);
	buf_clear(&p->issuing_q_certificate);
	buf_clear(&p->subject);
}

const struct test_key *
test_pki_issuer(const struct test_pki *p, const struct profile *profile)
{
	return profile_is_qualified(profile) ? &p->issuing_q : &p->issuing;
}

struct span
test_pki_issuer_certificate(
    const struct test_pki *p, const struct profile *profile)
{
	return span_of_buf(profile_is_qualified(profile)
			       ? &p->issuing_q_certificate
			       : &p->product.issuing);
}

struct tbs_facts
test_pki_facts_of(struct test_pki *p, const struct profile *profile)
{
	struct certificate issuer;
	int64_t now = p->plan.now - p->plan.now % SECOND;
	bool q = profile_is_qualified(profile);

	if (certificate_parse(
		test_pki_issuer_certificate(p, profile), &issuer) != OK)
		abort();
	return (struct tbs_facts){
	    .profile = profile,
	    .serial = SPAN(p->serial, SERIAL_SIZE),
	    .issuer_name = issuer.subject.der,
	    .issuer_key =
		SPAN(q ? p->issuer_q_key : p->issuer_key, KEY_IDENTIFIER_SIZE),
	    .subject = span_of_buf(&p->subject),
	    .public_key = span_of_buf(&p->person.public_key),
	    .not_before = now,
	    .not_after = now + 1095 * DAY - SECOND,
	    .algorithm = ECDSA_SHA256,
	    .base_url = p->plan.base_url,
	    .own_policy = "",
	};
}

struct tbs_facts
test_pki_facts(struct test_pki *p)
{
	return test_pki_facts_of(p, &profile_lcp);
}
