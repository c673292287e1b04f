/*
 * What a workspace does with its registrations: cancel, remind, new link.
 */
#include "flow/act.h"

#include "base/clock.h"
#include "flow/notice.h"

#define REMINDER_PAUSE MINUTE

RESULT
registration_cancel(struct flow *f, struct arena *a, const struct actor *who,
    const char *id, struct registration *out)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin(f, a, id, who, &t));
	TRY(act_move(&t, EVENT_cancel, ""));
	return act_commit(&t, out);
}

static RESULT
require_pause(struct act *t)
{
	struct mail *mails;
	size_t count;

	TRY(mail_list(t->f->store, t->a, t->r.id, &mails, &count));
	for (size_t i = 0; i < count; i++)
		if (strcmp(mails[i].kind, "reminder") == 0 &&
		    mails[i].created_at > t->now - REMINDER_PAUSE)
			return FAIL(ERR_TOO_MANY, "reminded a moment ago");
	return OK;
}

RESULT
registration_remind(struct flow *f, struct arena *a, const struct actor *who,
    const char *id, struct registration *out)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin(f, a, id, who, &t));
	TRY(act_require(&t, IN(created) | IN(opened) | IN(collecting) |
	    IN(action_required) | IN(approved)));
	TRY(require_pause(&t));
	TRY(notice_mail(f, &t.r,
	    t.r.link_by_mail ? MAIL_reminder : MAIL_invitation));
	t.r.link_by_mail = true;
	TRY(act_note(&t, "registration.remind", "", ""));
	return act_commit(&t, out);
}

RESULT
registration_new_link(struct flow *f, struct arena *a,
    const struct actor *who, const char *id, struct registration *out)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin(f, a, id, who, &t));
	if (state_is_terminal(state_of(t.r.state)))
		return FAIL(ERR_WRONG_STATE, "it is over");
	t.r.generation++;
	TRY(act_note(&t, "registration.new_link", "", ""));
	return act_commit(&t, out);
}
