/*
 * Questions about pictures and recordings, written and read side by side.
 */
#include "proc/inspection.h"

#include "base/enum.h"

static const struct inspection_limits limits[] = {
#define INSPECTION(name, wall, work, memory)                                   \
	{(wall) * 1000, work, (size_t)(memory) << 20},
#include "proc/inspections.def"
#undef INSPECTION
};

static const char *const names[] = {
#define INSPECTION(name, wall, work, memory) #name,
#include "proc/inspections.def"
#undef INSPECTION
};

const struct inspection_limits *
inspection_limits(enum inspection_kind kind)
{
	return &limits[kind < INSPECTION_COUNT ? kind : INSPECTION_front];
}

const char *
inspection_kind_text(enum inspection_kind kind)
{
	return kind < INSPECTION_COUNT ? names[kind] : "";
}

RESULT
inspection_request_put(struct buf *b, const struct inspection_request *q)
{
	if (q->detail_size > INSPECTION_DETAIL_MAX)
		return FAIL(ERR_TOO_LARGE, "too much detail");
	put_text(b, inspection_kind_text(q->kind));
	put_u32(b, q->wall_ms);
	put_bytes(b, SPAN(q->detail, q->detail_size));
	return wire_written(b);
}

RESULT
inspection_request_get(struct span message, struct inspection_request *out)
{
	struct wire_reader r = wire_read(message);
	struct inspection_request q = {0};
	char kind[24];

	get_text(&r, kind, sizeof(kind));
	q.wall_ms = get_u32(&r);
	q.detail_size = get_octets(&r, q.detail, sizeof(q.detail));
	TRY(wire_done(&r));
	q.kind = (enum inspection_kind)enum_find(names, INSPECTION_COUNT,
	    kind);
	if (q.wall_ms == 0 || q.wall_ms > INSPECTION_WALL_MOST_MS ||
	    q.kind == INSPECTION_COUNT)
		return FAIL(ERR_INVALID, "not an inspection request");
	*out = q;
	return OK;
}

RESULT
still_request_put(struct buf *b, const struct still_request *q)
{
	put_text(b, q->registration);
	put_text(b, q->beside);
	put_text(b, q->kind);
	return wire_written(b);
}

RESULT
still_request_get(struct span message, struct still_request *out)
{
	struct wire_reader r = wire_read(message);
	struct still_request q = {0};

	get_text(&r, q.registration, sizeof(q.registration));
	get_text(&r, q.beside, sizeof(q.beside));
	get_text(&r, q.kind, sizeof(q.kind));
	TRY(wire_done(&r));
	if (!id_is("reg", q.registration) ||
	    (*q.beside && !id_is("reg", q.beside)))
		return FAIL(ERR_INVALID, "not a question for a still");
	*out = q;
	return OK;
}
