/*
 * Whether every part is up, for people and for load balancers. Not knowing
 * is not being well.
 */
#include "web/health.h"

#include "base/clock.h"
#include "flow/retention.h"
#include "web/lists.h"
#include "web/route.h"

#include <pthread.h>

struct health {
	pthread_mutex_t lock;
	size_t count;
	struct program_state states[ROLE_COUNT];
};

struct health *
health_new(void)
{
	struct health *h = calloc(1, sizeof(*h));

	if (!h)
		abort();
	pthread_mutex_init(&h->lock, NULL);
	return h;
}

void
health_free(struct health *h)
{
	if (!h)
		return;
	pthread_mutex_destroy(&h->lock);
	free(h);
}

void
health_take(const struct message *m, void *data)
{
	struct program_state states[ROLE_COUNT];
	struct health *h = data;
	size_t count;

	if (m->type != MESSAGE_programs ||
	    programs_get(span_of_buf(&m->body), states, &count) != OK)
		return;
	pthread_mutex_lock(&h->lock);
	h->count = count;
	memcpy(h->states, states, sizeof(states));
	pthread_mutex_unlock(&h->lock);
}

size_t
health_states(struct health *h, struct program_state *states)
{
	pthread_mutex_lock(&h->lock);
	size_t count = h->count;
	memcpy(states, h->states, sizeof(h->states));
	pthread_mutex_unlock(&h->lock);
	return count;
}

static void
write_program(struct json *j, const struct program_state *p)
{
	json_open(j, NULL);
	json_text(j, "name", role_name(p->role));
	json_bool(j, "up", p->ready);
	json_time(j, "since", p->since);
	json_number(j, "restarts", p->restarts);
	json_words(j, "missing", p->missing);
	json_close(j);
}

static void
write_list(struct json *j, const struct list_state *l)
{
	json_open(j, NULL);
	json_text(j, "issuer", authority_name(l->authority));
	json_number(j, "number", (int64_t)l->list.number);
	json_time(j, "this_update", l->list.this_update);
	json_time(j, "next_update", l->list.next_update);
	json_bool(j, "late", l->late);
	json_close(j);
}

/* Words for whoever has to do something about it. */
static void
write_ledger(struct json *j, const struct ledger_seen *l)
{
	json_open(j, "ledger");
	json_bool(j, "agrees", l->apart_since == 0);
	json_time(j, "compared_at", l->compared_at);
	if (l->apart_since) {
		json_time(j, "apart_since", l->apart_since);
		json_number(j, "unknown_certificates", l->unknown_issued);
		json_number(j, "unknown_revocations", l->unknown_revoked);
		json_text(j, "what", ledger_seen_forgot(l)
			? "The signer's ledger was restored from an older "
			  "copy. It lacks no certificate, but withdrawn "
			  "approvals, PINs or their wrong tries since. No "
			  "certificate is issued."
			: l->strange
			? "The signer's ledger is not the one that this "
			  "database knows: it was lost, or restored from an "
			  "older copy. No certificate is issued."
			: "The signer's ledger knows certificates or "
			  "revocations that this database does not: it was "
			  "restored from an older copy. No certificate is "
			  "issued.");
		json_text(j, "remedy", "paraph ca reconcile");
	}
	json_close(j);
}

/* Certificates and revocations wait for it; everything else goes on. */
static void
write_signer(struct json *j, const struct signer_met *m)
{
	bool failing = signer_met_failing(m->state);

	json_open(j, "signer");
	json_text(j, "state",
	    failing			? "failing"
	    : m->since == 0		? "unknown"
	    : m->state == SIGNER_slow	? "slow"
					: "well");
	if (m->since)
		json_time(j, "since", m->since);
	if (m->state == SIGNER_slow)
		json_number(j, "milliseconds", m->took);
	if (failing) {
		json_text(j, "cause",
		    m->state == SIGNER_no_token	   ? "token"
		    : m->state == SIGNER_no_ledger ? "ledger"
						   : "silent");
		json_text(j, "what", m->what);
	}
	json_close(j);
}

/* What should have been destroyed is a promise to people that is broken. */
static bool
waits_too_long(const struct retention_due *d)
{
	return d->since && d->since < clock_now() - RETENTION_PATIENCE;
}

static void
write_retention(struct json *j, const struct retention_due *d)
{
	json_open(j, "retention");
	json_number(j, "waiting", (int64_t)d->pieces);
	if (d->since) {
		json_time(j, "since", d->since);
		json_bool(j, "late", waits_too_long(d));
		json_text(j, "what", "Evidence is past its time and is not "
		    "destroyed: two people have to approve that.");
		json_text(j, "remedy", "paraph retention show");
	}
	json_close(j);
}

/* One that does not come up, for a wrong PIN say, is met by nobody: what was
 * noted of it before is no longer so. */
static RESULT
read_signer(struct request *q, const struct program_state *states,
    size_t count, struct signer_met *out)
{
	TRY(signer_read_met(q, out));
	for (size_t i = 0; i < count; i++)
		if (states[i].role == ROLE_signer && !states[i].ready)
			*out = (struct signer_met){.state = SIGNER_silent,
			    .since = states[i].since ? states[i].since
						     : clock_now(),
			    .what = "The signer does not start; its log says "
				    "why."};
	return OK;
}

/* A late list, a slow token or a ledger apart is somebody's work, and no reason for a load balancer to take
 * this server out: the status is 200 while all programs are up. */
RESULT
handle_health(struct request *q)
{
	struct list_state lists[AUTHORITY_COUNT];
	struct program_state states[ROLE_COUNT];
	size_t count = health_states(q->web->health, states), list_count = 0;
	struct ledger_seen ledger = {0};
	struct signer_met signer = {.what = ""};
	struct retention_due waiting = {.pieces = 0};
	bool up = count > 0;

	for (size_t i = 0; i < count; i++)
		up = up && states[i].ready;
	bool well = lists_read(q, lists, &list_count) == OK && up;
	for (size_t i = 0; i < list_count; i++)
		well = well && !lists[i].late;
	/* whatever else is not well, what is told has been looked at */
	bool agrees = ledger_read_seen(q, &ledger) == OK &&
		      !ledger.apart_since;
	well = read_signer(q, states, count, &signer) == OK && well && agrees &&
	       signer.state == SIGNER_well && signer.since > 0;
	well = retention_read_waiting(q, &waiting) == OK &&
	       !waits_too_long(&waiting) && well;
	struct json j = reply_json(q, up ? 200 : 503);
	json_open(&j, NULL);
	json_text(&j, "object", "health");
	json_text(&j, "status", well ? "ok" : "degraded");
	json_list(&j, "programs");
	for (size_t i = 0; i < count; i++)
		write_program(&j, &states[i]);
	json_end(&j);
	json_list(&j, "lists");
	for (size_t i = 0; i < list_count; i++)
		write_list(&j, &lists[i]);
	json_end(&j);
	write_ledger(&j, &ledger);
	write_signer(&j, &signer);
	write_retention(&j, &waiting);
	json_text(&j, "sandbox", q->web->program->demo ? "demo" : "strict");
	json_close(&j);
	return json_done(&j);
}
