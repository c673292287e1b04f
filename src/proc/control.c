/*
 * The supervisor's messages. A role travels as its letter in roles.def, so
 * that a table with a new row does not renumber the others.
 */
#include "proc/control.h"

static enum role
get_role(struct wire_reader *r)
{
	enum role role = role_of_letter((char)get_u8(r));

	if (role == ROLE_COUNT)
		r->failed = true;
	return role;
}

RESULT
peer_put(struct buf *b, enum role peer)
{
	put_u8(b, (uint8_t)role_letter(peer));
	return wire_written(b);
}

RESULT
peer_get(struct span message, enum role *out)
{
	struct wire_reader r = wire_read(message);
	enum role peer = get_role(&r);

	TRY(wire_done(&r));
	*out = peer;
	return OK;
}

RESULT
ready_put(struct buf *b, const char *missing)
{
	put_text(b, missing);
	return wire_written(b);
}

RESULT
ready_get(struct span message, char missing[CONTROL_MISSING_MAX])
{
	struct wire_reader r = wire_read(message);

	get_text(&r, missing, CONTROL_MISSING_MAX);
	return wire_done(&r);
}

RESULT
programs_put(struct buf *b, const struct program_state *states, size_t count)
{
	put_u8(b, (uint8_t)count);
	for (size_t i = 0; i < count; i++) {
		put_u8(b, (uint8_t)role_letter(states[i].role));
		put_bool(b, states[i].ready);
		put_i64(b, states[i].since);
		put_u32(b, states[i].restarts);
		put_text(b, states[i].missing);
	}
	return wire_written(b);
}

RESULT
programs_get(
    struct span message, struct program_state states[ROLE_COUNT], size_t *count)
{
	struct wire_reader r = wire_read(message);
	size_t number = get_u8(&r);

	if (number > ROLE_COUNT)
		return FAIL(ERR_INVALID, "more programs than there are");
	for (size_t i = 0; i < number; i++) {
		states[i].role = get_role(&r);
		states[i].ready = get_bool(&r);
		states[i].since = get_i64(&r);
		states[i].restarts = get_u32(&r);
		get_text(&r, states[i].missing, CONTROL_MISSING_MAX);
	}
	TRY(wire_done(&r));
	*count = number;
	return OK;
}
