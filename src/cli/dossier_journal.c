/*
 * What was done and when: the entries of the journal that are about this
 * request, byte for byte as they were hashed, and those of the signer's ledger.
 *
 * Of other people's entries only hashes are here. They say where these stand:
 * each is a checkpoint that paraph audit verify takes.
 */
#include "cli/dossier.h"

#include "base/clock.h"
#include "base/codec.h"
#include "flow/audit.h"
#include "signer/ledger_print.h"

#include <stdlib.h>

#define LINES_MAX ((size_t)16 << 20)

static int
by_number(const void *left, const void *right)
{
	const struct audit_entry *a = left, *b = right;

	return (a->seq > b->seq) - (a->seq < b->seq);
}

/* About the request and about its certificate, in order. */
static RESULT
list_acts(struct dossier_file *d, struct audit_entry **out, size_t *count)
{
	struct audit_entry *own, *more = NULL, *all;
	struct certificate c;
	size_t own_count, more_count = 0;
	struct admin *a = d->a;

	TRY(audit_of(a->store, &a->arena, d->r.id, &own, &own_count));
	enum err found = certificate_of(a->store, &a->arena, d->r.id, &c);
	if (found == OK)
		TRY(audit_of(
		    a->store, &a->arena, c.id, &more, &more_count));
	else if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	*count = own_count + more_count;
	*out = all = arena_get(&a->arena, (*count + 1) * sizeof(*all));
	memcpy(all, own, own_count * sizeof(*all));
	if (more_count)
		memcpy(all + own_count, more, more_count * sizeof(*all));
	qsort(all, *count, sizeof(*all), by_number);
	return OK;
}

static RESULT
add_entry(struct dossier_file *d, const struct audit_entry *e, struct buf *sums,
    json_t *list)
{
	AUTO(buf_clear) struct buf bytes;
	const char *name = arena_format(
	    &d->a->arena, "journal/%lld.entry", (long long)e->seq);

	buf_init(&bytes, AUDIT_ENTRY_MAX);
	audit_encode(e, &bytes);
	TRY(archive_add(&d->zip, name, span_of_buf(&bytes)));
	TRY(buf_add_format(sums, "%s  %s\n", e->hash, name));
	json_array_append_new(list,
	    json_pack("{s:I, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
		"number", (json_int_t)e->seq, "at", dossier_time(e->at),
		"actor_kind", e->actor_kind, "actor", e->actor, "act", e->act,
		"subject", e->subject, "detail", e->detail, "evidence_sha256",
		e->evidence_digest, "previous", e->previous, "hash", e->hash));
	return OK;
}

/* "SEQ HASH" of an entry and of those beside it, each once. */
static RESULT
add_place(struct dossier_file *d, int64_t seq, int64_t *told, struct buf *chain)
{
	int64_t from = seq - 1 > *told ? seq - 1 : *told + 1;
	struct audit_entry *around;
	size_t count;

	if (from < 1)
		from = 1;
	if (from > seq + 1)
		return OK;
	TRY(audit_list(d->a->store, &d->a->arena, from,
	    (size_t)(seq + 2 - from), &around, &count));
	for (size_t i = 0; i < count && around[i].seq <= seq + 1; i++) {
		TRY(buf_add_format(chain, "%lld %s\n",
		    (long long)around[i].seq, around[i].hash));
		*told = around[i].seq;
	}
	return OK;
}

static RESULT
add_end(struct dossier_file *d, int64_t told, struct buf *chain)
{
	struct audit_entry last;

	TRY(audit_last(d->a->store, &d->a->arena, &last));
	if (last.seq <= told)
		return OK;
	return buf_add_format(
	    chain, "%lld %s\n", (long long)last.seq, last.hash);
}

static RESULT
add_acts(struct dossier_file *d)
{
	AUTO(json_decref) json_t *list = json_array();
	AUTO(buf_clear) struct buf sums, chain;
	struct audit_entry *acts;
	int64_t told = 0;
	size_t count;

	buf_init(&sums, LINES_MAX);
	buf_init(&chain, LINES_MAX);
	TRY(list_acts(d, &acts, &count));
	for (size_t i = 0; i < count; i++) {
		TRY(add_entry(d, &acts[i], &sums, list));
		TRY(add_place(d, acts[i].seq, &told, &chain));
	}
	TRY(add_end(d, told, &chain));
	TRY(archive_add(
	    &d->zip, "journal/entries.sha256", span_of_buf(&sums)));
	TRY(archive_add(&d->zip, "journal/chain.txt", span_of_buf(&chain)));
	return dossier_json(d, "journal/journal.json", json_incref(list));
}

/* ---- the signer's ledger ---- */

struct looking {
	const char *registration;
	struct buf serial; /* of the certificate, as octets */
	struct buf lines;
};

static bool
has(struct span body, struct span word)
{
	return word.size > 0 &&
	       memmem(body.data, body.size, word.data, word.size);
}

static enum err
look(void *data, const struct ledger_entry *e)
{
	struct looking *l = data;
	AUTO(buf_clear) struct buf line;

	if (!has(e->body, span_of_text(l->registration)) &&
	    !has(e->body, span_of_buf(&l->serial)))
		return OK;
	buf_init(&line, 8 * LEDGER_BODY_MAX);
	TRY(ledger_print(e, &line));
	TRY(buf_add_span(&l->lines, span_of_buf(&line)));
	return buf_add_text(&l->lines, "\n");
}

static RESULT
take_serial(struct dossier_file *d, struct buf *out)
{
	struct certificate c;
	enum err found =
	    certificate_of(d->a->store, &d->a->arena, d->r.id, &c);

	buf_init(out, 64);
	if (found == OK)
		return hex_decode(c.serial, out);
	if (found == ERR_NOT_FOUND)
		err_clear();
	return found == ERR_NOT_FOUND ? OK : found;
}

/* The signer may be on another machine, or its ledger another user's. */
static RESULT
add_ledger(struct dossier_file *d)
{
	struct looking l = {.registration = d->r.id};
	char head[DIGEST_TEXT_SIZE];
	struct ledger_extent all;

	TRY(take_serial(d, &l.serial));
	buf_init(&l.lines, LINES_MAX);
	enum err looked = ledger_look(
	    conf_text(d->a->conf, CONF_signer_dir), look, &l, &all);
	d->no_ledger = looked != OK;
	if (looked == OK) {
		digest_format(&all.head, head);
		looked = buf_add_format(&l.lines, "%llu entries, digest %s\n",
		    (unsigned long long)all.entries, head);
	}
	if (looked == OK)
		looked = archive_add(
		    &d->zip, "ledger.txt", span_of_buf(&l.lines));
	buf_clear(&l.lines);
	buf_clear(&l.serial);
	if (!d->no_ledger)
		return looked;
	err_clear();
	return OK;
}

RESULT
dossier_journal(struct dossier_file *d)
{
	TRY(add_acts(d));
	return add_ledger(d);
}
