/*
 * Chunks of recordings that were not finished, or are gathered: each take has
 * a job that comes when its time is over, or earlier when it is superseded.
 */
#include "clerk/clerk.h"

#include "flow/take.h"

enum err
run_sweep(struct clerk *c, struct arena *a, const struct job *job)
{
	int64_t again;

	TRY(take_sweep(&c->flow, a, job->subject, &again));
	return again ? job_again(c->store, job->id, again)
		     : job_done(c->store, job->id);
}
