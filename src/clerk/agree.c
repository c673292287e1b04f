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

#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"

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

struct ledger_point
agree_point(const struct clerk *c, struct arena *a, const struct ledger_mark *m)
{
	if (c->unsure || errands_changing(c) > 1)
		return (struct ledger_point){0};
	return (struct ledger_point){(int64_t)m->entries, agree_head(a, m)};
}

void
agree_soon(struct clerk *c)
{
	if (errands_of(c, "agree") == 0)
		IGNORE(job_add(c->store, "agree", "", JOB_FIRST));
}

void
agree_doubt(struct clerk *c)
{
	bool known = c->unsure;

	c->unsure = true;
	c->doubts++;
	if (!known)
		agree_soon(c);
}

/* What goes on while page after page is looked at. */
struct comparing {
	struct ledger_question question;
	struct ledger_changes page;
	size_t done; /* of the page */
	bool forgot, begun;
	size_t doubts; /* that there were when it began */
	struct ledger_mark now, holds;
	struct ledger_seen before, seen;
	struct order order; /* of the change that is looked at */
};

/* Whether its order may have been sent by this database. */
static bool
awaits_certificate(const struct registration *r)
{
	return state_of(r->state) == STATE_approved && r->confirmed_at;
}

static enum err go_through(struct clerk *c, struct errand *e);

/* One that cannot be explained does not hide those after it. */
static enum err
unexplained(struct comparing *w, enum err why)
{
	const struct ledger_change *change = &w->page.changes[w->done];

	if (why != ERR_NOT_FOUND)
		log_warn("ledger.unexplained registration=%s why=\"%s\"",
		    change->registration, err_explanation());
	err_clear();
	w->seen.unknown_issued++;
	w->done++;
	return OK;
}

static bool
is_nobodys(enum err why)
{
	return why == ERR_UNAVAILABLE || why == ERR_TOKEN || why == ERR_LEDGER;
}

static enum err
ordered_again(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	struct comparing *w = e->data;

	if (is_nobodys(outcome))
		return outcome;
	if (outcome == OK)
		outcome = order_keep(c, &w->order, answer, false);
	if (outcome == OK)
		w->done++;
	else
		TRY(unexplained(w, outcome));
	return go_through(c, e);
}

/* Its order is sent again at once: the certificate is the one of the ledger,
 * and the registration cannot go another way meanwhile. One that the signer
 * knows otherwise was ordered by a database of later. */
static enum err
explain_issued(struct clerk *c, struct errand *e, struct comparing *w)
{
	const char *id = w->page.changes[w->done].registration;
	AUTO(arena_clear) struct arena a;
	struct registration r;

	arena_init(&a, (size_t)1 << 20);
	enum err found = registration_load(c->store, &a, id, &r);

	if (found == OK && !awaits_certificate(&r))
		found = ERR_NOT_FOUND;
	if (found == OK)
		found = order_ask(c, e, id, &w->order, ordered_again);
	if (found == OK || found == ERR_UNAVAILABLE)
		return found;
	return unexplained(w, found);
}

/* The answer that says "good" must not be given any more, whoever has to
 * look at it afterwards. */
static enum err
explain_known(struct clerk *c, const struct ledger_change *change,
    struct certificate *crt, struct ledger_seen *seen)
{
	if (!change->revoked || crt->revoked_at)
		return OK;
	seen->unknown_revoked++;
	return ocsp_remove(c->store, crt->issuer, crt->serial);
}

