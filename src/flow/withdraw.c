/*
 * The same gate that operators' acts pass: session, passkey, training, lock,
 * nothing of one's own. What a participant may is bound by the state alone,
 * because their cookie is web's to make: at worst an operator looks again.
 */
#include "flow/withdraw.h"

#include "flow/journey.h"
#include "flow/review_act.h"

static RESULT
by_operator(struct flow *f, struct arena *a, const char *registration,
    const char *session)
{
	AUTO(act_end) struct act t = {0};
	struct review_lock lock;
	struct prover by = {0};
	struct member m;
	enum err found =
	    session_member(f->store, a, session, clock_now(), &m);

	if (found == ERR_NOT_FOUND)
		return FAIL(ERR_DENIED, "no session");
	TRY(found);
	TRY(session_proven(f->store, session, clock_now(), &by.passkey_at));
	by.who = (struct actor){ACTOR_operator, m.id, m.name};
	return review_begin(f, a, &by, registration, &t, &lock);
}

static RESULT
by_participant(struct flow *f, struct arena *a, const char *registration)
{
	bool voids;

	TRY(journey_contest_voids(f, a, registration, &voids));
	return voids ? OK : FAIL(ERR_WRONG_STATE, "nothing to contest");
}

RESULT
withdraw_allowed(struct flow *f, struct arena *a, const char *registration,
    const char *session)
{
	return *session ? by_operator(f, a, registration, session)
			: by_participant(f, a, registration);
}
