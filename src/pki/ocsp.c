/*
 * Writing signed OCSP answers: serial numbers, times and a nonce between the
 * parts that all have in common.
 */
#include "pki/ocsp.h"

#include "base/clock.h"
#include "pki/oids.h"

#define DATA_MAX ((size_t)6144)
#define DATA_USUAL ((size_t)512) /* of one certificate or two */
#define CERTIFICATE_HOLD 6

static void
put_cert_id(struct der *d, const struct ocsp_responder *responder,
    const struct ocsp_status *o)
{
	der_open(d, DER_SEQUENCE);
	der_put_raw(d, span_of_buf(
	    &responder->issuer[o->sha256][o->null_parameters]));
	der_put_unsigned(d, DER_INTEGER, o->serial);
	der_close(d);
}

static void
put_status(struct der *d, const struct ocsp_status *o)
{
	uint8_t reason = o->never_issued ? CERTIFICATE_HOLD : o->reason;

	if (!o->never_issued && o->revoked_at == 0) {
		der_put(d, DER_CONTEXT(0), SPAN(NULL, 0)); /* good */
		return;
	}
	der_open(d, DER_CONTEXT_OF(1));
	der_put_generalized(
	    d, DER_GENERALIZED_TIME, o->never_issued ? 0 : o->revoked_at);
	if (reason != 0) {
		der_open(d, DER_CONTEXT_OF(0));
		der_put_number(d, DER_ENUMERATED, reason);
		der_close(d);
	}
	der_close(d);
}

static void
put_single(struct der *d, const struct ocsp_responder *responder,
    const struct ocsp_status *o, const struct ocsp_reply *r)
{
	der_open(d, DER_SEQUENCE);
	put_cert_id(d, responder, o);
	put_status(d, o);
	der_put_generalized(d, DER_GENERALIZED_TIME, r->this_update);
	der_open(d, DER_CONTEXT_OF(0));
	der_put_generalized(d, DER_GENERALIZED_TIME, r->next_update);
	der_close(d);
	der_put_raw(d, span_of_buf(&responder->cutoff));
	der_close(d);
}

/* That "revoked" may mean "never issued" (RFC 6960 4.4.8). */
static void
put_extended_revoke(struct der *d)
{
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, OID_EXTENDED_REVOKE);
	der_open(d, DER_OCTETS);
	der_put_null(d);
	der_close(d);
	der_close(d);
}

static void
put_nonce(struct der *d, struct span nonce)
{
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, OID_NONCE);
	der_open(d, DER_OCTETS);
	der_put(d, DER_OCTETS, nonce);
	der_close(d);
	der_close(d);
}

static void
put_extensions(struct der *d, const struct ocsp_reply *r)
{
	bool extended = false;

	for (size_t i = 0; i < r->count; i++)
		extended = extended || r->statuses[i].never_issued;
	if (!extended && r->nonce.size == 0)
		return;
	der_open(d, DER_CONTEXT_OF(1));
	der_open(d, DER_SEQUENCE);
	if (r->nonce.size > 0)
		put_nonce(d, r->nonce);
	if (extended)
		put_extended_revoke(d);
	der_close(d);
	der_close(d);
}

static RESULT
build_data(const struct ocsp_reply *r, const struct ocsp_responder *responder,
    struct der *d)
{
	TRY(buf_reserve(&d->bytes, DATA_USUAL));
	der_open(d, DER_SEQUENCE);
	der_put_raw(d, span_of_buf(&responder->id));
	der_put_generalized(d, DER_GENERALIZED_TIME, r->this_update);
	der_open(d, DER_SEQUENCE);
	for (size_t i = 0; i < r->count; i++)
		put_single(d, responder, &r->statuses[i], r);
	der_close(d);
	put_extensions(d, r);
	der_close(d);
	return der_done(d);
}

static void
put_basic(struct der *d, struct span data, struct span signature,
    const struct ocsp_responder *responder, enum signature_algorithm algorithm)
{
	der_open(d, DER_SEQUENCE);
	der_put_raw(d, data);
	der_put_raw(d, signature_algorithm_der(algorithm));
	der_put_bits(d, signature, 0);
	der_put_raw(d, span_of_buf(&responder->certificates));
	der_close(d);
}

static RESULT
check_times(const struct ocsp_reply *r)
{
	if (r->next_update <= r->this_update || r->this_update % SECOND ||
	    r->next_update % SECOND)
		return FAIL(ERR_INTERNAL, "answer with wrong times");
	for (size_t i = 0; i < r->count; i++)
		if (r->statuses[i].revoked_at > r->this_update)
			return FAIL(ERR_INTERNAL, "revoked in the future");
	return r->count > 0 ? OK : FAIL(ERR_INTERNAL, "about nothing");
}

RESULT
ocsp_build_reply(const struct ocsp_reply *r,
    const struct ocsp_responder *responder, const struct signing_key *key,
    struct buf *out)
{
	AUTO(der_clear) struct der data, d;
	AUTO(buf_clear) struct buf signature;

	der_init(&data, DATA_MAX);
	der_init(&d, OCSP_REPLY_MAX);
	buf_init(&signature, SIGNATURE_MAX);
	TRY(check_times(r));
	TRY(build_data(r, responder, &data));
	TRY(key->sign(key->data, span_of_buf(&data.bytes), &signature));
	TRY(buf_reserve(&d.bytes,
	    data.bytes.size + responder->certificates.size + 256));
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

RESULT
ocsp_build(const struct ocsp_facts *f, const struct ocsp_responder *responder,
    const struct signing_key *key, struct buf *out)
{
	const struct ocsp_status old = {.serial = f->serial,
	    .null_parameters = true,
	    .revoked_at = f->revoked_at,
	    .reason = f->reason};
	struct ocsp_status both[] = {old, old};
	const struct ocsp_reply r = {
	    .statuses = both,
	    .count = 2,
	    .this_update = f->this_update,
	    .next_update = f->next_update,
	};

	both[1].sha256 = true;
	return ocsp_build_reply(&r, responder, key, out);
}
