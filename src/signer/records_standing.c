/*
 * What stands about a registration before it has a certificate: until when
 * its approvals were withdrawn, and whether two operators were asked for.
 * Withdrawn is withdrawn for ever: a time only grows, and each time has a mark
 * of its own that is drawn when it is written.
 */
#include "signer/records_parts.h"

static struct case_standing *
find(const struct records *r, const char *registration)
{
	if (r->standing_count == 0)
		return NULL;
	size_t mask = r->by_standing.size - 1;
	size_t at = records_hash(span_of_text(registration)) & mask;
	for (; r->by_standing.slots[at]; at = (at + 1) & mask) {
		struct case_standing *found =
		    &r->standings[r->by_standing.slots[at] - 1];
		if (strcmp(found->registration, registration) == 0)
			return found;
	}
	return NULL;
}

static void
index_standing(struct records *r, size_t i)
{
	table_put(&r->by_standing,
	    records_hash(span_of_text(r->standings[i].registration)),
	    (uint32_t)i);
}

static void
grow(struct records *r)
{
	r->standing_room = r->standing_room ? r->standing_room * 2 : 64;
	r->standings = realloc(
	    r->standings, r->standing_room * sizeof(*r->standings));
	if (!r->standings)
		abort();
	table_reset(&r->by_standing, r->standing_room * 2);
	for (size_t i = 0; i < r->standing_count; i++)
		index_standing(r, i);
}

static struct case_standing *
find_or_add(struct records *r, const char *registration)
{
	struct case_standing *found = find(r, registration);

	if (found)
		return found;
	if (r->standing_count == r->standing_room)
		grow(r);
	found = &r->standings[r->standing_count];
	*found = (struct case_standing){{0}};
	snprintf(found->registration, sizeof(found->registration), "%s",
	    registration);
	index_standing(r, r->standing_count++);
	return found;
}

static void
note_withdrawal(struct records *r, const struct ledger_entry *e,
    const char *registration, int64_t until, const uint8_t *mark)
{
	struct case_standing *s = find_or_add(r, registration);

	records_count_note(r, NOTE_withdrawal, e->at);
	if (until > s->withdrawn_until)
		s->withdrawn_until = until;
	memcpy(s->mark, mark, sizeof(s->mark));
	s->mark_size = sizeof(s->mark);
}

/* Written before there were marks: nobody has been told this one. */
enum err
learn_withdrawn(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	char registration[ID_SIZE];

	get_text(&w, registration, sizeof(registration));
	int64_t until = get_i64(&w);
	TRY(wire_done(&w));
	note_withdrawal(r, e, registration, until, e->digest.bytes);
	return OK;
}

enum err
learn_made_void(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	char registration[ID_SIZE];
	uint8_t mark[ORDER_MARK_SIZE];

	get_text(&w, registration, sizeof(registration));
	int64_t until = get_i64(&w);
	if (get_octets(&w, mark, sizeof(mark)) != sizeof(mark))
		w.failed = true;
	TRY(wire_done(&w));
	note_withdrawal(r, e, registration, until, mark);
	return OK;
}

enum err
learn_drawn(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	char registration[ID_SIZE];

	get_text(&w, registration, sizeof(registration));
	TRY(wire_done(&w));
	find_or_add(r, registration)->drawn = true;
	return OK;
}

struct case_standing
records_standing(const struct records *r, const char *registration)
{
	const struct case_standing *found = find(r, registration);

	return found ? *found : (struct case_standing){{0}};
}

RESULT
records_withdraw(struct records *r, const char *registration, int64_t until,
    int64_t now)
{
	AUTO(buf_clear) struct buf body;
	uint8_t mark[ORDER_MARK_SIZE];

	if (records_standing(r, registration).withdrawn_until >= until)
		return OK;
	buf_init(&body, LEDGER_BODY_MAX);
	random_bytes(mark, sizeof(mark));
	put_text(&body, registration);
	put_i64(&body, until);
	put_bytes(&body, SPAN(mark, sizeof(mark)));
	TRY(records_append(r, ENTRY_made_void, &body, now));
	return records_sync(r);
}

RESULT
records_drawn(struct records *r, const char *registration, int64_t now)
{
	AUTO(buf_clear) struct buf body;

	if (records_standing(r, registration).drawn)
		return OK;
	buf_init(&body, LEDGER_BODY_MAX);
	put_text(&body, registration);
	TRY(records_append(r, ENTRY_drawn, &body, now));
	return records_sync(r);
}
