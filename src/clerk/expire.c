/*
 * What time alone brings: expiry of requests and certificates, reminders and
 * deletion.
 *
 * Expiry, each minute. What is asked for in between is expired where it is
 * asked for, so nobody depends on this job for exactness.
 */
#include "clerk/clerk.h"

#include "base/clock.h"
#include "base/log.h"
#include "flow/expiry.h"
#include "flow/registration.h"
#include "flow/retention.h"

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
	TRY(expiry_tell_due(&c->flow, a, &count));
	if (count > 0)
		log_info("certificates.expiring count=%zu", count);
	TRY(expiry_note_ended(&c->flow, a, &count));
	if (count > 0)
		log_info("certificates.expired count=%zu", count);
	return job_again(c->store, job->id, clock_now() + MINUTE);
}

/* A page of what is kept at a time: other jobs wait meanwhile. */
enum err
run_retention(struct clerk *c, struct arena *a, const struct job *job)
{
	size_t count = 0;
	bool whole = true;

	TRY(retention_run(&c->flow, a, &c->retention, &count, &whole));
	if (count > 0)
		log_info("evidence.deleted count=%zu", count);
	return job_again(
	    c->store, job->id, clock_now() + (whole ? HOUR : SECOND / 4));
}
