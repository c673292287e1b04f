/*
 * Questions about pictures, written and read side by side.
 */
#include "proc/inspection.h"

#define WALL_MAX_MS 120000

RESULT
inspection_request_put(struct buf *b, const struct inspection_request *q)
{
	put_bool(b, q->back);
	put_u32(b, q->wall_ms);
	return wire_written(b);
}

RESULT
inspection_request_get(struct span message, struct inspection_request *out)
{
	struct wire_reader r = wire_read(message);
	bool back = get_bool(&r);
	uint32_t wall = get_u32(&r);

	TRY(wire_done(&r));
	if (wall == 0 || wall > WALL_MAX_MS)
		return FAIL(ERR_INVALID, "not an inspection request");
	*out = (struct inspection_request){back, wall};
	return OK;
}

RESULT
still_request_put(struct buf *b, const struct still_request *q)
{
	put_text(b, q->registration);
	put_bool(b, q->back);
	return wire_written(b);
}

RESULT
still_request_get(struct span message, struct still_request *out)
{
	struct wire_reader r = wire_read(message);
	struct still_request q = {0};

	get_text(&r, q.registration, sizeof(q.registration));
	q.back = get_bool(&r);
	TRY(wire_done(&r));
	if (!id_is("reg", q.registration))
		return FAIL(ERR_INVALID, "not a question for a still");
	*out = q;
	return OK;
}
