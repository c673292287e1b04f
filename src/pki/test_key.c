/*
 * Keys and a small PKI for tests.
 */
#include "pki/test_key.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "pki/subject.h"

#include <openssl/x509.h>

DEFINE_AUTO(EVP_MD_CTX_free, EVP_MD_CTX *)

static enum err
sign(void *data, struct span message, struct buf *signature)
{
	struct test_key *k = data;
	AUTO(EVP_MD_CTX_free) EVP_MD_CTX *md = EVP_MD_CTX_new();
	uint8_t bytes[SIGNATURE_MAX];
	size_t size = sizeof(bytes);

	if (EVP_DigestSignInit_ex(md, NULL,
		k->signing.algorithm == ECDSA_SHA384 ? "SHA384" : "SHA256",
		NULL, NULL, k->key, NULL) != 1 ||
	    EVP_DigestSign(md, bytes, &size, message.data, message.size) != 1)
		abort();
	return buf_add(signature, bytes, size);
}

void
test_key_init(enum key_kind kind, struct test_key *out)
{
	uint8_t *der = NULL;

	out->key = EVP_EC_gen(kind == KEY_p384 ? "P-384" : "P-256");
	out->signing = (struct signing_key){
	    kind == KEY_p384 ? ECDSA_SHA384 : ECDSA_SHA256, sign, out};
	int size = i2d_PUBKEY(out->key, &der);
	buf_init(&out->public_key, 1024);
	if (size <= 0 || buf_add(&out->public_key, der, (size_t)size) != OK)
		abort();
	OPENSSL_free(der);
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

void
test_pki_init(struct test_pki *p)
{
	test_key_init(KEY_p384, &p->root);
	test_key_init(KEY_p256, &p->issuing);
	test_key_init(KEY_p256, &p->responder);
	test_key_init(KEY_p256, &p->person);
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
	if (ceremony_build(&p->plan, &p->product) != OK) {
		fprintf(stderr, "ceremony: %s\n", err_explanation());
		abort();
	}
	make_person(p);
	serial_make(p->serial);
	if (key_identifier(p->plan.issuing_public, p->issuer_key) != OK)
		abort();
}

void
test_pki_clear(struct test_pki *p)
{
	test_key_clear(&p->root);
	test_key_clear(&p->issuing);
	test_key_clear(&p->responder);
	test_key_clear(&p->person);
	ceremony_clear(&p->product);
	buf_clear(&p->subject);
}

struct tbs_facts
test_pki_facts(struct test_pki *p)
{
	struct certificate issuer;
	int64_t now = p->plan.now - p->plan.now % SECOND;

	if (certificate_parse(span_of_buf(&p->product.issuing), &issuer) != OK)
		abort();
	return (struct tbs_facts){
	    .profile = &profile_lcp,
	    .serial = SPAN(p->serial, SERIAL_SIZE),
	    .issuer_name = issuer.subject.der,
	    .issuer_key = SPAN(p->issuer_key, KEY_IDENTIFIER_SIZE),
	    .subject = span_of_buf(&p->subject),
	    .public_key = span_of_buf(&p->person.public_key),
	    .not_before = now,
	    .not_after = now + 1095 * DAY - SECOND,
	    .algorithm = ECDSA_SHA256,
	    .base_url = p->plan.base_url,
	    .own_policy = "",
	};
}
