/*
 * Whether database and ledger tell the same: at start, each ten minutes, and
 * when the signer refuses an order because they do not.
 *
 * A program that was killed leaves a difference that explains itself: a
 * certificate whose registration waits for it, a revocation that the database
 * has first. Anything else means that one of the two was put back from an
 * older copy, and then nobody but a person can say which.
 */
#include "clerk/agree.h"

#include "clerk/met.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "flow/decide.h"
#include "proc/order.h"

#define AGAIN (10 * MINUTE)

static enum err
mark_of(int64_t entries, const char *text, struct ledger_mark *out)
{
	AUTO(buf_clear) struct buf head;

	*out = (struct ledger_mark){.entries = (uint64_t)entries};
	if (!text[0])
		return OK;
	buf_init(&head, DIGEST_SIZE);
	TRY(hex_decode(text, &head));
	if (head.size != DIGEST_SIZE)
		return FAIL(ERR_INTERNAL, "a digest of wrong size");
	memcpy(out->head.bytes, head.data, DIGEST_SIZE);
	return OK;
}

enum err
agree_known(struct clerk *c, struct arena *a, struct ledger_mark *out)
{
	struct ledger_seen seen;

	TRY(ledger_seen_load(c->store, a, &seen));
	return mark_of(seen.entries, seen.head, out);
}

/* The signer does not see it by itself: what it forgot it does not know. */
enum err
agree_require_memory(struct clerk *c, struct arena *a)
{
	struct ledger_seen seen;

	TRY(ledger_seen_load(c->store, a, &seen));
	return ledger_seen_forgot(&seen)
	    ? FAIL(ERR_OUT_OF_STEP, "the ledger does not hold what it held")
	    : OK;
}

const char *
agree_head(struct arena *a, const struct ledger_mark *m)
{
	char hex[DIGEST_TEXT_SIZE];

	if (m->entries == 0)
		return "";
	digest_format(&m->head, hex);
	return arena_text(a, hex);
}

static enum err
ask_changes(struct clerk *c, const struct ledger_question *q,
    struct ledger_changes *out)
{
	AUTO(message_clear) struct message m = {0};
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	TRY(ledger_question_put(&body, q));
	TRY(met_ask(c, MESSAGE_changes, span_of_buf(&body), -1,
	    MESSAGE_changed, &m));
	return ledger_changes_get(span_of_buf(&m.body), out);
}

/* Whether its order may have been sent by this database. */
static bool
awaits_certificate(const struct registration *r)
{
	return state_of(r->state) == STATE_approved && r->confirmed_at;
}

/* Its order is sent again at once: the certificate is the one of the ledger,
 * and the registration cannot go another way meanwhile. One that the signer
 * knows otherwise was ordered by a database of later. */
static enum err
explain_issued(struct clerk *c, struct arena *a,
    const struct ledger_change *change, struct ledger_seen *seen)
{
	struct registration r;
	enum err found =
	    registration_load(c->store, a, change->registration, &r);

	if (found == OK && awaits_certificate(&r))
		found = order_issue(c, a, change->registration, true);
	else if (found == OK)
		found = ERR_NOT_FOUND;
	if (found == OK)
		return OK;
	/* one that cannot be explained does not hide those after it */
	if (found == ERR_UNAVAILABLE)
		return found;
	if (found != ERR_NOT_FOUND)
		log_warn("ledger.unexplained registration=%s why=\"%s\"",
		    change->registration, err_explanation());
	err_clear();
	seen->unknown_issued++;
	return OK;
}

/* The answer that says "good" must not be given any more, whoever has to
 * look at it afterwards. */
