/*
 * OCSP answers are made anew before they end.
 */
#include "clerk/answers.h"

#include "base/clock.h"
#include "base/log.h"

#define RENEWED_AT_ONCE 50 /* answers a second, at most */

/* Answers that are due, one after the other. */
struct renewing {
	struct certificate *due;
	size_t count, done;
};

static enum err renew_next(struct clerk *c, struct errand *e);

/* Of one that the ledger does not know there is none: the database was put
 * back from an older copy. */
static enum err
renewed(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	struct renewing *r = e->data;
	const struct certificate *crt = &r->due[r->done++];

	if (outcome == ERR_NOT_FOUND) {
		log_warn("ocsp.not_in_ledger certificate=%s", crt->id);
		TRY(ocsp_remove(c->store, crt->issuer, crt->serial));
		return renew_next(c, e);
	}
	TRY(outcome);
	TRY(answers_keep(c, &e->arena, crt, answer));
	return renew_next(c, e);
}

/* Of one that has ended an answer is made when it is asked for. */
static enum err
renew_next(struct clerk *c, struct errand *e)
{
	struct renewing *r = e->data;

	for (; r->done < r->count; r->done++) {
		const struct certificate *crt = &r->due[r->done];

		if (crt->not_after > clock_now())
			return answers_ask(c, e, crt, renewed);
		TRY(ocsp_remove(c->store, crt->issuer, crt->serial));
	}
	if (r->count > 0)
		log_info("ocsp.renewed count=%zu", r->count);
	return job_again(c->store, e->job.id, clock_now() +
	    (r->count == RENEWED_AT_ONCE ? SECOND : 10 * MINUTE));
}

/* A few at a time, so that a revocation never waits behind many; soon again
 * while there are more. */
enum err
run_ocsp(struct clerk *c, struct errand *e)
{
	struct renewing *r = e->data = arena_get(&e->arena, sizeof(*r));
	int64_t half = conf_number(c->program.conf, CONF_pki_ocsp_hours) *
	    HOUR / 2;

	TRY(last_begin(c));
	TRY(ocsp_due(c->store, &e->arena, clock_now() + half, RENEWED_AT_ONCE,
	    &r->due, &r->count));
	return renew_next(c, e);
}
