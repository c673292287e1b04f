/*
 * When the anchor is written. Tokens wear out by writing and SoftHSM takes a
 * file for it, so it is not written with each entry: soon after an entry that
 * is somebody's word or a loss (a withdrawal, a revocation, a wrong PIN, a list
 * of operators), and from time to time after certificates, which the database
 * and their holders have too.
 */
#include "signer/anchor.h"

#include "base/clock.h"
#include "base/log.h"
#include "signer/signer.h"

#define GRAVE_MS 1000
#define SECONDS_MAX 86400

#define REMEDY                                                                 \
	"paraph ca reconcile --apply --accept-ledger says that it is the "     \
	"right one (docs/restore.md)"

static int64_t
seconds_of(const struct conf *conf)
{
	return conf_number(conf, CONF_signer_anchor_seconds);
}

RESULT
anchor_settings(const struct conf *conf)
{
	int64_t seconds = seconds_of(conf);

	return seconds >= 0 && seconds <= SECONDS_MAX
		   ? OK
		   : FAIL(ERR_INVALID, "signer.anchor_seconds is 0 to %d",
			 SECONDS_MAX);
}

static RESULT
differs(const struct ledger_mark *known)
{
	char hex[DIGEST_TEXT_SIZE];

	digest_format(&known->head, hex);
	return FAIL(ERR_CONFLICT,
	    "the ledger is not the one that the token knows, of %llu entries "
	    "and digest %.16s: put the newest copy back; " REMEDY,
	    (unsigned long long)known->entries, hex);
}

RESULT
anchor_check(const struct conf *conf, struct token *t, struct records *r)
{
	struct ledger_mark known;
	bool holds;

	if (seconds_of(conf) == 0)
		return OK;
	enum err read = token_anchor_read(t, &known);
	if (read == ERR_NOT_FOUND)
		return FAIL(ERR_CONFLICT,
		    "the token was never told of a ledger: " REMEDY);
	TRY(read);
	TRY(records_hold(r, &known, &holds));
	if (!holds)
		return differs(&known);
	return records_custodians_after(r, known.entries)
		   ? FAIL(ERR_CONFLICT,
			 "the ledger has custodians whom the token was never "
			 "told of: look who they are; " REMEDY)
		   : OK;
}

RESULT
anchor_set(const struct conf *conf, struct token *t, struct records *r)
{
	struct records_summary sum;

	if (seconds_of(conf) == 0)
		return OK;
	TRY(records_sync(r));
	records_summary(r, &sum);
	const struct ledger_mark end = {sum.entries, sum.head};
	if (token_anchor_write(t, &end, true) == OK)
		return OK;
	char why[256];
	snprintf(why, sizeof(why), "%s", err_explanation());
	return FAIL(ERR_TOKEN,
	    "%s; a token that keeps no data takes signer.anchor_seconds = 0",
	    why);
}

RESULT
anchor_begin(const struct conf *conf, struct token *t, struct records *r)
{
	struct ledger_mark known;

	if (seconds_of(conf) > 0 &&
	    token_anchor_read(t, &known) == ERR_NOT_FOUND)
		return anchor_set(conf, t, r);
	return anchor_check(conf, t, r);
}

int64_t
anchor_wait(const struct signer *s)
{
	const struct anchor *a = &s->anchor;
	int64_t seconds = seconds_of(s->conf), since = clock_ticks() - a->at;
	int64_t after = records_grave(s->records) != a->grave && !a->failing
			    ? GRAVE_MS
			    : seconds * SECOND;

	if (seconds == 0 || records_end(s->records).entries == a->entries)
		return INT64_MAX;
	return since >= after ? 0 : after - since;
}

/* Only what is on the disk: a power cut must not leave the ledger shorter than
 * the token knows it. */
static RESULT
write_end(struct signer *s)
{
	struct anchor *a = &s->anchor;

	TRY(records_sync(s->records));
	const struct ledger_mark end = records_end(s->records);
	a->at = clock_ticks();
	TRY(token_anchor_write(s->token, &end, false));
	a->entries = end.entries;
	a->grave = records_grave(s->records);
	return OK;
}

void
anchor_keep(struct signer *s, bool last)
{
	struct anchor *a = &s->anchor;
	int64_t wait = anchor_wait(s);

	if (wait == INT64_MAX || (wait > 0 && !last))
		return;
	bool failed = write_end(s) != OK;
	if (failed != a->failing)
		log_warn("signer.anchor written=%d why=\"%s\"", !failed,
		    failed ? err_explanation() : "");
	a->failing = failed;
	err_clear();
}

void
anchor_custodians(struct signer *s)
{
	if (s->anchor.holds &&
	    records_custodians_after(s->records, s->anchor.entries))
		anchor_keep(s, true);
}
