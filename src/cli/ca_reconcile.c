/*
 * paraph ca reconcile: what the signer's ledger and the database do not both
 * know, and bringing them together.
 *
 * Nothing is ever taken away from either. A certificate or a revocation that
 * one of them knows did happen: the other one is told. So it does not matter
 * which of the two was restored, nor whether both were.
 */
#include "cli/ca.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/enum.h"
#include "cli/common.h"
#include "cli/reconcile.h"
#include "pki/profile.h"

#include <sys/stat.h>
#include <unistd.h>

#define DIFFERENT 3
#define ARENA_MAX ((size_t)64 << 20)

static const char usage[] =
    "usage: paraph ca reconcile [--config FILE] [--json] [--apply]\n"
    "\n"
    "Compares the signer's ledger with the database. When one of them was\n"
    "restored from an older copy, the signer refuses to issue until both know\n"
    "the same. Without --apply this shows what only one of them knows, and\n"
    "changes nothing. With it:\n"
    "\n"
    "  - certificates that only the ledger knows are put back into the\n"
    "    database, revoked ones as revoked. Where the registration is lost too,\n"
    "    one is made of what the certificate says, in a workspace \"Put back\n"
    "    from the ledger\": mailbox, phone and workspace cannot be known.\n"
    "  - revocations that only the ledger knows are put back.\n"
    "  - certificates that only the database knows are written into the\n"
    "    ledger, when their authority's signature holds. Stop the service\n"
    "    first. A lost ledger is begun again; the PINs in it are lost.\n"
    "  - revocations that only the database knows are told to the signer.\n"
    "  - it is written into the journal, and new lists are made.\n"
    "\n"
    "Exit status: 0 they agree, now at least; 1 it could not be done; 2 wrong\n"
    "use; 3 they differ, and nothing was changed.\n";

static const struct actor the_platform = {
    ACTOR_platform, "reconcile", "paraph ca reconcile"};

struct work {
	struct conf *conf;
	struct store *store;
	struct flow flow;
	struct records *records; /* NULL: there is no ledger */
	struct ledger_side ledger; /* open when something is written to it */
	bool apply, json, begun;
	size_t ledger_certificates, ledger_revocations; /* only there */
	size_t database_certificates, database_revocations;
};

static bool
differ(const struct work *w)
{
	return w->ledger_certificates || w->ledger_revocations ||
	       w->database_certificates || w->database_revocations;
}

/* ---- printing ---- */

static void
tell(struct work *w, const char *where, const char *what, const char *issuer,
    const char *serial, const char *registration, int64_t revoked_at)
{
	char at[CLOCK_TEXT_SIZE] = "";

	if (revoked_at)
		clock_format(revoked_at, at);
	if (!w->json) {
		printf("only in the %-9s %-11s %s %s %s%s%s\n", where, what,
		    issuer, serial, registration, revoked_at ? " revoked " : "",
		    at);
		return;
	}
	printf("%s\n {\"only_in\": \"%s\", \"what\": \"%s\", \"issuer\": "
	       "\"%s\", \"serial\": \"%s\", \"registration\": \"%s\"",
	    w->begun ? "," : "", where, what, issuer, serial, registration);
	if (revoked_at)
		printf(", \"revoked_at\": \"%s\"", at);
	putchar('}');
	w->begun = true;
}

/* ---- what only the ledger knows ---- */

static RESULT
put_back(struct work *w, struct arena *a, const struct record *record,
    const char *serial)
{
	struct issue_result *r = arena_get(a, sizeof(*r));
	struct ca_words *words = arena_get(a, sizeof(*words));
	const struct profile *p = profile_find(record->profile);

	if (!p)
		return FAIL(ERR_INVALID, "unknown profile %s", record->profile);
	TRY(records_replay(w->records, record, r));
	TRY(ca_words(SPAN(r->certificate, r->certificate_size), words));
	const struct put_back put = {.registration = record->registration,
	    .level = profile_level(p),
	    .issuer = authority_name(record->authority),
	    .serial = serial,
	    .given_names = words->given_names,
	    .surname = words->surname,
	    .country = words->country,
	    .person_serial = words->person_serial,
	    .not_before = r->not_before,
	    .not_after = r->not_after,
	    .der = SPAN(r->certificate, r->certificate_size),
	    .key_blob = SPAN(r->key_blob, r->key_blob_size),
	    .revoked_at = record->revoked_at,
	    .reason = record->reason};
	return put_back_certificate(&w->flow, a, &the_platform, &put);
}

