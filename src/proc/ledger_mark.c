/*
 * Marks and changes of the ledger, on the wire.
 */
#include "proc/ledger_mark.h"

bool
ledger_mark_same(const struct ledger_mark *a, const struct ledger_mark *b)
{
	return a->entries == b->entries &&
	       memcmp(a->head.bytes, b->head.bytes, DIGEST_SIZE) == 0;
}

void
ledger_mark_put(struct buf *b, const struct ledger_mark *m)
{
	put_u64(b, m->entries);
	put_bytes(b, SPAN(m->head.bytes, DIGEST_SIZE));
}

void
ledger_mark_get(struct wire_reader *r, struct ledger_mark *out)
{
	out->entries = get_u64(r);
	if (get_octets(r, out->head.bytes, DIGEST_SIZE) != DIGEST_SIZE)
		r->failed = true;
}

RESULT
ledger_question_put(struct buf *b, const struct ledger_question *q)
{
	ledger_mark_put(b, &q->known);
	put_u64(b, q->after);
	ledger_mark_put(b, &q->held);
	return wire_written(b);
}

RESULT
ledger_question_get(struct span message, struct ledger_question *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct ledger_question){0};
	ledger_mark_get(&r, &out->known);
	out->after = get_u64(&r);
	ledger_mark_get(&r, &out->held);
	return wire_done(&r);
}

static void
put_change(struct buf *b, const struct ledger_change *c)
{
	put_u64(b, c->number);
	put_bool(b, c->revoked);
	put_text(b, c->registration);
	put_text(b, c->issuer);
	put_bytes(b, SPAN(c->serial, c->serial_size));
}

static void
get_change(struct wire_reader *r, struct ledger_change *out)
{
	out->number = get_u64(r);
	out->revoked = get_bool(r);
	get_text(r, out->registration, sizeof(out->registration));
	get_text(r, out->issuer, sizeof(out->issuer));
	out->serial_size = get_octets(r, out->serial, sizeof(out->serial));
	if (out->serial_size == 0)
		r->failed = true;
}

RESULT
ledger_changes_put(struct buf *b, const struct ledger_changes *c)
{
	ledger_mark_put(b, &c->now);
	ledger_mark_put(b, &c->holds);
	put_bool(b, c->strange);
	put_bool(b, c->forgot);
	put_bool(b, c->more);
	put_u32(b, (uint32_t)c->count);
	for (size_t i = 0; i < c->count; i++)
		put_change(b, &c->changes[i]);
	return wire_written(b);
}

RESULT
ledger_changes_get(struct span message, struct ledger_changes *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct ledger_changes){0};
	ledger_mark_get(&r, &out->now);
	ledger_mark_get(&r, &out->holds);
	out->strange = get_bool(&r);
	out->forgot = get_bool(&r);
	out->more = get_bool(&r);
	size_t count = get_u32(&r);
	if (count > LEDGER_CHANGES_MAX)
		return FAIL(ERR_TOO_LARGE, "too many changes");
	for (size_t i = 0; i < count && !r.failed; i++)
		get_change(&r, &out->changes[i]);
	TRY(wire_done(&r));
	out->count = count;
	return OK;
}
