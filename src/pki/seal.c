/*
 * Signed attributes are a SET: DER sorts it (X.690 11.6), and what is signed
 * is that set under its own tag, while the message holds it under [0]
 * (RFC 5652 5.4).
 */
#include "pki/seal.h"

#include "pki/certificate.h"

#include <stdlib.h>

#define OID_DATA "1.2.840.113549.1.7.1"
#define OID_SIGNED_DATA "1.2.840.113549.1.7.2"
#define OID_CONTENT_TYPE "1.2.840.113549.1.9.3"
#define OID_MESSAGE_DIGEST "1.2.840.113549.1.9.4"
#define OID_SIGNING_TIME "1.2.840.113549.1.9.5"
#define OID_CONTENT_IDENTIFIER "1.2.840.113549.1.9.16.2.7"
#define OID_SIGNING_CERTIFICATE "1.2.840.113549.1.9.16.2.47"
#define OID_SHA256 "2.16.840.1.101.3.4.2.1"

#define ATTRIBUTES 5
#define ATTRIBUTE_MAX ((size_t)512)

static void
open_attribute(struct der *d, const char *oid)
{
	der_init(d, ATTRIBUTE_MAX);
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, oid);
	der_open(d, DER_SET);
}

static void
close_attribute(struct der *d)
{
	der_close(d);
	der_close(d);
}

/* ESSCertIDv2 with its default algorithm, SHA-256 (RFC 5035 4). */
static void
put_certificate_digest(struct der *d, struct span certificate)
{
	const struct digest digest = digest_sha256(certificate);

	for (int i = 0; i < 3; i++)
		der_open(d, DER_SEQUENCE);
	der_put(d, DER_OCTETS, SPAN(digest.bytes, DIGEST_SIZE));
	for (int i = 0; i < 3; i++)
		der_close(d);
}

static void
put_attributes(const struct seal_facts *f, struct der d[ATTRIBUTES])
{
	open_attribute(&d[0], OID_CONTENT_TYPE);
	der_put_oid(&d[0], OID_DATA);
	close_attribute(&d[0]);
	open_attribute(&d[1], OID_MESSAGE_DIGEST);
	der_put(&d[1], DER_OCTETS, SPAN(f->content.bytes, DIGEST_SIZE));
	close_attribute(&d[1]);
	open_attribute(&d[2], OID_SIGNING_TIME);
	der_put_time(&d[2], f->at);
	close_attribute(&d[2]);
	open_attribute(&d[3], OID_SIGNING_CERTIFICATE);
	put_certificate_digest(&d[3], f->certificate);
	close_attribute(&d[3]);
	open_attribute(&d[4], OID_CONTENT_IDENTIFIER);
	der_put(&d[4], DER_OCTETS, span_of_text(f->about));
	close_attribute(&d[4]);
}

static int
compare(const void *left, const void *right)
{
	const struct der *a = left, *b = right;
	size_t size = a->bytes.size < b->bytes.size ? a->bytes.size
						    : b->bytes.size;
	int order = memcmp(a->bytes.data, b->bytes.data, size);

	return order ? order : (a->bytes.size > b->bytes.size) -
				   (a->bytes.size < b->bytes.size);
}

/* The set, under its own tag. */
static RESULT
build_attributes(const struct seal_facts *f, struct buf *out)
{
	AUTO(der_clear) struct der set;
	struct der each[ATTRIBUTES];
	enum err result = OK;

	put_attributes(f, each);
	for (size_t i = 0; i < ATTRIBUTES && result == OK; i++)
		result = der_done(&each[i]);
	der_init(&set, ATTRIBUTES * ATTRIBUTE_MAX);
	if (result == OK)
		qsort(each, ATTRIBUTES, sizeof(*each), compare);
	der_open(&set, DER_SET);
	for (size_t i = 0; i < ATTRIBUTES; i++) {
		der_put_raw(&set, span_of_buf(&each[i].bytes));
		der_clear(&each[i]);
	}
	der_close(&set);
	TRY(result);
	TRY(der_done(&set));
	return buf_add_span(out, span_of_buf(&set.bytes));
}

static void
put_digest_algorithm(struct der *d)
{
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, OID_SHA256);
	der_close(d);
}

static RESULT
put_signer(struct der *d, const struct seal_facts *f,
    const struct signing_key *key, const struct certificate *c)
{
	AUTO(buf_clear) struct buf attributes, signature;
	struct span set, inside;

	buf_init(&attributes, ATTRIBUTES * ATTRIBUTE_MAX);
	buf_init(&signature, SIGNATURE_MAX);
	TRY(build_attributes(f, &attributes));
	TRY(key->sign(key->data, span_of_buf(&attributes), &signature));
	set = span_of_buf(&attributes);
	TRY(der_take(&set, DER_SET, &inside));
	der_open(d, DER_SEQUENCE);
	der_put_number(d, DER_INTEGER, 1);
	der_open(d, DER_SEQUENCE);
	der_put_raw(d, c->issuer.der);
	der_put(d, DER_INTEGER, c->serial);
	der_close(d);
	put_digest_algorithm(d);
	der_put(d, DER_CONTEXT_OF(0), inside);
	der_put_raw(d, signature_algorithm_der(key->algorithm));
	der_put(d, DER_OCTETS, span_of_buf(&signature));
	der_close(d);
	return OK;
}

static RESULT
put_signed_data(struct der *d, const struct seal_facts *f,
    const struct signing_key *key, const struct certificate *c)
{
	der_open(d, DER_SEQUENCE);
	der_put_number(d, DER_INTEGER, 1);
	der_open(d, DER_SET);
	put_digest_algorithm(d);
	der_close(d);
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, OID_DATA); /* and nothing: the content lies beside */
	der_close(d);
	der_open(d, DER_CONTEXT_OF(0));
	der_put_raw(d, f->certificate);
	for (size_t i = 0; i < f->other_count; i++)
		der_put_raw(d, f->others[i]);
	der_close(d);
	der_open(d, DER_SET);
	TRY(put_signer(d, f, key, c));
	der_close(d);
	der_close(d);
	return OK;
}

RESULT
seal_build(const struct seal_facts *f, const struct signing_key *key,
    struct buf *out)
{
	AUTO(der_clear) struct der d;
	struct certificate c;

	if (key->algorithm != ECDSA_SHA256)
		return FAIL(ERR_INVALID, "a seal by another algorithm");
	TRY(certificate_parse(f->certificate, &c));
	der_init(&d, SEAL_MAX);
	der_open(&d, DER_SEQUENCE);
	der_put_oid(&d, OID_SIGNED_DATA);
	der_open(&d, DER_CONTEXT_OF(0));
	TRY(put_signed_data(&d, f, key, &c));
	der_close(&d);
	der_close(&d);
	TRY(der_done(&d));
	return buf_add_span(out, span_of_buf(&d.bytes));
}
