/*
 * The checks of an attempt, once all its pictures have been read.
 */
#include "clerk/clerk.h"

#include "base/log.h"
#include "flow/decide.h"

enum err
run_check(struct clerk *c, struct arena *a, const struct job *job)
{
	struct registration r;

	TRY(registration_current(&c->flow, a, job->subject, &r));
	if (state_of(r.state) != STATE_checking)
		return OK;
	TRY(decide_attempt(&c->flow, a, job->subject, &r));
	if (state_of(r.state) == STATE_checking) {
		log_warn("registration.read_again registration=%s", r.id);
		return OK;
	}
	log_info("registration.decided registration=%s state=%s", r.id,
	    r.state);
	return OK;
}
