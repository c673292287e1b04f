/*
 * Questions about status and their answers, on the wire.
 */
#include "proc/status_ask.h"

void
ocsp_ask_begin(struct buf *b, size_t count)
{
	put_u32(b, (uint32_t)count);
}

RESULT
ocsp_question_put(struct buf *b, const struct ocsp_question *q)
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
	put_bool(b, q->withheld);
	return wire_written(b);
}

RESULT
ocsp_ask_put(struct buf *b, const struct ocsp_ask *ask)
{
	ocsp_ask_begin(b, ask->count);
	for (size_t i = 0; i < ask->count; i++)
		TRY(ocsp_question_put(b, &ask->questions[i]));
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

static RESULT
get_question(struct wire_reader *r, struct ocsp_question *out)
{
	get_text(r, out->issuer, sizeof(out->issuer));
	out->count = get_u32(r);
	if (out->count == 0 || out->count > OCSP_ASKED_MAX)
		return FAIL(ERR_INVALID, "a question about nothing, or all");
	for (size_t i = 0; i < out->count; i++)
		get_asked(r, &out->asked[i]);
	out->nonce_size = get_octets(r, out->nonce, sizeof(out->nonce));
	out->withheld = get_bool(r);
	return OK;
}

RESULT
ocsp_ask_get(struct span message, struct ocsp_ask *out)
{
	struct wire_reader r = wire_read(message);
	size_t asked = 0;

	*out = (struct ocsp_ask){0};
	out->count = get_u32(&r);
	if (out->count == 0 || out->count > OCSP_ASK_MAX)
		return FAIL(ERR_INVALID, "no question, or too many");
	for (size_t i = 0; i < out->count; i++) {
		TRY(get_question(&r, &out->questions[i]));
		asked += out->questions[i].count;
	}
	if (asked > OCSP_ASK_ASKED_MAX)
		return FAIL(ERR_INVALID, "about too many certificates");
	return wire_done(&r);
}

RESULT
ocsp_told_put(struct buf *b, const struct ocsp_told *told)
{
	put_u32(b, (uint32_t)told->count);
	for (size_t i = 0; i < told->count; i++) {
		const struct ocsp_answer *one = &told->answers[i];
		put_u8(b, (uint8_t)one->outcome);
		put_bytes(b, one->der);
		put_u32(b, (uint32_t)one->never_issued);
	}
	return wire_written(b);
}

/* An answer is there when, and only when, it is well. */
static void
get_answer(struct wire_reader *r, struct ocsp_answer *out)
{
	unsigned outcome = get_u8(r);

	out->outcome = (enum err)outcome;
	out->der = get_bytes(r, OCSP_TOLD_MAX);
	out->never_issued = get_u32(r);
	if (outcome >= ERR_COUNT || (outcome == OK) != (out->der.size > 0))
		r->failed = true;
}

RESULT
ocsp_told_get(struct span message, struct ocsp_told *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct ocsp_told){0};
	out->count = get_u32(&r);
	if (out->count > OCSP_ASK_MAX)
		return FAIL(ERR_INVALID, "more answers than questions");
	for (size_t i = 0; i < out->count; i++)
		get_answer(&r, &out->answers[i]);
	return wire_done(&r);
}

RESULT
ocsp_make_put(struct buf *b, const struct ocsp_make *m)
{
	put_text(b, m->certificate);
	return wire_written(b);
}

RESULT
ocsp_make_get(struct span message, struct ocsp_make *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct ocsp_make){""};
	get_text(&r, out->certificate, sizeof(out->certificate));
	return wire_done(&r);
}

RESULT
ocsp_made_put(struct buf *b, const struct ocsp_made *m)
{
	put_bytes(b, m->der);
	put_i64(b, m->next_update);
	return wire_written(b);
}

RESULT
ocsp_made_get(struct span message, struct ocsp_made *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct ocsp_made){.der = get_bytes(&r, OCSP_TOLD_MAX)};
	out->next_update = get_i64(&r);
	if (out->der.size == 0)
		r.failed = true;
	return wire_done(&r);
}