static RESULT
compare_revocation(struct work *w, struct arena *a,
    const struct record *record, const struct certificate *c)
{
	if (record->revoked_at && !c->revoked_at) {
		w->ledger_revocations++;
		tell(w, "ledger", "revocation", c->issuer, c->serial,
		    c->registration, record->revoked_at);
		return w->apply ? put_back_revocation(&w->flow, a,
				      &the_platform, c->id, record->revoked_at,
				      record->reason)
				: OK;
	}
	if (c->revoked_at && !record->revoked_at) {
		w->database_revocations++;
		tell(w, "database", "revocation", c->issuer, c->serial,
		    c->registration, c->revoked_at);
		return w->apply
			   ? put_back_to_signer(&w->flow, &the_platform, c)
			   : OK;
	}
	return OK;
}

static enum err
compare_record(void *data, const struct record *record)
{
	AUTO(arena_clear) struct arena a;
	AUTO(buf_clear) struct buf serial;
	const char *issuer = authority_name(record->authority);
	struct work *w = data;
	struct certificate c;

	arena_init(&a, ARENA_MAX);
	buf_init(&serial, 2 * ORDER_SERIAL_MAX);
	TRY(hex_encode(SPAN(record->serial, record->serial_size), &serial));
	enum err found = certificate_find_serial(
	    w->store, &a, issuer, buf_text(&serial), &c);
	if (found == OK)
		return compare_revocation(w, &a, record, &c);
	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	w->ledger_certificates++;
	tell(w, "ledger", "certificate", issuer, buf_text(&serial),
	    record->registration, record->revoked_at);
	return w->apply ? put_back(w, &a, record, buf_text(&serial)) : OK;
}

/* ---- what only the database knows ---- */

static RESULT
is_in_ledger(const struct work *w, const struct certificate *c, bool *out)
{
	enum authority authority = authority_find(c->issuer);
	AUTO(buf_clear) struct buf serial;

	buf_init(&serial, ORDER_SERIAL_MAX);
	TRY(hex_decode(c->serial, &serial));
	*out = w->records && authority != AUTHORITY_COUNT &&
	       records_of_serial(
		   w->records, authority, span_of_buf(&serial)) != NULL;
	return OK;
}

static RESULT
compare_certificate(
    struct work *w, struct arena *a, const struct certificate *c)
{
	bool known;

	TRY(is_in_ledger(w, c, &known));
	if (known)
		return OK;
	w->database_certificates++;
	tell(w, "database", "certificate", c->issuer, c->serial,
	    c->registration, c->revoked_at);
	if (!w->apply)
		return OK;
	if (!w->ledger.records)
		TRY(ledger_side_open(w->conf, w->store, &w->ledger));
	TRY(ledger_side_put(&w->ledger, a, c));
	return c->revoked_at ? put_back_to_signer(&w->flow, &the_platform, c)
			     : OK;
}

static RESULT
compare_certificates(struct work *w)
{
	char last[ID_SIZE] = "";

	for (;;) {
		AUTO(arena_clear) struct arena a;
		struct certificate *some;
		size_t count;

		arena_init(&a, ARENA_MAX);
		TRY(certificate_after(w->store, &a, last, &some, &count));
		for (size_t i = 0; i < count; i++)
			TRY(compare_certificate(w, &a, &some[i]));
		if (count == 0)
			return OK;
		snprintf(last, sizeof(last), "%s", some[count - 1].id);
	}
}

