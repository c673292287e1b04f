/*
 * The parts that all answers of a responder have in common. Taking issuer and
 * responder apart for each answer would cost a third of what a signature does.
 */
#include "pki/ocsp.h"

#include "base/digest.h"
#include "pki/certificate.h"
#include "pki/oids.h"

#include <openssl/sha.h>

#define PART_MAX (CERTIFICATE_MAX + 16)

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

/* The content of a CertID up to the serial number. */
static RESULT
put_issuer(const struct hashes *h, bool null_parameters, struct der *d)
{
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, h->algorithm);
	if (null_parameters)
		der_put_null(d);
	der_close(d);
	der_put(d, DER_OCTETS, SPAN(h->name, h->size));
	der_put(d, DER_OCTETS, SPAN(h->key, h->size));
	return der_done(d);
}

/* The status is kept for as long as the authority lives (B-31). */
static RESULT
put_archive_cutoff(const struct certificate *issuer, struct der *d)
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
	return der_done(d);
}

/* byKey */
static RESULT
put_responder_id(const struct certificate *responder, struct der *d)
{
	uint8_t id[SHA_DIGEST_LENGTH];

	SHA1(responder->key_bits.data, responder->key_bits.size, id);
	der_open(d, DER_CONTEXT_OF(2));
	der_put(d, DER_OCTETS, SPAN(id, sizeof(id)));
	der_close(d);
	return der_done(d);
}

static RESULT
put_certificates(struct span responder, struct der *d)
{
	der_open(d, DER_CONTEXT_OF(0));
	der_open(d, DER_SEQUENCE);
	der_put_raw(d, responder);
	der_close(d);
	der_close(d);
	return der_done(d);
}

/* Takes what was written, and begins anew. */
static RESULT
keep_part(struct der *d, enum err written, struct buf *out)
{
	TRY(written);
	*out = d->bytes;
	der_init(d, d->bytes.ceiling);
	return OK;
}

static RESULT
encode_parts(struct span issuer, struct span responder,
    struct ocsp_responder *out)
{
	struct certificate of_issuer, of_responder;
	AUTO(der_clear) struct der d;
	struct hashes h[2];

	der_init(&d, PART_MAX);
	TRY(certificate_parse(issuer, &of_issuer));
	TRY(certificate_parse(responder, &of_responder));
	hash_sha1(&of_issuer, &h[0]);
	hash_sha256(&of_issuer, &h[1]);
	for (int i = 0; i < 4; i++)
		TRY(keep_part(&d, put_issuer(&h[i / 2], i % 2, &d),
		    &out->issuer[i / 2][i % 2]));
	TRY(keep_part(&d, put_responder_id(&of_responder, &d), &out->id));
	TRY(keep_part(&d, put_archive_cutoff(&of_issuer, &d), &out->cutoff));
	return keep_part(
	    &d, put_certificates(responder, &d), &out->certificates);
}

RESULT
ocsp_responder_init(struct span issuer, struct span responder,
    struct ocsp_responder *out)
{
	AUTO(ocsp_responder_clear) struct ocsp_responder made = {0};

	TRY(encode_parts(issuer, responder, &made));
	*out = made;
	made = (struct ocsp_responder){0};
	return OK;
}

void
ocsp_responder_clear(struct ocsp_responder *r)
{
	for (int i = 0; i < 4; i++)
		buf_clear(&r->issuer[i / 2][i % 2]);
	buf_clear(&r->id);
	buf_clear(&r->cutoff);
	buf_clear(&r->certificates);
}
