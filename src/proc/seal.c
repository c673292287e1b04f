/*
 * Seals of dossiers, on the wire.
 */
#include "proc/seal.h"

RESULT
seal_order_put(struct buf *b, const struct seal_order *o)
{
	put_text(b, o->registration);
	put_bytes(b, SPAN(o->content.bytes, DIGEST_SIZE));
	return wire_written(b);
}

RESULT
seal_order_get(struct span message, struct seal_order *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct seal_order){{0}};
	get_text(&r, out->registration, sizeof(out->registration));
	if (get_octets(&r, out->content.bytes, DIGEST_SIZE) != DIGEST_SIZE)
		r.failed = true;
	return wire_done(&r);
}

RESULT
seal_result_put(struct buf *b, const struct seal_result *s)
{
	put_text(b, s->registration);
	put_bytes(b, SPAN(s->signature, s->size));
	return wire_written(b);
}

RESULT
seal_result_get(struct span message, struct seal_result *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct seal_result){{0}};
	get_text(&r, out->registration, sizeof(out->registration));
	out->size = get_octets(&r, out->signature, sizeof(out->signature));
	return wire_done(&r);
}
