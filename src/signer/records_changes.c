/*
 * What happened since: for whoever knows the ledger up to a mark, and what an
 * older copy of the ledger forgot and is told again.
 */
#include "signer/records_parts.h"

#include "base/enum.h"

const struct ledger_mark *
records_mark(const struct records *r)
{
	return &r->mark;
}

/* They grow, so half of those that are left can be left out each time. */
bool
records_had_mark(const struct records *r, const struct ledger_mark *known)
{
	size_t to = r->marks;
	size_t from = to > RECORDS_RECENT ? to - RECORDS_RECENT : 0;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct ledger_mark *m =
		    &r->recent[middle % RECORDS_RECENT];

		if (m->entries == known->entries)
			return ledger_mark_same(m, known);
		if (m->entries < known->entries)
			from = middle + 1;
		else
			to = middle;
	}
	return false;
}

/* Puts a change among the first ones; *out stays in order. */
static void
add_change(struct ledger_changes *out, uint64_t number, bool revoked,
    const struct record *record)
{
	size_t at = out->count;

	while (at > 0 && out->changes[at - 1].number > number)
		at--;
	if (at == LEDGER_CHANGES_MAX) {
		out->more = true;
		return;
	}
	if (out->count == LEDGER_CHANGES_MAX) {
		out->more = true;
		out->count--;
	}
	memmove(&out->changes[at + 1], &out->changes[at],
	    (out->count - at) * sizeof(out->changes[0]));
	struct ledger_change *c = &out->changes[at];
	*c = (struct ledger_change){.number = number,
	    .revoked = revoked,
	    .serial_size = record->serial_size};
	memcpy(c->registration, record->registration, ID_SIZE);
	snprintf(c->issuer, sizeof(c->issuer), "%s",
	    authority_name(record->authority));
	memcpy(c->serial, record->serial, record->serial_size);
	out->count++;
}

/* Where the change stands that a mark is said to be after; -1: nowhere. */
static int64_t
offset_of(const struct records *r, uint64_t number)
{
	for (size_t i = 0; i < r->count; i++) {
		if (r->all[i].issued_number == number)
			return r->all[i].issued_offset;
		if (r->all[i].revoked_number == number)
			return r->all[i].revoked_offset;
	}
	return -1;
}

/* A mark that this ledger never had: it is another one, or an older copy. */
static RESULT
look_at_mark(struct records *r, const struct ledger_mark *known, bool *strange)
{
	static const struct ledger_mark nothing;
	struct ledger_mark here = {.entries = known->entries};

	if (known->entries == 0) {
		*strange = !ledger_mark_same(known, &nothing);
		return OK;
	}
	int64_t offset = offset_of(r, known->entries);
	*strange = true;
	if (offset < 0)
		return OK;
	TRY(ledger_digest_at(r->ledger, offset, &here.head));
	*strange = !ledger_mark_same(known, &here);
	return OK;
}

void
records_note_step(struct records *r, const struct ledger_entry *e)
{
	if (e->sequence % RECORDS_STEP)
		return;
	if (r->step_count == r->step_room) {
		r->step_room = r->step_room ? r->step_room * 2 : 64;
		r->steps =
		    realloc(r->steps, r->step_room * sizeof(*r->steps));
		if (!r->steps)
			abort();
	}
	r->steps[r->step_count++] = e->offset;
}

struct ledger_mark
records_end(const struct records *r)
{
	struct ledger_mark end;

	end.entries = ledger_head(r->ledger, &end.head);
	return end;
}

size_t
records_grave(const struct records *r)
{
	return r->grave;
}

/* An older copy may lack no certificate: what it forgot then are withdrawals,
 * PINs and their wrong tries, who was drawn. */
RESULT
records_hold(struct records *r, const struct ledger_mark *held, bool *out)
{
	struct ledger_mark here = records_end(r);

	*out = held->entries <= here.entries;
	if (held->entries == 0 || !*out)
		return OK;
	uint64_t last = held->entries - 1;
	TRY(ledger_digest_behind(r->ledger, r->steps[last / RECORDS_STEP],
	    last % RECORDS_STEP, &here.head));
	*out = memcmp(here.head.bytes, held->head.bytes, DIGEST_SIZE) == 0;
	return OK;
}

RESULT
records_changes(struct records *r, const struct ledger_question *q,
    struct ledger_changes *out)
{
	bool holds;

	*out = (struct ledger_changes){.now = r->mark};
	out->holds = records_end(r);
	TRY(look_at_mark(r, &q->known, &out->strange));
	TRY(records_hold(r, &q->held, &holds));
	out->forgot = !holds;
	for (size_t i = 0; i < r->count; i++) {
		const struct record *one = &r->all[i];

		if (one->issued_number > q->after)
			add_change(out, one->issued_number, false, one);
		if (one->revoked_number > q->after)
			add_change(out, one->revoked_number, true, one);
	}
	return OK;
}

/* For auditors. */
enum err
learn_accepted(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);

	(void)r;
	get_u64(&w);
	get_bytes(&w, DIGEST_SIZE);
	return wire_done(&w);
}

RESULT
records_accept(
    struct records *r, const struct ledger_mark *known, int64_t now)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	ledger_mark_put(&body, known);
	TRY(records_append(r, ENTRY_accepted, &body, now));
	return records_sync(r);
}

/* For auditors; the intent and the certificate that follow are ordinary. */
enum err
learn_put_back(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	char registration[ID_SIZE];

	get_text(&w, registration, sizeof(registration));
	records_get_authority(&w);
	get_bytes(&w, ORDER_SERIAL_MAX);
	get_bytes(&w, DIGEST_SIZE);
	(void)r;
	return wire_done(&w);
}

static RESULT
note_put_back(struct records *r, const struct issue_result *c, int64_t now)
{
	struct digest d =
	    digest_sha256(SPAN(c->certificate, c->certificate_size));
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	put_text(&body, c->registration);
	put_text(&body, c->issuer);
	put_bytes(&body, SPAN(c->serial, c->serial_size));
	put_bytes(&body, SPAN(d.bytes, DIGEST_SIZE));
	return records_append(r, ENTRY_put_back, &body, now);
}

/* Its order is not known any more: the digest of none is that of no order, so
 * that an order for it is refused. */
RESULT
records_put_back(struct records *r, const char *profile,
    const struct issue_result *c, int64_t now)
{
	static const struct digest none;
	struct record i = {.authority = authority_find(c->issuer),
	    .intended_at = c->not_before,
	    .serial_size = c->serial_size};

	if (i.authority == AUTHORITY_COUNT)
		return FAIL(ERR_NOT_FOUND, "no such issuer");
	if (strlen(profile) >= sizeof(i.profile))
		return FAIL(ERR_INVALID, "no such profile");
	memcpy(i.profile, profile, strlen(profile) + 1);
	memcpy(i.registration, c->registration, ID_SIZE);
	memcpy(i.serial, c->serial, c->serial_size);
	if (records_of_registration(r, c->registration) ||
	    records_of_serial(r, i.authority, SPAN(c->serial, c->serial_size)))
		return FAIL(ERR_CONFLICT, "registration or serial is taken");
	TRY(note_put_back(r, c, now));
	/* the entry's own time, so that the clock never goes back */
	TRY(records_intend(
	    r, &i, &none, &none, &(struct approved){.count = 0}, now));
	return records_issue(r, c, now);
}
