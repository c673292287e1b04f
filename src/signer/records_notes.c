/*
 * What the ledger holds besides certificates: authorities and their
 * responders, numbers of lists, custodians, lists of operators, PINs.
 */
#include "signer/records_parts.h"

#include "base/clock.h"
#include "proc/pin.h"

enum authority
records_get_authority(struct wire_reader *w)
{
	char name[ISSUER_NAME_SIZE];

	get_text(w, name, sizeof(name));
	enum authority authority = authority_find(name);
	if (authority == AUTHORITY_COUNT) {
		w->failed = true;
		return AUTHORITY_root;
	}
	return authority;
}

enum err
learn_list(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	enum authority authority = records_get_authority(&w);
	uint64_t number = get_u64(&w);

	TRY(wire_done(&w));
	if (number <= r->last_list[authority])
		return FAIL(ERR_CONFLICT, "ledger: numbers of lists");
	r->last_list[authority] = number;
	records_count_note(r, NOTE_list, e->at);
	return OK;
}

static enum err
learn_responder_of(
    struct records *r, enum authority authority, struct wire_reader *w)
{
	struct responder found = {0};

	get_text(w, found.label, sizeof(found.label));
	found.certificate_size =
	    get_octets(w, found.certificate, sizeof(found.certificate));
	TRY(wire_done(w));
	r->responders[authority] = found;
	records_note_answerer(r, authority,
	    SPAN(found.certificate, found.certificate_size));
	return OK;
}

/* Written while there was one issuing authority only. */
enum err
learn_responder(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);

	return learn_responder_of(r, AUTHORITY_issuing_l, &w);
}

enum err
learn_answerer(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);

	return learn_responder_of(r, records_get_authority(&w), &w);
}

enum err
learn_authority(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	enum authority authority = records_get_authority(&w);
	struct digest d;

	if (get_octets(&w, d.bytes, DIGEST_SIZE) != DIGEST_SIZE)
		w.failed = true;
	TRY(wire_done(&w));
	r->authorities[authority] = d;
	r->known[authority] = true;
	return OK;
}

enum err
learn_begins(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	enum authority authority = records_get_authority(&w);
	int64_t from = (int64_t)get_u64(&w);

	TRY(wire_done(&w));
	r->begins[authority] = from;
	return OK;
}

RESULT
records_list(
    struct records *r, enum authority authority, uint64_t number, int64_t now)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	if (number <= r->last_list[authority]) /* B-12 */
		return FAIL(ERR_CONFLICT, "a list has this number or more");
	if (number - r->last_list[authority] > RECORDS_LEAP_MAX)
		return FAIL(ERR_INVALID, "a number far from the last list's");
	put_text(&body, authority_name(authority));
	put_u64(&body, number);
	return records_append(r, ENTRY_list, &body, now);
}

RESULT
records_responder(struct records *r, enum authority authority,
    const struct responder *responder, int64_t now)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	put_text(&body, authority_name(authority));
	put_text(&body, responder->label);
	put_bytes(
	    &body, SPAN(responder->certificate, responder->certificate_size));
	return records_append(r, ENTRY_answerer, &body, now);
}

RESULT
records_authority(struct records *r, enum authority authority,
    struct span certificate, int64_t now)
{
	AUTO(buf_clear) struct buf body;
	struct digest d = digest_sha256(certificate);

	buf_init(&body, LEDGER_BODY_MAX);
	put_text(&body, authority_name(authority));
	put_bytes(&body, SPAN(d.bytes, DIGEST_SIZE));
	return records_append(r, ENTRY_authority, &body, now);
}

RESULT
records_begins(
    struct records *r, enum authority authority, int64_t from, int64_t now)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	if (from <= 0)
		return FAIL(ERR_INVALID, "no time");
	put_text(&body, authority_name(authority));
	put_u64(&body, (uint64_t)from);
	return records_append(r, ENTRY_begins, &body, now);
}

int64_t
records_issues_from(const struct records *r, enum authority authority)
{
	if (r->begins[authority] == 0 && authority_generation(authority) > 1)
		return INT64_MAX;
	return r->begins[authority];
}

uint64_t
records_last_list(const struct records *r, enum authority authority)
{
	return r->last_list[authority];
}

const struct responder *
records_last_responder(const struct records *r, enum authority authority)
{
	const struct responder *last = &r->responders[authority];

	return last->certificate_size > 0 ? last : NULL;
}

bool
records_know_authority(
    const struct records *r, enum authority authority, struct span certificate)
{
	struct digest d = digest_sha256(certificate);

	return r->known[authority] &&
	       memcmp(d.bytes, r->authorities[authority].bytes, DIGEST_SIZE) ==
		   0;
}

bool
records_has_authority(const struct records *r, enum authority authority)
{
	return r->known[authority];
}

/* ---- custodians and operators ---- */

static RESULT
get_digest(struct wire_reader *w, struct digest *out)
{
	if (get_octets(w, out->bytes, DIGEST_SIZE) != DIGEST_SIZE)
		w->failed = true;
	return wire_done(w);
}

