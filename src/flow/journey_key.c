/*
 * A key of the participant's own, brought while the data are confirmed, and
 * taken back until then. At LCP alone: at the other levels operators sign
 * what is certified, and a key that nobody looked at is not in it.
 */
#include "flow/journey_act.h"

static RESULT
require_own_key(const struct registration *r)
{
	if (level_find(r->level)->operator_always)
		return err_set_field(ERR_OWN_KEY_LEVEL, "level",
		    "takes no key from outside");
	if (state_of(r->state) != STATE_approved || r->confirmed_at)
		return FAIL(ERR_WRONG_STATE, "no key is taken now");
	return OK;
}

RESULT
journey_own_key_is_taken(struct flow *f, struct arena *a, const char *id)
{
	struct registration r;

	TRY(registration_current(f, a, id, &r));
	return require_own_key(&r);
}

RESULT
journey_own_key(struct flow *f, struct arena *a, const char *id,
    struct span request, const char *sha256, struct registration *out)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin_participant(f, a, id, &t));
	TRY(require_own_key(&t.r));
	const struct own_key k = {.registration = t.r.id,
	    .request = request,
	    .sha256 = sha256,
	    .created_at = t.now};
	TRY(own_key_save(f->store, &k));
	TRY(act_step(&t, STEP_confirm, "doing", ""));
	TRY(act_note(&t, "participant.key_brought", "", sha256));
	return act_commit(&t, out);
}

RESULT
journey_own_key_remove(struct flow *f, struct arena *a, const char *id,
    struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	struct own_key k;

	TRY(act_begin_participant(f, a, id, &t));
	TRY(require_own_key(&t.r));
	enum err found = own_key_load(f->store, a, id, &k);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return act_commit(&t, out);
	}
	TRY(found);
	TRY(own_key_remove(f->store, id));
	TRY(act_note(&t, "participant.key_removed", "", k.sha256));
	return act_commit(&t, out);
}
