/*
 * Orders about certificates that there are, and lists of them, on the wire.
 */
#include "proc/order_parts.h"

#define REASON_MAX 10 /* CRLReason, RFC 5280 section 5.3.1 */

static uint8_t
get_reason(struct wire_reader *r)
{
	uint8_t reason = get_u8(r);

	if (reason > REASON_MAX)
		r->failed = true;
	return reason;
}

RESULT
status_order_put(struct buf *b, const struct status_order *o)
{
	put_text(b, o->issuer);
	put_bytes(b, SPAN(o->serial, o->serial_size));
	put_i64(b, o->revoked_at);
	put_u8(b, o->reason);
	ledger_mark_put(b, &o->known);
	return wire_written(b);
}

RESULT
status_order_get(struct span message, struct status_order *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct status_order){0};
	get_text(&r, out->issuer, sizeof(out->issuer));
	out->serial_size = order_get_serial(&r, out->serial);
	out->revoked_at = get_i64(&r);
	out->reason = get_reason(&r);
	ledger_mark_get(&r, &out->known);
	return wire_done(&r);
}

RESULT
status_result_put(struct buf *b, const struct status_result *r)
{
	put_bytes(b, SPAN(r->ocsp, r->ocsp_size));
	put_i64(b, r->ocsp_next_update);
	put_i64(b, r->revoked_at);
	ledger_mark_put(b, &r->mark);
	return wire_written(b);
}

RESULT
status_result_get(struct span message, struct status_result *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct status_result){0};
	out->ocsp_size = get_octets(&r, out->ocsp, sizeof(out->ocsp));
	out->ocsp_next_update = get_i64(&r);
	out->revoked_at = get_i64(&r);
	ledger_mark_get(&r, &out->mark);
	return wire_done(&r);
}

static RESULT
check_count(size_t count)
{
	return count <= CRL_ENTRIES_MAX
		   ? OK
		   : FAIL(ERR_TOO_LARGE, "more than %zu entries in a list",
			 CRL_ENTRIES_MAX);
}

RESULT
crl_order_put(struct buf *b, const struct crl_order *o)
{
	TRY(check_count(o->count));
	put_text(b, o->issuer);
	put_u64(b, o->number);
	put_u64(b, o->revoked);
	put_u32(b, (uint32_t)o->count);
	return wire_written(b);
}

RESULT
crl_order_get(struct span message, struct crl_order *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct crl_order){0};
	get_text(&r, out->issuer, sizeof(out->issuer));
	out->number = get_u64(&r);
	out->revoked = get_u64(&r);
	out->count = get_u32(&r);
	TRY(wire_done(&r));
	return check_count(out->count);
}

RESULT
crl_entry_put(struct buf *b, const struct crl_entry *e)
{
	put_bytes(b, SPAN(e->serial, e->serial_size));
	put_i64(b, e->revoked_at);
	put_u8(b, e->reason);
	return wire_written(b);
}

RESULT
crl_entry_get(struct span *entries, struct crl_entry *out)
{
	struct wire_reader r = wire_read(*entries);

	*out = (struct crl_entry){0};
	out->serial_size = order_get_serial(&r, out->serial);
	out->revoked_at = get_i64(&r);
	out->reason = get_reason(&r);
	if (r.failed)
		return FAIL(ERR_INVALID, "an unreadable entry of a list");
	*entries = r.rest;
	return OK;
}

RESULT
crl_result_put(struct buf *b, const struct crl_result *r)
{
	put_text(b, r->issuer);
	put_u64(b, r->number);
	put_i64(b, r->this_update);
	put_i64(b, r->next_update);
	put_u32(b, (uint32_t)r->count);
	return wire_written(b);
}

RESULT
crl_result_get(struct span message, struct crl_result *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct crl_result){0};
	get_text(&r, out->issuer, sizeof(out->issuer));
	out->number = get_u64(&r);
	out->this_update = get_i64(&r);
	out->next_update = get_i64(&r);
	out->count = get_u32(&r);
	return wire_done(&r);
}

RESULT
signer_state_put(struct buf *b, const struct signer_state *s)
{
	put_u64(b, s->entries);
	order_put_digest(b, &s->head);
	put_u64(b, s->issued);
	put_u64(b, s->revoked);
	put_u64(b, s->not_issued);
	put_i64(b, s->issuing_not_after);
	put_i64(b, s->responder_not_after);
	return wire_written(b);
}

RESULT
signer_state_get(struct span message, struct signer_state *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct signer_state){.entries = get_u64(&r)};
	order_get_digest(&r, &out->head);
	out->issued = get_u64(&r);
	out->revoked = get_u64(&r);
	out->not_issued = get_u64(&r);
	out->issuing_not_after = get_i64(&r);
	out->responder_not_after = get_i64(&r);
	return wire_done(&r);
}
