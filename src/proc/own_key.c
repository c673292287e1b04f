/*
 * A participant's own key on its way, on the wire.
 */
#include "proc/own_key.h"

RESULT
own_key_sent_put(struct buf *b, const struct own_key_sent *k)
{
	put_text(b, k->registration);
	put_bytes(b, SPAN(k->bytes, k->size));
	return wire_written(b);
}

RESULT
own_key_sent_get(struct span message, struct own_key_sent *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct own_key_sent){0};
	get_text(&r, out->registration, sizeof(out->registration));
	out->size = get_octets(&r, out->bytes, sizeof(out->bytes));
	return wire_done(&r);
}
