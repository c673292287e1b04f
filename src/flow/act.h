/*
 * One act on one registration: a transaction that began with a registration
 * in its time, and ends by storing it.
 *
 *     AUTO(act_end) struct act t = {0};
 *     TRY(act_begin(f, a, id, who, &t));
 *     ...
 *     return act_commit(&t, out);
 */
#pragma once

#include "flow/registration.h"

struct act {
	struct flow *f;
	struct arena *a;
	struct actor who;
	int64_t now;
	struct registration r;
};

/* ERR_EXPIRED when its time is over, which is then written down. */
RESULT act_begin(struct flow *f, struct arena *a, const char *id,
    const struct actor *who, struct act *out);
/* The same for the participant's own acts. */
RESULT act_begin_participant(struct flow *f, struct arena *a, const char *id,
    struct act *out);

#define IN(state) (1u << STATE_##state)

/* ERR_WRONG_STATE unless it is in one of the states: IN(a) | IN(b). */
RESULT act_require(const struct act *t, unsigned states);

RESULT act_move(struct act *t, enum event event, const char *detail);
RESULT act_step(struct act *t, enum step_name step, const char *state,
    const char *reasons);
RESULT act_note(struct act *t, const char *what, const char *detail,
    const char *evidence_digest);
RESULT act_steps(struct act *t, struct step **out, size_t *count);
bool step_is(const struct step *steps, size_t count, enum step_name step,
    const char *state);
RESULT act_job(struct act *t, const char *job, const char *subject);
RESULT act_workspace(struct act *t, struct workspace *out);

/* Stores the registration, its step at work, and commits. out may be NULL. */
RESULT act_commit(struct act *t, struct registration *out);
/* Undoes what was not committed. */
void act_end(struct act *t);
DEFINE_AUTO_CLEAR(act_end, struct act)
