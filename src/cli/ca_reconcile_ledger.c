/*
 * Telling the ledger again what an older copy of it does not know. Only a
 * certificate that verifies under the authority's key, and is what its row
 * says, is taken in, so that whoever can write the database cannot write the
 * ledger by it.
 */
#include "cli/reconcile.h"

#include "base/clock.h"
#include "base/codec.h"
#include "pki/profile.h"

#define FILE_MAX ((size_t)16384)

/* The file that the signer reads. */
static RESULT
load_file(const struct conf *conf, const char *name, struct buf *out)
{
	AUTO(free) char *path = NULL;
	uint8_t *place;

	if (asprintf(
		&path, "%s/%s.cer", conf_text(conf, CONF_pki_ca_dir), name) < 0)
		abort();
	AUTO(fclose) FILE *file = fopen(path, "rbe");
	if (!file)
		return FAIL(ERR_NOT_FOUND, "no certificate of %s", name);
	buf_init(out, FILE_MAX);
	TRY(buf_extend(out, FILE_MAX, &place));
	out->size = fread(place, 1, FILE_MAX, file);
	return OK;
}

/* A lost ledger is begun again with what the ceremony made, as far as files
 * and database tell the same of it. */
static RESULT
begin_authority(
    struct ledger_side *l, struct arena *a, enum authority authority)
{
	const char *name = authority_name(authority);
	AUTO(buf_clear) struct buf der;
	struct span stored;

	if (records_has_authority(l->records, authority))
		return OK;
	enum err found = load_file(l->conf, name, &der);
	if (found == ERR_NOT_FOUND)
		return OK;
	TRY(found);
	TRY(ca_certificate_load(l->store, a, name, &stored));
	if (!span_equal(stored, span_of_buf(&der)))
		return FAIL(ERR_CONFLICT,
		    "the database and %s.cer are of two authorities", name);
	return records_authority(
	    l->records, authority, span_of_buf(&der), clock_now());
}

RESULT
ledger_side_open(
    const struct conf *conf, struct store *s, struct ledger_side *out)
{
	AUTO(arena_clear) struct arena a;
	size_t repaired;

	arena_init(&a, (size_t)1 << 20);
	*out = (struct ledger_side){.conf = conf, .store = s};
	TRY(records_open(conf_text(conf, CONF_signer_dir), clock_now(),
	    &out->records, &repaired));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		TRY(begin_authority(out, &a, (enum authority)i));
	return OK;
}

static const struct profile *
profile_of_level(const char *level)
{
	const struct level *l = level_find(level);

	return l ? profile_find(l->profile) : NULL;
}

static RESULT
fill(const struct certificate *c, struct issue_result *out)
{
	AUTO(buf_clear) struct buf serial;

	*out = (struct issue_result){0};
	buf_init(&serial, ORDER_SERIAL_MAX);
	TRY(hex_decode(c->serial, &serial));
	if (c->der.size > sizeof(out->certificate) ||
	    c->key_blob.size > sizeof(out->key_blob) ||
	    strlen(c->registration) >= sizeof(out->registration) ||
	    strlen(c->issuer) >= sizeof(out->issuer))
		return FAIL(ERR_TOO_LARGE, "not one of the signer's");
	memcpy(out->registration, c->registration, strlen(c->registration));
	memcpy(out->issuer, c->issuer, strlen(c->issuer));
	memcpy(out->serial, serial.data, serial.size);
	out->serial_size = serial.size;
	out->not_before = c->not_before;
	out->not_after = c->not_after;
	memcpy(out->certificate, c->der.data, c->der.size);
	out->certificate_size = c->der.size;
	if (c->key_blob.size)
		memcpy(out->key_blob, c->key_blob.data, c->key_blob.size);
	out->key_blob_size = c->key_blob.size;
	return OK;
}

/* Not only when the service runs: until then it would be good. Who says so
 * wrongly does not make anybody believe a certificate. */
static RESULT
revoke_at_once(struct records *r, enum authority authority,
    const struct issue_result *i, const struct certificate *c)
{
	const struct record *record = records_of_serial(
	    r, authority, SPAN(i->serial, i->serial_size));
	int64_t now = clock_now();
	uint8_t reason = (uint8_t)c->reason;

	if (!c->revoked_at || !record)
		return OK;
	return records_revoke(r, record,
	    (c->revoked_at < now ? c->revoked_at : now) / SECOND * SECOND,
	    crl_reason_allowed(reason) ? reason : 0, now);
}

RESULT
ledger_side_put(
    struct ledger_side *l, struct arena *a, const struct certificate *c)
{
	const struct profile *p = profile_of_level(c->level);
	AUTO(free) struct issue_result *r = malloc(sizeof(*r));
	enum authority authority = authority_find(c->issuer);
	struct span der;

	if (!r)
		abort();
	if (!p || authority == AUTHORITY_COUNT)
		return FAIL(ERR_INVALID, "no such issuer or level");
	TRY(ca_certificate_load(l->store, a, c->issuer, &der));
	if (!records_know_authority(l->records, authority, der))
		return FAIL(
		    ERR_CONFLICT, "the ledger knows another %s", c->issuer);
	TRY(fill(c, r));
	const struct ca_claim claim = {SPAN(r->serial, r->serial_size),
	    r->not_before, r->not_after, p->name};
	TRY(ca_signed_by(c->der, der, &claim));
	TRY(records_put_back(l->records, p->name, r, clock_now()));
	TRY(revoke_at_once(l->records, authority, r, c));
	if (!l->first[authority] || c->not_before < l->first[authority])
		l->first[authority] = c->not_before;
	return OK;
}

/* A later generation that signed for somebody had begun to issue: its
 * signature says so, whoever can write the database. */
static RESULT
begin_generations(struct ledger_side *l)
{
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		if (l->first[i] && records_issues_from(l->records,
				       (enum authority)i) > l->first[i])
			TRY(records_begins(l->records, (enum authority)i,
			    l->first[i], clock_now()));
	return OK;
}

RESULT
ledger_side_close(struct ledger_side *l)
{
	enum err synced = l->records ? begin_generations(l) : OK;

	if (synced == OK && l->records)
		synced = records_sync(l->records);

	records_close(l->records);
	l->records = NULL;
	return synced;
}