enum err
learn_custodians(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);

	TRY(get_digest(&w, &r->custodians));
	r->knows_custodians = true;
	r->custodians_end = e->sequence + 1;
	return OK;
}

enum err
learn_operators(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	uint64_t number = get_u64(&w);
	struct digest d;

	TRY(get_digest(&w, &d));
	if (number <= r->operators_number)
		return FAIL(ERR_CONFLICT, "ledger: numbers of operators");
	r->operators_number = number;
	r->operators = d;
	return OK;
}

bool
records_custodians_after(const struct records *r, uint64_t entries)
{
	return r->custodians_end > entries;
}

static bool
known_custodians(const struct records *r, const struct digest *d)
{
	return d && memcmp(r->custodians.bytes, d->bytes, DIGEST_SIZE) == 0;
}

RESULT
records_custodians(struct records *r, const struct digest *public_key,
    const struct digest *before, int64_t now)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	if (r->knows_custodians && known_custodians(r, public_key))
		return OK;
	if (r->knows_custodians && !known_custodians(r, before))
		return FAIL(ERR_CONFLICT, "the ledger knows other custodians");
	put_bytes(&body, SPAN(public_key->bytes, DIGEST_SIZE));
	TRY(records_append(r, ENTRY_custodians, &body, now));
	return records_sync(r);
}

RESULT
records_operators(struct records *r, uint64_t number,
    const struct digest *list, int64_t now)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	if (number == r->operators_number &&
	    memcmp(r->operators.bytes, list->bytes, DIGEST_SIZE) == 0)
		return OK;
	if (number <= r->operators_number)
		return FAIL(ERR_CONFLICT,
		    "an older list of operators was put back");
	put_u64(&body, number);
	put_bytes(&body, SPAN(list->bytes, DIGEST_SIZE));
	TRY(records_append(r, ENTRY_operators, &body, now));
	return records_sync(r);
}

/* ---- PINs ---- */

static struct pin_record *
find_pin(const struct records *r, const char *registration)
{
	if (r->pin_count == 0)
		return NULL;
	size_t mask = r->by_pin.size - 1;
	size_t at = records_hash(span_of_text(registration)) & mask;
	for (; r->by_pin.slots[at]; at = (at + 1) & mask) {
		struct pin_record *found = &r->pins[r->by_pin.slots[at] - 1];
		if (strcmp(found->registration, registration) == 0)
			return found;
	}
	return NULL;
}

static void
index_pin(struct records *r, uint32_t index)
{
	table_put(&r->by_pin,
	    records_hash(span_of_text(r->pins[index].registration)), index);
}

static struct pin_record *
add_pin(struct records *r)
{
	if (r->pin_count == r->pin_room) {
		r->pin_room = r->pin_room ? r->pin_room * 2 : 64;
		r->pins = realloc(r->pins, r->pin_room * sizeof(*r->pins));
		if (!r->pins)
			abort();
		table_reset(&r->by_pin, r->pin_room * 2);
		for (size_t i = 0; i < r->pin_count; i++)
			index_pin(r, (uint32_t)i);
	}
	return &r->pins[r->pin_count++];
}

/* A PIN that is set anew is not blocked. */
enum err
learn_pin(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	struct pin_record p = {0};

	get_text(&w, p.registration, sizeof(p.registration));
	if (get_octets(&w, p.salt, sizeof(p.salt)) != sizeof(p.salt))
		w.failed = true;
	TRY(get_digest(&w, &p.verifier));
	records_count_note(r, NOTE_pin, e->at);
	struct pin_record *place = find_pin(r, p.registration);
	if (place) {
		*place = p;
		return OK;
	}
	*add_pin(r) = p;
	index_pin(r, (uint32_t)r->pin_count - 1);
	return OK;
}

enum err
learn_pin_try(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	char registration[ID_SIZE];

	get_text(&w, registration, sizeof(registration));
	uint8_t tries = get_u8(&w);
	TRY(wire_done(&w));
	struct pin_record *place = find_pin(r, registration);
	if (!place || tries > PIN_TRIES)
		return FAIL(ERR_CONFLICT, "ledger: a try without PIN");
	place->tries = tries;
	return OK;
}

const struct pin_record *
records_find_pin(const struct records *r, const char *registration)
{
	return find_pin(r, registration);
}

RESULT
records_pin(struct records *r, const struct pin_record *pin, int64_t now)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	put_text(&body, pin->registration);
	put_bytes(&body, SPAN(pin->salt, sizeof(pin->salt)));
	put_bytes(&body, SPAN(pin->verifier.bytes, DIGEST_SIZE));
	TRY(records_append(r, ENTRY_pin, &body, now));
	return records_sync(r);
}

RESULT
records_pin_try(struct records *r, const char *registration, uint8_t tries,
    int64_t now)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	if (!find_pin(r, registration) || tries > PIN_TRIES)
		return FAIL(ERR_INTERNAL, "a try without PIN");
	put_text(&body, registration);
	put_u8(&body, tries);
	TRY(records_append(r, ENTRY_pin_try, &body, now));
	return records_sync(r);
}
