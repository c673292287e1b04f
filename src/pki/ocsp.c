/*
 * Writing signed OCSP answers.
 */
#include "pki/ocsp.h"

#include "base/clock.h"
#include "base/digest.h"
#include "pki/certificate.h"
#include "pki/oids.h"

#include <openssl/sha.h>

#define DATA_MAX ((size_t)1024)

struct hashes {
	const char *algorithm;
	uint8_t name[DIGEST_SIZE], key[DIGEST_SIZE];
	size_t size;
};

static void
hash_sha1(const struct certificate *issuer, struct hashes *out)
{
	struct span name = issuer->subject.der, key = issuer->key_bits;

	*out =
	    (struct hashes){.algorithm = OID_SHA1, .size = SHA_DIGEST_LENGTH};
	SHA1(name.data, name.size, out->name);
	SHA1(key.data, key.size, out->key);
}

static void
hash_sha256(const struct certificate *issuer, struct hashes *out)
{
	struct digest name = digest_sha256(issuer->subject.der);
	struct digest key = digest_sha256(issuer->key_bits);

	*out = (struct hashes){.algorithm = OID_SHA256, .size = DIGEST_SIZE};
	memcpy(out->name, name.bytes, DIGEST_SIZE);
	memcpy(out->key, key.bytes, DIGEST_SIZE);
}

static void
put_cert_id(struct der *d, const struct hashes *h, struct span serial)
{
	der_open(d, DER_SEQUENCE);
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, h->algorithm);
	der_put_null(d);
	der_close(d);
	der_put(d, DER_OCTETS, SPAN(h->name, h->size));
	der_put(d, DER_OCTETS, SPAN(h->key, h->size));
	der_put_unsigned(d, DER_INTEGER, serial);
	der_close(d);
}

static void
put_status(struct der *d, const struct ocsp_facts *f)
{
	if (f->revoked_at == 0) {
		der_put(d, DER_CONTEXT(0), SPAN(NULL, 0)); /* good */
		return;
	}
	der_open(d, DER_CONTEXT_OF(1));
	der_put_generalized(d, DER_GENERALIZED_TIME, f->revoked_at);
	if (f->reason != 0) {
		der_open(d, DER_CONTEXT_OF(0));
		der_put_number(d, DER_ENUMERATED, f->reason);
		der_close(d);
	}
	der_close(d);
}

/* The status is kept for as long as the authority lives (B-31). */
static void
put_archive_cutoff(struct der *d, const struct certificate *issuer)
{
	der_open(d, DER_CONTEXT_OF(1));
	der_open(d, DER_SEQUENCE);
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, OID_ARCHIVE_CUTOFF);
	der_open(d, DER_OCTETS);
	der_put_generalized(d, DER_GENERALIZED_TIME, issuer->not_before);
	der_close(d);
	der_close(d);
	der_close(d);
	der_close(d);
}

static void
put_single(struct der *d, const struct ocsp_facts *f,
    const struct certificate *issuer, const struct hashes *h)
{
	der_open(d, DER_SEQUENCE);
	put_cert_id(d, h, f->serial);
	put_status(d, f);
	der_put_generalized(d, DER_GENERALIZED_TIME, f->this_update);
	der_open(d, DER_CONTEXT_OF(0));
	der_put_generalized(d, DER_GENERALIZED_TIME, f->next_update);
	der_close(d);
	put_archive_cutoff(d, issuer);
	der_close(d);
}

static RESULT
build_data(const struct ocsp_facts *f, const struct certificate *responder,
    struct der *d)
{
	struct certificate issuer;
	struct hashes old, new;
	uint8_t id[SHA_DIGEST_LENGTH];

	TRY(certificate_parse(f->issuer_certificate, &issuer));
	hash_sha1(&issuer, &old);
	hash_sha256(&issuer, &new);
	SHA1(responder->key_bits.data, responder->key_bits.size, id);
	der_open(d, DER_SEQUENCE);
	der_open(d, DER_CONTEXT_OF(2)); /* byKey */
	der_put(d, DER_OCTETS, SPAN(id, sizeof(id)));
	der_close(d);
	der_put_generalized(d, DER_GENERALIZED_TIME, f->this_update);
	der_open(d, DER_SEQUENCE);
	put_single(d, f, &issuer, &old);
	put_single(d, f, &issuer, &new);
	der_close(d);
	der_close(d);
	return der_done(d);
}

static void
put_basic(struct der *d, struct span data, struct span signature,
    struct span responder, enum signature_algorithm algorithm)
{
	der_open(d, DER_SEQUENCE);
	der_put_raw(d, data);
	der_put_raw(d, signature_algorithm_der(algorithm));
	der_put_bits(d, signature, 0);
	der_open(d, DER_CONTEXT_OF(0));
	der_open(d, DER_SEQUENCE);
	der_put_raw(d, responder);
	der_close(d);
	der_close(d);
	der_close(d);
}

static RESULT
check_facts(const struct ocsp_facts *f)
{
	if (f->next_update <= f->this_update || f->this_update % SECOND ||
	    f->next_update % SECOND || f->revoked_at > f->this_update)
		return FAIL(ERR_INTERNAL, "answer with wrong times");
	return OK;
}

RESULT
ocsp_build(const struct ocsp_facts *f, struct span responder,
    const struct signing_key *key, struct buf *out)
{
	AUTO(der_clear) struct der data, d;
	AUTO(buf_clear) struct buf signature;
	struct certificate certificate;

	der_init(&data, DATA_MAX);
	der_init(&d, OCSP_ANSWER_MAX);
	buf_init(&signature, SIGNATURE_MAX);
	TRY(check_facts(f));
	TRY(certificate_parse(responder, &certificate));
	TRY(build_data(f, &certificate, &data));
	TRY(key->sign(key->data, span_of_buf(&data.bytes), &signature));
	der_open(&d, DER_SEQUENCE);
	der_put_number(&d, DER_ENUMERATED, 0); /* successful */
	der_open(&d, DER_CONTEXT_OF(0));
	der_open(&d, DER_SEQUENCE);
	der_put_oid(&d, OID_OCSP_BASIC);
	der_open(&d, DER_OCTETS);
	put_basic(&d, span_of_buf(&data.bytes), span_of_buf(&signature),
	    responder, key->algorithm);
	der_close(&d);
	der_close(&d);
	der_close(&d);
	der_close(&d);
	TRY(der_done(&d));
	return buf_add_span(out, span_of_buf(&d.bytes));
}
