/*
 * Name, e-mail and phone: confirmed or given, and proven by codes.
 */
#include "flow/journey_act.h"

#include "base/clock.h"
#include "flow/notice.h"
#include "ident/person.h"

static bool
is_prerequisite(const char *type)
{
	return strcmp(type, "prerequisite") == 0;
}

static RESULT
refuse_name(struct act *t)
{
	if (!*t->r.fullname_type)
		return FAIL(ERR_WRONG_STATE, "no name was filled in");
	TRY(act_step(t, STEP_name, "failed", ""));
	return act_move(t, EVENT_refuse_name, "");
}

static RESULT
take_name(struct act *t, const char *given)
{
	char clean[PERSON_NAME_SIZE], folded[PERSON_FOLD_SIZE];
	const char *text = *given ? given : t->r.fullname;

	if (!*text || person_name_clean(text, clean) != OK ||
	    person_name_fold(clean, folded) != OK)
		return err_set_field(ERR_INVALID, "fullname",
		    "is not a name: Latin, Greek or Cyrillic letters, "
		    "spaces, hyphens and apostrophes");
	TRY(person_name_certifiable(clean));
	if (is_prerequisite(t->r.fullname_type) &&
	    strcmp(clean, t->r.fullname) != 0)
		return err_set_field(ERR_INVALID, "fullname",
		    "cannot be changed");
	t->r.fullname = arena_text(t->a, clean);
	t->r.name_folded = arena_text(t->a, folded);
	TRY(act_step(t, STEP_name, "done", ""));
	return act_note(t, "participant.name_confirmed", "", "");
}

RESULT
journey_name_is_asked(struct act *t, bool *out)
{
	struct step *steps;
	size_t count;

	TRY(act_steps(t, &steps, &count));
	*out = state_of(t->r.state) == STATE_action_required &&
	    step_is(steps, count, STEP_name, "doing");
	return OK;
}

/* The same name again would only lose an attempt. */
static RESULT
correct_name(struct act *t, bool accept, const char *given)
{
	const char *before = t->r.name_folded;

	if (!accept)
		return FAIL(ERR_WRONG_STATE, "it was confirmed once");
	TRY(take_name(t, given));
	if (strcmp(t->r.name_folded, before) == 0)
		return err_set_field(ERR_INVALID, "fullname",
		    "is the name that differs from the document");
	return journey_hand_in(t);
}

RESULT
journey_name(struct flow *f, struct arena *a, const char *id, bool accept,
    const char *fullname, struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	bool asked;

	TRY(act_begin_participant(f, a, id, &t));
	TRY(journey_name_is_asked(&t, &asked));
	if (asked) {
		TRY(correct_name(&t, accept, fullname));
		return act_commit(&t, out);
	}
	TRY(act_require(&t, IN(opened)));
	TRY(accept ? take_name(&t, fullname) : refuse_name(&t));
	TRY(journey_identified(&t));
	return act_commit(&t, out);
}

/* Which step a channel proves. */
static RESULT
channel_step(const char *channel, enum step_name *out)
{
	if (strcmp(channel, "email") == 0) {
		*out = STEP_email;
		return OK;
	}
	if (strcmp(channel, "phone") == 0) {
		*out = STEP_phone;
		return OK;
	}
	return err_set_field(ERR_INVALID, "channel",
	    "is neither email nor phone");
}

static RESULT
require_unproven(struct act *t, const char *channel, enum step_name *step)
{
	struct step *steps;
	size_t count;

	TRY(channel_step(channel, step));
	TRY(act_require(t, IN(opened)));
	TRY(act_steps(t, &steps, &count));
	if (step_is(steps, count, *step, "done"))
		return FAIL(ERR_WRONG_STATE, "it is proven already");
	return OK;
}

static RESULT
take_phone(struct act *t, const char *given)
{
	char clean[PERSON_PHONE_SIZE];
	const char *text = *given ? given : t->r.phone;

	if (!*text || person_phone_clean(text, clean) != OK)
		return err_set_field(ERR_INVALID, "phone_number",
		    "is not a number such as +33612345678");
	if (is_prerequisite(t->r.phone_type) && strcmp(clean, t->r.phone) != 0)
		return err_set_field(ERR_INVALID, "phone_number",
		    "cannot be changed");
	t->r.phone = arena_text(t->a, clean);
	return OK;
}

RESULT
journey_send_code(struct flow *f, struct arena *a, const char *id,
    const char *channel, const char *phone, struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	enum step_name step;
	struct code c;

	TRY(act_begin_participant(f, a, id, &t));
	TRY(require_unproven(&t, channel, &step));
	bool sms = step == STEP_phone;
	if (sms)
		TRY(take_phone(&t, phone));
	TRY(code_of(f, a, id, channel, &c));
	TRY(code_renew(f, &c, sms ? t.r.phone : t.r.email, t.now));
	TRY(sms ? notice_sms(f, &t.r, MAIL_code)
		: notice_mail(f, &t.r, MAIL_code));
	TRY(act_note(&t, "participant.code_sent", channel, ""));
	return act_commit(&t, out);
}

static RESULT
accept_code(struct act *t, enum step_name step)
{
	TRY(act_step(t, step, "done", ""));
	TRY(act_note(t,
	    step == STEP_phone ? "participant.phone_proven"
			       : "participant.email_proven",
	    "code", ""));
	return journey_identified(t);
}

RESULT
journey_check_code(struct flow *f, struct arena *a, const char *id,
    const char *channel, const char *code, struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	enum step_name step;
	struct code c;
	bool right;

	TRY(act_begin_participant(f, a, id, &t));
	TRY(require_unproven(&t, channel, &step));
	TRY(code_of(f, a, id, channel, &c));
	TRY(code_try(f, &c, code, t.now, &right));
	if (!right) {
		TRY(act_commit(&t, NULL)); /* a wrong one counts */
		return err_set_field(ERR_INVALID, "code", "is not the code");
	}
	TRY(accept_code(&t, step));
	return act_commit(&t, out);
}
