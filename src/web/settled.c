/*
 * A database that was put back from an older copy holds answers and lists
 * that say "good" of what was revoked since. The clerk compares at each start
 * and takes them away; until it has, nobody is told anything (B.3: never a
 * stale "good"). When it cannot, because the token is away, answers that are
 * most likely right go before none at all.
 */
#include "web/settled.h"

#include "base/clock.h"

#include <stdatomic.h>

#define WAIT (30 * SECOND)

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
	if (seen.compared_at < q->web->started_at &&
	    clock_now() < q->web->started_at + WAIT)
		return FAIL(ERR_UNAVAILABLE, "not compared yet");
	atomic_store(&settled, true);
	return OK;
}
