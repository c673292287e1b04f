/*
 * Entries and their meaning: for each kind its writer and its reader, side by
 * side. What is written is taken in the same way as at the next start.
 */
#include "signer/records_parts.h"

#include "base/enum.h"

static void
put_key(struct buf *b, enum authority authority, struct span serial)
{
	put_text(b, authority_name(authority));
	put_bytes(b, serial);
}

static void
put_intent(struct buf *b, const struct record *i, const struct digest *decision,
    const struct digest *evidence)
{
	put_text(b, i->registration);
	put_text(b, i->profile);
	put_bytes(b, SPAN(i->order.bytes, DIGEST_SIZE));
	put_bytes(b, SPAN(decision->bytes, DIGEST_SIZE));
	put_bytes(b, SPAN(evidence->bytes, DIGEST_SIZE));
	put_key(b, i->authority, SPAN(i->serial, i->serial_size));
}

static void
get_intent(struct wire_reader *w, struct record *i)
{
	get_text(w, i->registration, sizeof(i->registration));
	get_text(w, i->profile, sizeof(i->profile));
	if (get_octets(w, i->order.bytes, DIGEST_SIZE) != DIGEST_SIZE)
		w->failed = true;
	get_bytes(w, DIGEST_SIZE); /* decision and evidence: for auditors */
	get_bytes(w, DIGEST_SIZE);
	i->authority = records_get_authority(w);
	i->serial_size = get_octets(w, i->serial, sizeof(i->serial));
}

static void
add_intent(struct records *r, const struct record *i)
{
	records_add(r, i);
	if (!record_was_put_back(i))
		records_count_rate(r, i->profile, i->intended_at);
}

enum err
learn_intent(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	struct record i = {.intended_at = e->at};

	get_intent(&w, &i);
	TRY(wire_done(&w));
	add_intent(r, &i);
	return OK;
}

static void
put_approved(struct buf *b, const struct approved *a)
{
	put_bytes(b, SPAN(a->digest.bytes, DIGEST_SIZE));
	put_u8(b, (uint8_t)a->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct order_approval *x = &a->approvals[i];

		put_text(b, x->operator_id);
		put_bytes(b, SPAN(x->credential_id, x->credential_id_size));
	}
}

/* The same with who approved it, which is there for auditors. */
enum err
learn_approved(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	struct record i = {.intended_at = e->at};
	char operator_id[ID_SIZE];

	get_intent(&w, &i);
	get_bytes(&w, DIGEST_SIZE);
	size_t count = get_u8(&w);
	for (size_t k = 0; k < count && !w.failed; k++) {
		get_text(&w, operator_id, sizeof(operator_id));
		get_bytes(&w, ORDER_CREDENTIAL_MAX);
	}
	TRY(wire_done(&w));
	add_intent(r, &i);
	return OK;
}

/* The record that an entry is about: intended or issued as asked. */
static RESULT
require_record(const struct records *r, const char *registration,
    enum record_state state, struct record **out)
{
	*out = records_find_registration(r, registration);
	if (!*out || (*out)->state != state)
		return FAIL(ERR_CONFLICT, "ledger: a result without intent");
	return OK;
}

/* As the message had it when the first ledgers were written. */
static void
put_issued(struct buf *b, const struct issue_result *r)
{
	put_text(b, r->registration);
	put_text(b, r->issuer);
	put_bytes(b, SPAN(r->serial, r->serial_size));
	put_i64(b, r->not_before);
	put_i64(b, r->not_after);
	put_bytes(b, SPAN(r->certificate, r->certificate_size));
	put_bytes(b, SPAN(r->key_blob, r->key_blob_size));
	put_bytes(b, SPAN(r->ocsp, r->ocsp_size));
	put_i64(b, r->ocsp_next_update);
}

