/*
 * Revocation lists. The list is what the ledger says; the order says how many
 * serials the database holds for revoked, and which of them lately (all of a
 * hundred thousand each time would cost more than the list). A database that
 * says more has not told the signer yet, or the ledger is an older copy, and is
 * refused; one that says less was put back itself, and gets the whole list all
 * the same: a list that leaves a revoked certificate out, or names one that is
 * not, never appears.
 */
#include "signer/signer.h"

#include "base/clock.h"
#include "pki/crl.h"
#include "signer/weigh.h"

#define TOGETHER 1024 /* entries that are encoded at a time */

/* Those that were revoked since the last list, after those before. */
static RESULT
add_entries(struct signer *s, struct issuing *i)
{
	struct crl_item items[TOGETHER];
	const struct record *record;
	size_t count = 0;

	while (count < TOGETHER &&
	       (record = records_revoked(
		    s->records, i->authority, i->listed.count + count)))
		items[count++] = (struct crl_item){
		    SPAN(record->serial, record->serial_size),
		    record->revoked_at, record->reason};
	return crl_entries_add(&i->listed, items, count);
}

static RESULT
add_all(struct signer *s, struct issuing *i)
{
	size_t count = records_revoked_count(s->records, i->authority);

	while (i->listed.count < count)
		TRY(add_entries(s, i));
	return OK;
}

static RESULT
check_entry(struct signer *s, enum authority authority,
    const struct crl_entry *e, bool *seen)
{
	const struct record *record = records_of_serial(
	    s->records, authority, SPAN(e->serial, e->serial_size));

	if (!record || !record->revoked_at)
		return FAIL(ERR_OUT_OF_STEP, "an entry is not revoked here");
	size_t place = records_place(s->records, record);
	if (seen[place])
		return FAIL(ERR_INVALID, "an entry twice");
	seen[place] = true;
	return OK;
}

static RESULT
check_entries(
    struct signer *s, const struct crl_order *o, enum authority authority)
{
	AUTO(free)
	bool *seen = calloc(records_count(s->records) + 1, sizeof(*seen));
	struct span rest = o->entries;
	struct crl_entry e;

	if (!seen)
		abort();
	if (o->revoked > records_revoked_count(s->records, authority))
		return FAIL(
		    ERR_OUT_OF_STEP, "more are revoked there than here");
	for (size_t i = 0; i < o->count; i++) {
		TRY(crl_entry_get(&rest, &e));
		TRY(check_entry(s, authority, &e, seen));
	}
	return rest.size == 0 ? OK
			      : FAIL(ERR_INVALID, "more entries than said");
}

struct ending {
	struct records *records;
	enum authority authority;
	int64_t last;
};

static enum err
look_at_end(void *data, const struct record *record)
{
	struct ending *e = data;
	struct issue_result *made;

	if (record->authority != e->authority || record->revoked_at)
		return OK;
	made = calloc(1, sizeof(*made));
	if (!made)
		abort();
	enum err read = records_replay(e->records, record, made);
	if (read == OK && made->not_after > e->last)
		e->last = made->not_after;
	free(made);
	return read;
}

/* The last list of an authority has no end (reference B-19): no later one can
 * be signed in time, and every certificate has ended or was revoked. When they
 * end is looked up once, and again after a revocation: it issues no more. */
static RESULT
find_next_update(
    struct signer *s, struct issuing *i, int64_t now, int64_t *out)
{
	struct ending e = {s->records, i->authority, 1};

	*out = now + conf_number(s->conf, CONF_pki_crl_hours) * HOUR;
	if (now + AUTHORITY_LAST < i->not_after)
		return OK;
	if (i->last_end == 0) {
		TRY(records_each_issued(s->records, look_at_end, &e));
		i->last_end = e.last;
	}
	if (i->last_end <= now)
		*out = CLOCK_FOREVER;
	return OK;
}

static RESULT
build(struct signer *s, struct issuing *i, const struct crl_order *o,
    struct buf *list, struct crl_result *out)
{
	int64_t now = clock_now() / SECOND * SECOND;
	struct signing_key key = token_key_signing(&i->key);
	struct crl_facts f = {
	    .issuer_certificate = span_of_buf(&i->certificate),
	    .number = o->number,
	    .this_update = now,
	    .entries = &i->listed,
	    .keeps_expired = true,
	};

	TRY(find_next_update(s, i, now, &f.next_update));
	buf_init(list, crl_size_max(i->listed.count));
	TRY(crl_build(&f, &key, list));
	*out = (struct crl_result){.number = o->number,
	    .this_update = f.this_update,
	    .next_update = f.next_update};
	memcpy(out->issuer, o->issuer, sizeof(out->issuer));
	out->count = i->listed.count;
	return OK;
}

RESULT
signer_publish(struct signer *s, const struct crl_order *o, struct buf *list,
    struct crl_result *out)
{
	enum authority authority = authority_find(o->issuer);
	struct issuing *issuing = signer_issuing(s, authority);

	if (!issuing)
		return FAIL(ERR_NOT_FOUND, "no such issuer");
	TRY(check_entries(s, o, authority));
	TRY(weigh_notes(s, NOTE_list));
	TRY(records_list(s->records, authority, o->number, clock_now()));
	TRY(records_sync(s->records));
	TRY(add_all(s, issuing));
	return build(s, issuing, o, list, out);
}
