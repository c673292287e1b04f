/*
 * Orders of certificates and their answers on the wire: writer and reader side
 * by side.
 *
 * The reader checks forms and lengths only; whether an order may be carried
 * out is the signer's business.
 */
#include "proc/order_parts.h"

#include "base/codec.h"

void
order_put_digest(struct buf *b, const struct digest *d)
{
	put_bytes(b, SPAN(d->bytes, DIGEST_SIZE));
}

void
order_get_digest(struct wire_reader *r, struct digest *out)
{
	if (get_octets(r, out->bytes, DIGEST_SIZE) != DIGEST_SIZE)
		r->failed = true;
}

size_t
order_get_serial(struct wire_reader *r, uint8_t out[ORDER_SERIAL_MAX])
{
	size_t size = get_octets(r, out, ORDER_SERIAL_MAX);

	if (size == 0)
		r->failed = true;
	return size;
}

static void
put_approval(struct buf *b, const struct order_approval *a)
{
	put_text(b, a->operator_id);
	put_bytes(b, SPAN(a->credential_id, a->credential_id_size));
	put_bytes(b, SPAN(a->authenticator_data, a->authenticator_data_size));
	put_bytes(b, SPAN(a->client_data, a->client_data_size));
	put_bytes(b, SPAN(a->signature, a->signature_size));
}

static void
get_approval(struct wire_reader *r, struct order_approval *a)
{
	get_text(r, a->operator_id, sizeof(a->operator_id));
	a->credential_id_size =
	    get_octets(r, a->credential_id, sizeof(a->credential_id));
	a->authenticator_data_size = get_octets(
	    r, a->authenticator_data, sizeof(a->authenticator_data));
	a->client_data_size =
	    get_octets(r, a->client_data, sizeof(a->client_data));
	a->signature_size = get_octets(r, a->signature, sizeof(a->signature));
}

static void
get_whose(struct wire_reader *r, struct order *out)
{
	get_text(r, out->workspace, sizeof(out->workspace));
	get_text(r, out->requested_by, sizeof(out->requested_by));
	order_get_digest(r, &out->address);
	out->withdrawal_size =
	    get_octets(r, out->withdrawal, sizeof(out->withdrawal));
	if (out->withdrawal_size != 0 &&
	    out->withdrawal_size != ORDER_MARK_SIZE)
		r->failed = true;
}

static void
get_approvals(struct wire_reader *r, struct order *out)
{
	out->needed = get_u8(r);
	out->attempt = get_u32(r);
	out->made_at = get_i64(r);
	out->doubted = get_bool(r);
	out->faces_differ = get_bool(r);
	size_t count = get_u8(r);

	if (count > ORDER_APPROVALS_MAX || out->needed > ORDER_APPROVALS_MAX) {
		r->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++)
		get_approval(r, &out->approvals[i]);
	out->approval_count = count;
}

static RESULT
take_octets(struct span from, uint8_t *out, size_t room, size_t *size)
{
	if (from.size > room)
		return FAIL(ERR_TOO_LARGE, "an approval too long for an order");
	memcpy(out, from.data, from.size);
	*size = from.size;
	return OK;
}

RESULT
order_approval_make(const char *operator_id, struct span credential_id,
    struct span authenticator_data, struct span client_data,
    struct span signature, struct order_approval *out)
{
	*out = (struct order_approval){{0}};
	if (strlen(operator_id) >= sizeof(out->operator_id))
		return FAIL(ERR_TOO_LARGE, "not an approval for an order");
	memcpy(out->operator_id, operator_id, strlen(operator_id) + 1);
	TRY(take_octets(credential_id, out->credential_id,
	    sizeof(out->credential_id), &out->credential_id_size));
	TRY(take_octets(authenticator_data, out->authenticator_data,
	    sizeof(out->authenticator_data), &out->authenticator_data_size));
	TRY(take_octets(client_data, out->client_data,
	    sizeof(out->client_data), &out->client_data_size));
	return take_octets(signature, out->signature, sizeof(out->signature),
	    &out->signature_size);
}

RESULT
order_add_approval(struct order *o, const char *operator_id,
    const char *credential, struct span authenticator_data,
    struct span client_data, struct span signature)
{
	AUTO(buf_clear) struct buf id;

	buf_init(&id, ORDER_CREDENTIAL_MAX);
	if (o->approval_count == ORDER_APPROVALS_MAX)
		return FAIL(ERR_TOO_LARGE, "not an approval for an order");
	TRY(base64url_decode(credential, &id));
	TRY(order_approval_make(operator_id, span_of_buf(&id),
	    authenticator_data, client_data, signature,
	    &o->approvals[o->approval_count]));
	o->approval_count++;
	return OK;
}

RESULT
order_put(struct buf *b, const struct order *o)
{
	if (o->approval_count > ORDER_APPROVALS_MAX ||
	    o->needed > ORDER_APPROVALS_MAX)
		return FAIL(ERR_TOO_LARGE, "more than %d approvals",
		    ORDER_APPROVALS_MAX);
	put_text(b, o->registration);
	put_text(b, o->level);
	put_text(b, o->profile);
	put_text(b, o->given_names);
	put_text(b, o->surname);
	put_text(b, o->common_name);
	put_text(b, o->country);
	put_text(b, o->person_serial);
	order_put_digest(b, &o->decision);
	order_put_digest(b, &o->evidence);
	put_bytes(b, SPAN(o->csr, o->csr_size));
	put_text(b, o->workspace);
	put_text(b, o->requested_by);
	order_put_digest(b, &o->address);
	put_bytes(b, SPAN(o->withdrawal, o->withdrawal_size));
	put_u8(b, (uint8_t)o->needed);
	put_u32(b, o->attempt);
	put_i64(b, o->made_at);
	put_bool(b, o->doubted);
	put_bool(b, o->faces_differ);
	put_u8(b, (uint8_t)o->approval_count);
	for (size_t i = 0; i < o->approval_count; i++)
		put_approval(b, &o->approvals[i]);
	ledger_mark_put(b, &o->known);
	return wire_written(b);
}

