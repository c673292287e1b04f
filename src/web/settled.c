/*
 * A database that was put back from an older copy holds answers and lists
 * that say "good" of what was revoked since. The clerk compares at each start
 * and takes them away; until it has, nobody is told anything (B.3: never a
 * stale "good"). When it cannot, because the token is away, answers that are
 * most likely right go before none at all.
 */
#include "web/settled.h"

#include "base/clock.h"
#include "web/health.h"

#include <stdatomic.h>

#define WAIT (30 * SECOND)

/* A clerk compares when it begins. One that goes on while this program is
 * started again has done so, and the database is still the same one. */
static int64_t
clerk_began(struct request *q)
{
	struct program_state states[ROLE_COUNT];
	size_t count = health_states(q->web->health, states);

	for (size_t i = 0; i < count; i++)
		if (states[i].role == ROLE_clerk && states[i].since)
			return states[i].since;
	return q->web->started_at; /* not told yet, or there is none */
}

RESULT
settled_require(struct request *q)
{
	static atomic_bool settled;
	struct ledger_seen seen;
	struct flow *f;

	if (atomic_load_explicit(&settled, memory_order_relaxed))
		return OK;
	TRY(request_flow(q, &f));
	TRY(ledger_seen_load(f->store, &q->arena, &seen));
	if (seen.compared_at < clerk_began(q) &&
	    clock_now() < q->web->started_at + WAIT)
		return FAIL(ERR_UNAVAILABLE, "not compared yet");
	atomic_store(&settled, true);
	return OK;
}
