/*
 * Questions about status and their answers, on the wire.
 */
#include "proc/status_ask.h"

RESULT
ocsp_ask_put(struct buf *b, const struct ocsp_ask *q)
{
	put_text(b, q->issuer);
	put_u32(b, (uint32_t)q->count);
	for (size_t i = 0; i < q->count; i++) {
		const struct ocsp_asked *one = &q->asked[i];
		put_bytes(b, SPAN(one->serial, one->serial_size));
		put_bool(b, one->sha256);
		put_bool(b, one->null_parameters);
	}
	put_bytes(b, SPAN(q->nonce, q->nonce_size));
	return wire_written(b);
}

static void
get_asked(struct wire_reader *r, struct ocsp_asked *out)
{
	out->serial_size = get_octets(r, out->serial, sizeof(out->serial));
	out->sha256 = get_bool(r);
	out->null_parameters = get_bool(r);
	if (out->serial_size == 0)
		r->failed = true;
}

RESULT
ocsp_ask_get(struct span message, struct ocsp_ask *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct ocsp_ask){0};
	get_text(&r, out->issuer, sizeof(out->issuer));
	out->count = get_u32(&r);
	if (out->count == 0 || out->count > OCSP_ASKED_MAX)
		return FAIL(ERR_INVALID, "a question about nothing, or all");
	for (size_t i = 0; i < out->count; i++)
		get_asked(&r, &out->asked[i]);
	out->nonce_size = get_octets(&r, out->nonce, sizeof(out->nonce));
	return wire_done(&r);
}

RESULT
ocsp_told_put(struct buf *b, const struct ocsp_told *r)
{
	put_bytes(b, SPAN(r->answer, r->size));
	put_u32(b, (uint32_t)r->never_issued);
	return wire_written(b);
}

RESULT
ocsp_told_get(struct span message, struct ocsp_told *out)
{
	struct wire_reader r = wire_read(message);

	out->size = get_octets(&r, out->answer, sizeof(out->answer));
	out->never_issued = get_u32(&r);
	return wire_done(&r);
}