static enum err
explain_one(struct clerk *c, struct arena *a,
    const struct ledger_change *change, struct ledger_seen *seen)
{
	AUTO(buf_clear) struct buf serial;
	struct certificate crt;

	buf_init(&serial, 2 * MARK_SERIAL_MAX);
	TRY(hex_encode(SPAN(change->serial, change->serial_size), &serial));
	enum err found = certificate_find_serial(
	    c->store, a, change->issuer, buf_text(&serial), &crt);
	if (found == OK && (!change->revoked || crt.revoked_at))
		return OK;
	if (found == OK) {
		seen->unknown_revoked++;
		return ocsp_remove(c->store, crt.issuer, crt.serial);
	}
	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	if (!change->revoked)
		return explain_issued(c, a, change, seen);
	seen->unknown_revoked++;
	return OK;
}

/* Page by page, with an arena for each: there may be very many. */
static enum err
explain_all(struct clerk *c, struct ledger_question *q,
    struct ledger_changes *changes, struct ledger_seen *seen)
{
	for (;;) {
		AUTO(arena_clear) struct arena a;

		arena_init(&a, (size_t)64 << 20);
		for (size_t i = 0; i < changes->count; i++)
			TRY(explain_one(c, &a, &changes->changes[i], seen));
		if (!changes->more || changes->count == 0)
			return OK;
		q->after = changes->changes[changes->count - 1].number;
		TRY(ask_changes(c, q, changes));
	}
}

/* The lists here may be older than those that were published. */
static enum err
renew_lists(struct clerk *c)
{
	AUTO(arena_clear) struct arena a;
	const char **issuers;
	size_t count;

	arena_init(&a, (size_t)1 << 20);
	TRY(ca_certificate_list(c->store, &a, &issuers, &count));
	for (size_t i = 0; i < count; i++)
		if (strncmp(issuers[i], "issuing-", 8) == 0)
			TRY(job_add(c->store, "crl", issuers[i], clock_now()));
	return OK;
}

static enum err
save_apart(struct clerk *c, const struct ledger_seen *before,
    struct ledger_seen *seen)
{
	seen->apart_since =
	    before->apart_since ? before->apart_since : clock_now();
	TRY(ledger_seen_save(c->store, seen));
	TRY(renew_lists(c));
	log_error("ledger.apart issued=%lld revoked=%lld strange=%d "
		  "forgot=%d remedy=\"paraph ca reconcile\"",
	    (long long)seen->unknown_issued, (long long)seen->unknown_revoked,
	    seen->strange, ledger_seen_forgot(seen));
	return FAIL(ERR_OUT_OF_STEP, "database and ledger do not agree");
}

enum err
agree_compare(struct clerk *c, struct arena *a)
{
	struct ledger_changes *changes = arena_get(a, sizeof(*changes));
	struct ledger_question q = {0};
	struct ledger_seen before;

	TRY(ledger_seen_load(c->store, a, &before));
	TRY(mark_of(before.entries, before.head, &q.known));
	TRY(mark_of(before.held_entries, before.held_head, &q.held));
	q.after = q.known.entries;
	TRY(ask_changes(c, &q, changes));
	const struct ledger_mark now = changes->now, holds = changes->holds;
	const bool forgot = changes->forgot;
	struct ledger_seen seen = {.entries = before.entries,
	    .head = before.head,
	    .held_entries = before.held_entries,
	    .held_head = before.held_head,
	    .compared_at = clock_now(),
	    .strange = changes->strange};
	if (seen.strange)
		return save_apart(c, &before, &seen);
	TRY(explain_all(c, &q, changes, &seen));
	if (seen.unknown_issued || seen.unknown_revoked || forgot)
		return save_apart(c, &before, &seen);
	seen.entries = (int64_t)now.entries;
	seen.head = agree_head(a, &now);
	seen.held_entries = (int64_t)holds.entries;
	seen.held_head = agree_head(a, &holds);
	return ledger_seen_save(c->store, &seen);
}

/* Being apart is told each time, and no reason to come later. */
enum err
run_agree(struct clerk *c, struct arena *a, const struct job *job)
{
	enum err compared = agree_compare(c, a);

	if (compared != OK && compared != ERR_OUT_OF_STEP)
		return compared;
	err_clear();
	return job_again(c->store, job->id,
	    clock_now() + (compared == OK ? AGAIN : MINUTE));
}
