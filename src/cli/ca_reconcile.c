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
#include "cli/words.h"
#include "cli/words.h"
#include "pki/profile.h"

#include <sys/stat.h>
#include <unistd.h>

#define DIFFERENT 3
#define LEAVE_MAX 64
#define ARENA_MAX ((size_t)64 << 20)

static const char usage[] =
    "usage: paraph ca reconcile [--config FILE] [--json] [--apply\n"
    "       [--leave SERIAL ...] [--accept-ledger]]\n"
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
    "    first. A lost ledger is begun again; what of it stays lost is told.\n"
    "  - revocations that only the database knows are told to the signer.\n"
    "  - it is written into the journal, and new lists are made.\n"
    "\n"
    "What cannot be brought over is left, with the reason, and all the rest is\n"
    "done. Issuing goes on when nothing is left, or when each that is left was\n"
    "named with --leave: look at it first, a signature that does not hold is\n"
    "a forgery or a broken disk.\n"
    "\n"
    "The token knows how far the ledger had come. A ledger that lacks that is\n"
    "not opened: it was put back from an older copy, or written by somebody.\n"
    "Put the newest copy back. Where there is none, --accept-ledger takes this\n"
    "one for the right one, and notes that in it; stop the service first.\n"
    "\n"
    "Exit status: 0 they agree, now at least; 1 it could not be done, or not\n"
    "all of it; 2 wrong use; 3 they differ, and nothing was changed.\n";

static const struct actor the_platform = {
    ACTOR_platform, "reconcile", "paraph ca reconcile"};

struct work {
	struct conf *conf;
	struct store *store;
	struct flow flow;
	struct records *records; /* NULL: there is no ledger */
	struct ledger_side ledger; /* open when something is written to it */
	struct token_side token;
	bool apply, json, begun, accept;
	bool lost;	    /* there was no ledger */
	size_t left, named; /* not brought over; as --leave says */
	const char *leave[LEAVE_MAX];
	size_t leave_count;
	size_t ledger_certificates, ledger_revocations; /* only there */
	size_t database_certificates, database_revocations;
};

static bool
differ(const struct work *w)
{
	return w->ledger_certificates || w->ledger_revocations ||
	       w->database_certificates || w->database_revocations ||
	       (w->token.differs && !w->accept);
}

/* ---- printing ---- */

static void
tell(struct work *w, const struct difference *d, const char *left)
{
	char at[CLOCK_TEXT_SIZE] = "";

	if (d->revoked_at)
		clock_format(d->revoked_at, at);
	if (!w->json) {
		difference_plain(d, at, left);
		return;
	}
	printf("%s\n ", w->begun ? "," : "");
	difference_json(d, at, left);
	w->begun = true;
}

static bool
is_to_be_left(const struct work *w, const struct difference *d)
{
	for (size_t i = 0; i < w->leave_count; i++)
		if (strcmp(w->leave[i], d->serial) == 0)
			return true;
	return false;
}

/* Whether the fault is this one's, so that others can be brought over. */
static bool
is_of_the_one(enum err result)
{
	return result == ERR_INVALID || result == ERR_CONFLICT ||
	       result == ERR_DENIED || result == ERR_NOT_FOUND ||
	       result == ERR_TOO_LARGE || result == ERR_WRONG_STATE;
}

/* Told with what became of it. */
static RESULT
settle(struct work *w, const struct difference *d, enum err result)
{
	if (result != OK && !is_of_the_one(result))
		return result;
	tell(w, d, result == OK ? NULL : err_explanation());
	w->left += result != OK;
	err_clear();
	return OK;
}

/* What is not to be brought over, is not now, or was named. */
static bool
stays(struct work *w, const struct difference *d)
{
	bool named = w->apply && is_to_be_left(w, d);

	w->named += named;
	if (named || !w->apply)
		tell(w, d, named ? "named with --leave" : NULL);
	return named || !w->apply;
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
	struct difference d = {"ledger", "revocation", c->issuer, c->serial,
	    c->registration, record->revoked_at};

	if (record->revoked_at && !c->revoked_at) {
		w->ledger_revocations++;
		return stays(w, &d)
			   ? OK
			   : settle(w, &d,
				 put_back_revocation(&w->flow, a, &the_platform,
				     c->id, record->revoked_at,
				     record->reason));
	}
	if (!c->revoked_at || record->revoked_at)
		return OK;
	d.where = "database";
	d.revoked_at = c->revoked_at;
	w->database_revocations++;
	return stays(w, &d) ? OK
			    : settle(w, &d,
				  put_back_to_signer(
				      &w->flow, &the_platform, c));
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
	const struct difference d = {"ledger", "certificate", issuer,
	    buf_text(&serial), record->registration, record->revoked_at};
	w->ledger_certificates++;
	return stays(w, &d)
		   ? OK
		   : settle(w, &d, put_back(w, &a, record, d.serial));
}

/* ---- what only the database knows ---- */

/* A serial number that is none is in no ledger. */
static RESULT
is_in_ledger(const struct work *w, const struct certificate *c, bool *out)
{
	enum authority authority = authority_find(c->issuer);
	AUTO(buf_clear) struct buf serial;

	buf_init(&serial, ORDER_SERIAL_MAX);
	*out = hex_decode(c->serial, &serial) == OK && w->records &&
	       authority != AUTHORITY_COUNT &&
	       records_of_serial(
		   w->records, authority, span_of_buf(&serial)) != NULL;
	err_clear();
	return OK;
}

static RESULT
bring_to_ledger(
    struct work *w, struct arena *a, const struct certificate *c)
{
	TRY(ledger_side_put(&w->ledger, a, c));
	return c->revoked_at ? put_back_to_signer(&w->flow, &the_platform, c)
			     : OK;
}