static RESULT
get_issued(struct span body, struct issue_result *out)
{
	struct wire_reader r = wire_read(body);

	*out = (struct issue_result){0};
	get_text(&r, out->registration, sizeof(out->registration));
	get_text(&r, out->issuer, sizeof(out->issuer));
	out->serial_size = get_octets(&r, out->serial, sizeof(out->serial));
	out->not_before = get_i64(&r);
	out->not_after = get_i64(&r);
	out->certificate_size =
	    get_octets(&r, out->certificate, sizeof(out->certificate));
	out->key_blob_size =
	    get_octets(&r, out->key_blob, sizeof(out->key_blob));
	out->ocsp_size = get_octets(&r, out->ocsp, sizeof(out->ocsp));
	out->ocsp_next_update = get_i64(&r);
	return wire_done(&r);
}

/* A change: whoever has not heard of it is out of step from here on. */
static uint64_t
mark_here(struct records *r, const struct ledger_entry *e)
{
	r->mark = (struct ledger_mark){e->sequence + 1, e->digest};
	r->recent[r->marks++ % RECORDS_RECENT] = r->mark;
	return r->mark.entries;
}

/* As much of put_issued() as has to be remembered. */
struct issued_outline {
	char registration[ID_SIZE];
	struct span certificate, key_blob;
};

static RESULT
outline_issued(struct span body, struct issued_outline *out)
{
	struct wire_reader r = wire_read(body);
	char issuer[ORDER_ISSUER_MAX];

	get_text(&r, out->registration, sizeof(out->registration));
	get_text(&r, issuer, sizeof(issuer));
	get_bytes(&r, ORDER_SERIAL_MAX);
	get_i64(&r); /* its validity */
	get_i64(&r);
	out->certificate = get_bytes(&r, ORDER_CERTIFICATE_MAX);
	out->key_blob = get_bytes(&r, ORDER_KEY_BLOB_MAX);
	get_bytes(&r, ORDER_OCSP_MAX);
	get_i64(&r);
	return wire_done(&r);
}

enum err
learn_issued(struct records *r, const struct ledger_entry *e)
{
	struct issued_outline o;
	struct record *record;

	TRY(outline_issued(e->body, &o));
	TRY(require_record(r, o.registration, RECORD_intended, &record));
	record->state = RECORD_issued;
	record->issued_offset = e->offset;
	record->issued_number = mark_here(r, e);
	if (o.key_blob.size > 0 || record_in_token(record))
		return OK;
	return records_note_brought(
	    r, o.certificate, (uint32_t)(record - r->all));
}

enum err
learn_not_issued(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	char registration[ID_SIZE];
	struct record *record;

	get_text(&w, registration, sizeof(registration));
	TRY(wire_done(&w));
	TRY(require_record(r, registration, RECORD_intended, &record));
	record->state = RECORD_not_issued;
	return OK;
}

static void
put_revoked(struct buf *b, const struct record *record, int64_t revoked_at,
    uint8_t reason)
{
	put_key(
	    b, record->authority, SPAN(record->serial, record->serial_size));
	put_i64(b, revoked_at);
	put_u8(b, reason);
}

static void
note_revoked(struct records *r, enum authority authority, uint32_t record)
{
	size_t count = r->revoked_count[authority]++;
	uint32_t **list = &r->revoked[authority];

	if (count == r->revoked_room[authority]) {
		r->revoked_room[authority] = count ? 2 * count : 64;
		*list = realloc(
		    *list, r->revoked_room[authority] * sizeof(**list));
		if (!*list)
			abort();
	}
	(*list)[count] = record;
}

enum err
learn_revoked(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	uint8_t serial[ORDER_SERIAL_MAX];
	enum authority authority = records_get_authority(&w);
	size_t size = get_octets(&w, serial, sizeof(serial));
	int64_t at = get_i64(&w);
	uint8_t reason = get_u8(&w);

	TRY(wire_done(&w));
	struct record *record =
	    records_find_serial(r, authority, SPAN(serial, size));
	if (!record || record->state != RECORD_issued || record->revoked_at)
		return FAIL(ERR_CONFLICT, "ledger: a wrong revocation");
	record->revoked_at = at;
	record->reason = reason;
	record->revoked_offset = e->offset;
	record->revoked_number = mark_here(r, e);
	note_revoked(r, authority, (uint32_t)(record - r->all));
	return OK;
}

