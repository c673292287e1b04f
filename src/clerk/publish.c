/*
 * CRLs: a new list each time a certificate is revoked, and before half the
 * life of the last one is over, every 24 hours at least (B-15).
 *
 * The signer writes a number down before it signs, so a number whose list was
 * lost on its way here is used up (B-12): the next list steps over it.
 */
#include "clerk/errand.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "proc/memfile.h"
#include "proc/order.h"

#define CRL_SIZE_MAX ((size_t)128 << 20)
#define LIST_ARENA_MAX ((size_t)512 << 20)
#define AGO DAY /* before the last list: what is told once more */
#define SHARE 20
#define STEPS_MAX 24 /* doubled each: past any number of lists lost */

static enum err
put_one(const struct revoked_row *row, struct buf *out)
{
	struct crl_entry e = {.revoked_at = row->revoked_at,
	    .reason = (uint8_t)row->reason};
	AUTO(buf_clear) struct buf serial;

	buf_init(&serial, ORDER_SERIAL_MAX);
	TRY(hex_decode(row->serial, &serial));
	memcpy(e.serial, serial.data, serial.size);
	e.serial_size = serial.size;
	return crl_entry_put(out, &e);
}

/* The entries, as a memory file. */
static enum err
put_entries(const struct revoked_row *revoked, size_t count,
    struct crl_order *o, int *fd)
{
	AUTO(buf_clear) struct buf entries;

	buf_init(&entries, count * CRL_ENTRY_SIZE_MAX);
	for (size_t i = 0; i < count; i++)
		TRY(put_one(&revoked[i], &entries));
	o->count = count;
	return memfile_make(span_of_buf(&entries), fd);
}

struct publishing {
	int64_t begun; /* clock_ticks() */
	struct crl_order order;
	uint64_t last; /* number */
	unsigned steps;
};

static enum err ask_next(struct errand *e, struct publishing *p);

static enum err
keep_list(struct clerk *c, const char *issuer, const struct message *answer)
{
	AUTO(memfile_clear) struct memfile list = {0};
	struct crl_result r;

	TRY(crl_result_get(span_of_buf(&answer->body), &r));
	TRY(memfile_map(answer->fds[0], CRL_SIZE_MAX, &list));
	TRY(crl_save(c->store, issuer, r.number, list.bytes, r.this_update,
	    r.next_update));
	log_info("crl.published issuer=%s number=%llu entries=%zu", issuer,
	    (unsigned long long)r.number, r.count);
	return OK;
}

/* To sign and to store a long one may take a second in which revocations wait:
 * no more than a twentieth of the time goes into lists, and none waits for more
 * than a minute (product 8 has 60). */
static void
rest_from(struct clerk *c, const struct publishing *p)
{
	int64_t now = clock_ticks(), rest = SHARE * (now - p->begun);

	c->lists_rest_until = now + (rest < MINUTE ? rest : MINUTE);
}

/* A signer that has used up the number refuses it as a conflict, and the next
 * step may be further. One whose ledger and the order disagree, often for the
 * moment until a revocation is told, says so: no other number helps. */
static enum err
published(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	struct publishing *p = e->data;

	if (outcome == ERR_CONFLICT && p->steps < STEPS_MAX)
		return ask_next(e, p);
	if (outcome == ERR_CONFLICT)
		return FAIL(
		    ERR_OUT_OF_STEP, "the signer takes no number of a list");
	TRY(outcome);
	TRY(keep_list(c, p->order.issuer, answer));
	rest_from(c, p);
	return job_again(c->store, e->job.id, clock_now() + HOUR);
}

static enum err
ask_next(struct errand *e, struct publishing *p)
{
	AUTO(buf_clear) struct buf body;

	p->order.number = p->last + (UINT64_C(1) << p->steps++);
	buf_init(&body, WIRE_MAX);
	TRY(crl_order_put(&body, &p->order));
	return errand_ask(e, MESSAGE_publish, span_of_buf(&body), true,
	    MESSAGE_crl, published);
}

/* When the last list is younger than half its life, less the hour until this
 * is looked at again, and nothing was revoked since, there is nothing to do. */
static bool
is_fresh(const struct revoked_row *revoked, size_t count, int64_t this_update,
    int64_t next_update)
{
	for (size_t i = 0; i < count; i++)
		if (revoked[i].revoked_at >= this_update)
			return false;
	if (next_update == CLOCK_FOREVER)
		return true; /* the authority's last */
	int64_t half = (next_update - this_update) / 2;
	return clock_now() < this_update + (half < DAY ? half : DAY) - HOUR;
}

/* With an arena of its own: the rows of a first list may be many. False in
 * wanted: the last list still does. */
static enum err
fill_list(struct clerk *c, const char *issuer, struct crl_order *order,
    int *entries, bool *wanted)
{
	AUTO(arena_clear) struct arena a;
	int64_t this_update = 0, next_update = 0;
	struct revoked_row *revoked;
	struct ledger_seen seen;
	size_t count;

	arena_init(&a, LIST_ARENA_MAX);
	enum err found = crl_newest(
	    c->store, issuer, &order->number, &this_update, &next_update);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	TRY(revoked_list(c->store, &a, issuer, this_update - AGO, &revoked,
	    &count));
	TRY(revoked_count(c->store, issuer, &order->revoked));
	TRY(ledger_seen_load(c->store, &a, &seen));
	*wanted = !is_fresh(revoked, count, this_update, next_update) ||
		  this_update < seen.apart_since;
	if (strlen(issuer) >= sizeof(order->issuer))
		return FAIL(ERR_INTERNAL, "an issuer's name is too long");
	memcpy(order->issuer, issuer, strlen(issuer) + 1);
	return *wanted ? put_entries(revoked, count, order, entries) : OK;
}

enum err
run_crl(struct clerk *c, struct errand *e)
{
	struct publishing *p = e->data = arena_get(&e->arena, sizeof(*p));
	int64_t rest = c->lists_rest_until - clock_ticks();
	bool wanted;

	if (rest > 0)
		return job_again(c->store, e->job.id, clock_now() + rest);
	p->begun = clock_ticks();
	TRY(fill_list(c, e->job.subject, &p->order, &e->fd, &wanted));
	if (!wanted)
		return job_again(c->store, e->job.id, clock_now() + HOUR);
	p->last = p->order.number;
	return ask_next(e, p);
}