static RESULT
compare_certificate(
    struct work *w, struct arena *a, const struct certificate *c)
{
	const struct difference d = {"database", "certificate", c->issuer,
	    c->serial, c->registration, c->revoked_at};
	bool known;

	TRY(is_in_ledger(w, c, &known));
	if (known)
		return OK;
	w->database_certificates++;
	if (stays(w, &d))
		return OK;
	if (!w->ledger.records)
		TRY(ledger_side_open(w->conf, w->store, &w->ledger));
	return settle(w, &d, bring_to_ledger(w, a, c));
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
	w->lost = true;
	err_clear();
	return OK;
}

/* Written last, so that what was brought over is in it. */
static RESULT
accept(struct work *w)
{
	if (!w->ledger.records)
		TRY(ledger_side_open(w->conf, w->store, &w->ledger));
	return token_side_accept(w->conf, w->ledger.records, &w->token);
}

/* Nothing is done on the word of a ledger that nobody vouches for. */
static RESULT
look_at_token(struct work *w)
{
	TRY(token_side_look(w->conf, w->records, w->apply, &w->token));
	if (!w->token.differs || !w->apply || w->accept)
		return OK;
	return FAIL(ERR_CONFLICT,
	    "the token knows a ledger of %llu entries, which this is not: put "
	    "the newest copy back, or --accept-ledger",
	    (unsigned long long)w->token.known.entries);
}

/* The mark after what was written: the signer takes it from there. While
 * something is left the mark stays, and so nothing is issued. */
static RESULT
finish(struct work *w)
{
	AUTO(arena_clear) struct arena a;
	struct ledger_mark mark = {0};
	char head[DIGEST_TEXT_SIZE] = "";

	arena_init(&a, (size_t)1 << 20);
	if (w->token.differs)
		TRY(accept(w));
	if (w->ledger.records)
		mark = *records_mark(w->ledger.records);
	else if (w->records)
		mark = *records_mark(w->records);
	TRY(ledger_side_close(&w->ledger));
	if (mark.entries)
		digest_format(&mark.head, head);
	const struct ledger_point seen = {(int64_t)mark.entries, head};
	return put_back_done(&w->flow, &a, &the_platform,
	    w->left ? NULL : &seen,
	    arena_format(&a,
		"database: %zu certificates, %zu revocations; "
		"ledger: %zu certificates, %zu revocations; left: %zu, as was "
		"asked: %zu",
		w->ledger_certificates, w->ledger_revocations,
		w->database_certificates, w->database_revocations, w->left,
		w->named));
}

static const char *
verdict(const struct work *w)
{
	if (w->apply && w->left)
		return "What is left keeps the signer from issuing: mend it, "
		       "or name it with --leave.";
	if (w->apply)
		return w->named ? "But for what was named they know the same; "
				  "issuing goes on."
				: "Both know the same now; issuing goes on.";
	return differ(w) ? "Nothing was changed. --apply brings them together."
			 : "They agree.";
}

static void
tell_sum(const struct work *w)
{
	if (w->json)
		printf("%s], \"agree\": %s, \"applied\": %s, \"left\": %zu, "
		       "\"token_differs\": %s",
		    w->begun ? "\n" : "", differ(w) ? "false" : "true",
		    w->apply ? "true" : "false", w->left,
		    w->token.differs ? "true" : "false");
	else
		printf("only in the ledger: %zu certificates, %zu revocations; "
		       "only in the database: %zu certificates, %zu "
		       "revocations; left: %zu\n",
		    w->ledger_certificates, w->ledger_revocations,
		    w->database_certificates, w->database_revocations, w->left);
	if (w->lost)
		difference_lost(w->json);
	if (w->token.differs && !w->json && !w->apply)
		printf("The token knows a ledger of %llu entries, which this "
		       "is not.\n",
		    (unsigned long long)w->token.known.entries);
	printf("%s", w->json ? "}\n" : "");
	if (!w->json)
		printf("%s\n", verdict(w));
}

static RESULT
run(struct work *w)
{
	TRY(store_open(conf_text(w->conf, CONF_store_path), true, &w->store));
	w->flow = (struct flow){.store = w->store, .conf = w->conf};
	TRY(look_at_ledger(w));
	TRY(look_at_token(w));
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
reconcile(const char *config, struct work *asked)
{
	struct work w = *asked;
	int status = 0;

	umask(077);
	if (conf_load(config_find(config), &w.conf) != OK || run(&w) != OK) {
		fprintf(stderr, "paraph ca reconcile: %s\n",
		    err_explanation());
		status = 1;
	}
	if (status == 0 && differ(&w) && !w.apply)
		status = DIFFERENT;
	if (w.left)
		status = 1;
	IGNORE(ledger_side_close(&w.ledger)); /* told above */
	records_close(w.records);
	store_close(w.store);
	conf_free(w.conf);
	return status;
}

int
ca_reconcile(int argc, char **argv)
{
	struct work w = {0};
	const char *config = NULL, *apply = NULL, *accept = NULL, *json = NULL;
	const struct word_option options[] = {{"--config", &config, false},
	    {"--apply", &apply, true}, {"--accept-ledger", &accept, true},
	    {"--json", &json, true},
	    {"--leave", w.leave, false, &w.leave_count, LEAVE_MAX}};

	words_of("paraph ca reconcile", usage);
	words_read(argc, argv, options, COUNT_OF(options), NULL, 0, 0);
	w.apply = apply != NULL;
	w.accept = accept != NULL;
	w.json = json != NULL;
	if ((w.leave_count > 0 || w.accept) && !w.apply)
		words_wrong("--leave and --accept-ledger are for --apply");
	return reconcile(config, &w);
}