enum err
records_learn(void *data, const struct ledger_entry *e)
{
	static enum err (*const takers[ENTRY_COUNT])(
	    struct records *, const struct ledger_entry *) = {
#define ENTRY(kind, fields) learn_##kind,
#include "signer/ledger.def"
#undef ENTRY
	};

	records_note_step(data, e);
	return takers[e->kind](data, e);
}

static bool
is_grave(enum ledger_kind kind)
{
	static const enum ledger_kind others[] = {ENTRY_intent, ENTRY_issued,
	    ENTRY_not_issued, ENTRY_approved, ENTRY_list, ENTRY_answerer};

	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (others[i] == kind)
			return false;
	return true;
}

RESULT
records_append(struct records *r, enum ledger_kind kind, const struct buf *body,
    int64_t now)
{
	struct ledger_entry e = {
	    .at = now, .kind = kind, .body = span_of_buf(body)};

	TRY(wire_written(body));
	TRY(ledger_append(r->ledger, kind, now, e.body, &e.offset));
	e.sequence = ledger_head(r->ledger, &e.digest) - 1;
	r->grave += is_grave(kind);
	return records_learn(r, &e);
}

RESULT
records_intend(struct records *r, const struct record *intended,
    const struct digest *decision, const struct digest *evidence,
    const struct approved *approved, int64_t now)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	if (records_find_registration(r, intended->registration) ||
	    records_find_serial(r, intended->authority,
		SPAN(intended->serial, intended->serial_size)))
		return FAIL(ERR_CONFLICT, "registration or serial is taken");
	put_intent(&body, intended, decision, evidence);
	if (approved->count == 0)
		return records_append(r, ENTRY_intent, &body, now);
	put_approved(&body, approved);
	return records_append(r, ENTRY_approved, &body, now);
}

RESULT
records_issue(struct records *r, const struct issue_result *result, int64_t now)
{
	AUTO(buf_clear) struct buf body;
	struct record *record;

	buf_init(&body, LEDGER_BODY_MAX);
	TRY(require_record(r, result->registration, RECORD_intended, &record));
	put_issued(&body, result);
	return records_append(r, ENTRY_issued, &body, now);
}

RESULT
records_give_up(struct records *r, const char *registration, int64_t now)
{
	AUTO(buf_clear) struct buf body;
	struct record *record;

	buf_init(&body, LEDGER_BODY_MAX);
	TRY(require_record(r, registration, RECORD_intended, &record));
	put_text(&body, registration);
	return records_append(r, ENTRY_not_issued, &body, now);
}

RESULT
records_revoke(struct records *r, const struct record *record,
    int64_t revoked_at, uint8_t reason, int64_t now)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	if (record->state != RECORD_issued || record->revoked_at)
		return FAIL(ERR_CONFLICT, "not a certificate to revoke");
	put_revoked(&body, record, revoked_at, reason);
	return records_append(r, ENTRY_revoked, &body, now);
}

RESULT
records_sync(struct records *r)
{
	return ledger_sync(r->ledger);
}

bool
records_are_sound(const struct records *r)
{
	return ledger_is_sound(r->ledger);
}

void
records_sync_begin(struct records *r)
{
	ledger_sync_begin(r->ledger);
}

RESULT
records_sync_end(struct records *r)
{
	return ledger_sync_end(r->ledger);
}

RESULT
records_replay(
    struct records *r, const struct record *record, struct issue_result *out)
{
	AUTO(buf_clear) struct buf room;
	struct ledger_entry e;

	buf_init(&room, LEDGER_BODY_MAX + 256);
	TRY(ledger_read(r->ledger, record->issued_offset, &room, &e));
	if (e.kind != ENTRY_issued)
		return FAIL(ERR_CONFLICT, "ledger: not a certificate");
	TRY(get_issued(e.body, out));
	if (record_in_token(record))
		memcpy(out->key_label, record->registration, ID_SIZE);
	return OK;
}