RESULT
order_get(struct span message, struct order *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct order){0};
	get_text(&r, out->registration, sizeof(out->registration));
	get_text(&r, out->level, sizeof(out->level));
	get_text(&r, out->profile, sizeof(out->profile));
	get_text(&r, out->given_names, sizeof(out->given_names));
	get_text(&r, out->surname, sizeof(out->surname));
	get_text(&r, out->common_name, sizeof(out->common_name));
	get_text(&r, out->country, sizeof(out->country));
	get_text(&r, out->person_serial, sizeof(out->person_serial));
	order_get_digest(&r, &out->decision);
	order_get_digest(&r, &out->evidence);
	out->csr_size = get_octets(&r, out->csr, sizeof(out->csr));
	get_whose(&r, out);
	get_approvals(&r, out);
	ledger_mark_get(&r, &out->known);
	return wire_done(&r);
}

RESULT
withdrawal_put(struct buf *b, const struct withdrawal *w)
{
	put_text(b, w->registration);
	put_i64(b, w->until);
	return wire_written(b);
}

RESULT
withdrawal_get(struct span message, struct withdrawal *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct withdrawal){{0}};
	get_text(&r, out->registration, sizeof(out->registration));
	out->until = get_i64(&r);
	return wire_done(&r);
}

RESULT
withdrawn_put(struct buf *b, const struct withdrawn_mark *m)
{
	put_bytes(b, SPAN(m->bytes, sizeof(m->bytes)));
	return wire_written(b);
}

RESULT
withdrawn_get(struct span message, struct withdrawn_mark *out)
{
	struct wire_reader r = wire_read(message);

	if (get_octets(&r, out->bytes, sizeof(out->bytes)) !=
	    sizeof(out->bytes))
		r.failed = true;
	return wire_done(&r);
}

RESULT
withdrawing_put(struct buf *b, const struct withdrawing *w)
{
	put_text(b, w->registration);
	put_text(b, w->session);
	return wire_written(b);
}

RESULT
withdrawing_get(struct span message, struct withdrawing *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct withdrawing){{0}};
	get_text(&r, out->registration, sizeof(out->registration));
	get_text(&r, out->session, sizeof(out->session));
	return wire_done(&r);
}

RESULT
weighing_put(struct buf *b, const struct weighing *w)
{
	put_text(b, w->registration);
	put_u8(b, (uint8_t)w->needed);
	put_approval(b, &w->approval);
	return wire_written(b);
}

RESULT
weighing_get(struct span message, struct weighing *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct weighing){{0}};
	get_text(&r, out->registration, sizeof(out->registration));
	out->needed = get_u8(&r);
	if (out->needed < 1 || out->needed > ORDER_APPROVALS_MAX)
		r.failed = true;
	get_approval(&r, &out->approval);
	return wire_done(&r);
}

RESULT
weighed_put(struct buf *b, uint32_t operators)
{
	put_u8(b, (uint8_t)operators);
	return wire_written(b);
}

RESULT
weighed_get(struct span message, uint32_t *operators)
{
	struct wire_reader r = wire_read(message);
	uint32_t found = get_u8(&r);

	if (found < 1 || found > ORDER_APPROVALS_MAX)
		r.failed = true;
	TRY(wire_done(&r));
	*operators = found;
	return OK;
}

RESULT
issue_result_put(struct buf *b, const struct issue_result *r)
{
	put_text(b, r->registration);
	put_text(b, r->issuer);
	put_bytes(b, SPAN(r->serial, r->serial_size));
	put_i64(b, r->not_before);
	put_i64(b, r->not_after);
	put_bytes(b, SPAN(r->certificate, r->certificate_size));
	put_bytes(b, SPAN(r->key_blob, r->key_blob_size));
	put_text(b, r->key_label);
	put_bytes(b, SPAN(r->ocsp, r->ocsp_size));
	put_i64(b, r->ocsp_next_update);
	ledger_mark_put(b, &r->mark);
	return wire_written(b);
}

RESULT
issue_result_get(struct span message, struct issue_result *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct issue_result){0};
	get_text(&r, out->registration, sizeof(out->registration));
	get_text(&r, out->issuer, sizeof(out->issuer));
	out->serial_size = order_get_serial(&r, out->serial);
	out->not_before = get_i64(&r);
	out->not_after = get_i64(&r);
	out->certificate_size =
	    get_octets(&r, out->certificate, sizeof(out->certificate));
	out->key_blob_size =
	    get_octets(&r, out->key_blob, sizeof(out->key_blob));
	get_text(&r, out->key_label, sizeof(out->key_label));
	out->ocsp_size = get_octets(&r, out->ocsp, sizeof(out->ocsp));
	out->ocsp_next_update = get_i64(&r);
	ledger_mark_get(&r, &out->mark);
	return wire_done(&r);
}

RESULT
refusal_put(struct buf *b, enum err code, const char *explanation)
{
	put_u8(b, (uint8_t)code);
	put_text(b, explanation);
	return wire_written(b);
}

enum err
refusal_get(struct span message)
{
	struct wire_reader r = wire_read(message);
	unsigned code = get_u8(&r);
	char explanation[256];

	get_text(&r, explanation, sizeof(explanation));
	if (wire_done(&r) != OK || code == OK || code >= ERR_COUNT)
		return FAIL(ERR_INTERNAL, "an unreadable refusal");
	return FAIL((enum err)code, "%s", explanation);
}
