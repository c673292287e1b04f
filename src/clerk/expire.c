/*
 * Expiry, each minute. What is asked for in between is expired where it is
 * asked for, so nobody depends on this job for exactness.
 */
#include "clerk/clerk.h"

#include "base/clock.h"
#include "base/log.h"
#include "flow/registration.h"

enum err
run_expire(struct clerk *c, struct arena *a, const struct job *job)
{
	size_t count = 0;

	TRY(registration_expire_due(&c->flow, a, &count));
	if (count > 0)
		log_info("registrations.expired count=%zu", count);
	TRY(registration_remind_due(&c->flow, a, &count));
	if (count > 0)
		log_info("registrations.reminded count=%zu", count);
	return job_again(c->store, job->id, clock_now() + MINUTE);
}