/* It asks the signer, or is done with. */
static enum err
explain_one(struct clerk *c, struct errand *e, struct comparing *w)
{
	const struct ledger_change *change = &w->page.changes[w->done];
	AUTO(arena_clear) struct arena a;
	AUTO(buf_clear) struct buf serial;
	struct certificate crt;

	arena_init(&a, (size_t)1 << 20);
	buf_init(&serial, 2 * MARK_SERIAL_MAX);
	TRY(hex_encode(SPAN(change->serial, change->serial_size), &serial));
	enum err found = certificate_find_serial(
	    c->store, &a, change->issuer, buf_text(&serial), &crt);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	if (found == ERR_NOT_FOUND && !change->revoked) {
		err_clear();
		return explain_issued(c, e, w);
	}
	if (found == OK)
		TRY(explain_known(c, change, &crt, &w->seen));
	else
		w->seen.unknown_revoked++;
	err_clear();
	w->done++;
	return OK;
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
save_apart(struct clerk *c, struct comparing *w)
{
	struct ledger_seen *seen = &w->seen;

	seen->apart_since = w->before.apart_since ? w->before.apart_since
						  : clock_now();
	TRY(ledger_seen_save(c->store, seen));
	TRY(renew_lists(c));
	log_error("ledger.apart issued=%lld revoked=%lld strange=%d "
		  "forgot=%d remedy=\"paraph ca reconcile\"",
	    (long long)seen->unknown_issued, (long long)seen->unknown_revoked,
	    seen->strange, ledger_seen_forgot(seen));
	return OK;
}

/* Being apart is told each time, and no reason to come later. */
static enum err
conclude(struct clerk *c, struct errand *e)
{
	struct comparing *w = e->data;
	struct ledger_seen *seen = &w->seen;
	bool apart = seen->strange || seen->unknown_issued ||
		     seen->unknown_revoked || w->forgot;

	c->apart = apart;
	if (apart) {
		TRY(save_apart(c, w));
	} else {
		seen->entries = (int64_t)w->now.entries;
		seen->head = agree_head(&e->arena, &w->now);
		seen->held_entries = (int64_t)w->holds.entries;
		seen->held_head = agree_head(&e->arena, &w->holds);
		TRY(ledger_seen_save(c->store, seen));
		/* what was lost meanwhile may be of after the mark */
		c->unsure = c->doubts != w->doubts;
		c->unmarked = 0;
	}
	return job_again(c->store, e->job.id, clock_now() +
	    (apart ? MINUTE : c->unsure ? 0 : AGAIN));
}

static enum err ask_page(struct errand *e, struct comparing *w);

static enum err
go_through(struct clerk *c, struct errand *e)
{
	struct comparing *w = e->data;

	while (w->done < w->page.count && !e->step)
		TRY(explain_one(c, e, w));
	if (e->step)
		return OK;
	if (!w->page.more || w->page.count == 0)
		return conclude(c, e);
	w->question.after = w->page.changes[w->page.count - 1].number;
	return ask_page(e, w);
}

static enum err
took_page(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	struct comparing *w = e->data;

	TRY(outcome);
	TRY(ledger_changes_get(span_of_buf(&answer->body), &w->page));
	w->done = 0;
	if (!w->begun) { /* the first tells what all of it is */
		w->now = w->page.now;
		w->holds = w->page.holds;
		w->forgot = w->page.forgot;
		w->seen.strange = w->page.strange;
		w->begun = true;
	}
	return w->seen.strange ? conclude(c, e) : go_through(c, e);
}

static enum err
ask_page(struct errand *e, struct comparing *w)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	TRY(ledger_question_put(&body, &w->question));
	return errand_ask(e, MESSAGE_changes, span_of_buf(&body), false,
	    MESSAGE_changed, took_page);
}

enum err
run_agree(struct clerk *c, struct errand *e)
{
	struct comparing *w = e->data = arena_get(&e->arena, sizeof(*w));
	struct ledger_question *q = &w->question;
	struct ledger_seen *before = &w->before;

	TRY(ledger_seen_load(c->store, &e->arena, before));
	TRY(mark_of(before->entries, before->head, &q->known));
	TRY(mark_of(before->held_entries, before->held_head, &q->held));
	q->after = q->known.entries;
	w->doubts = c->doubts;
	w->seen = (struct ledger_seen){.entries = before->entries,
	    .head = before->head,
	    .held_entries = before->held_entries,
	    .held_head = before->held_head,
	    .compared_at = clock_now()};
	return ask_page(e, w);
}