/* ---- the whole ---- */

static RESULT
look_at_ledger(struct work *w)
{
	bool unfinished;
	enum err found = records_look(conf_text(w->conf, CONF_signer_dir),
	    &w->records, &unfinished);

	if (found != ERR_NOT_FOUND)
		return found;
	fprintf(stderr, "paraph ca reconcile: there is no ledger\n");
	err_clear();
	return OK;
}

/* The mark after what was written: the signer takes it from there. */
static RESULT
finish(struct work *w)
{
	AUTO(arena_clear) struct arena a;
	struct ledger_mark mark = {0};
	char head[DIGEST_TEXT_SIZE] = "";

	arena_init(&a, (size_t)1 << 20);
	if (w->ledger.records)
		mark = *records_mark(w->ledger.records);
	else if (w->records)
		mark = *records_mark(w->records);
	TRY(ledger_side_close(&w->ledger));
	if (mark.entries)
		digest_format(&mark.head, head);
	const struct ledger_point seen = {(int64_t)mark.entries, head};
	return put_back_done(&w->flow, &a, &the_platform, &seen,
	    arena_format(&a,
		"database: %zu certificates, %zu revocations; "
		"ledger: %zu certificates, %zu revocations",
		w->ledger_certificates, w->ledger_revocations,
		w->database_certificates, w->database_revocations));
}

static void
tell_sum(const struct work *w)
{
	if (w->json) {
		printf("%s], \"agree\": %s, \"applied\": %s}\n",
		    w->begun ? "\n" : "", differ(w) ? "false" : "true",
		    w->apply ? "true" : "false");
		return;
	}
	printf("only in the ledger: %zu certificates, %zu revocations; only in "
	       "the database: %zu certificates, %zu revocations\n",
	    w->ledger_certificates, w->ledger_revocations,
	    w->database_certificates, w->database_revocations);
	if (w->apply)
		printf("Both know the same now; issuing goes on.\n");
	else if (differ(w))
		printf("Nothing was changed. --apply brings them together.\n");
	else
		printf("They agree.\n");
}

static RESULT
run(struct work *w)
{
	TRY(store_open(conf_text(w->conf, CONF_store_path), true, &w->store));
	w->flow = (struct flow){.store = w->store, .conf = w->conf};
	TRY(look_at_ledger(w));
	if (w->json)
		printf("{\"differences\": [");
	if (w->records)
		TRY(records_each_issued(w->records, compare_record, w));
	TRY(compare_certificates(w));
	if (w->apply)
		TRY(finish(w));
	fflush(stdout);
	tell_sum(w);
	return OK;
}

static int
reconcile(const char *config, bool apply, bool json)
{
	struct work w = {.apply = apply, .json = json};
	int status = 0;

	umask(077);
	if (conf_load(config_find(config), &w.conf) != OK || run(&w) != OK) {
		fprintf(stderr, "paraph ca reconcile: %s\n",
		    err_explanation());
		status = 1;
	}
	if (status == 0 && differ(&w) && !w.apply)
		status = DIFFERENT;
	IGNORE(ledger_side_close(&w.ledger)); /* told above */
	records_close(w.records);
	store_close(w.store);
	conf_free(w.conf);
	return status;
}

int
ca_reconcile(int argc, char **argv)
{
	bool apply = false, json = false;
	const char *config = NULL;

	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0) {
			fputs(usage, stdout);
			return 0;
		}
		if (strcmp(argv[i], "--apply") == 0) {
			apply = true;
		} else if (strcmp(argv[i], "--json") == 0) {
			json = true;
		} else if (strcmp(argv[i], "--config") == 0 && i + 1 < argc) {
			config = argv[++i];
		} else {
			fprintf(stderr,
			    "paraph ca reconcile: unknown argument\n\n%s",
			    usage);
			return 2;
		}
	}
	return reconcile(config, apply, json);
}
