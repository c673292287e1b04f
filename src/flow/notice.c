/*
 * Which messages a move causes.
 */
#include "flow/notice.h"

#include "base/clock.h"
#include "base/enum.h"
#include "flow/plant.h"

#define ARENA_MAX ((size_t)1 << 20)

struct notice {
	enum event event;
	enum mail_kind mail;
};

static const struct notice notices[] = {
#define NOTICE(event, mail) {EVENT_##event, MAIL_##mail},
#include "flow/notices.def"
#undef NOTICE
};

static bool
leads_nowhere(const char *recipient)
{
	const char *domain = strrchr(recipient, '@');

	return domain && strcmp(domain + 1, PLANT_DOMAIN) == 0;
}

static RESULT
put(struct flow *f, const struct registration *r, enum mail_kind kind,
    const char *channel, const char *recipient, const char *language)
{
	char id[ID_SIZE];
	struct mail m = {.id = id,
	    .registration = r->id,
	    .kind = mail_kind_name(kind),
	    .channel = channel,
	    .recipient = recipient,
	    .language = language,
	    .created_at = clock_now()};

	/* lost: see put_back.h; and a known case's */
	if (!*recipient || leads_nowhere(recipient))
		return OK;
	id_make("msg", id);
	TRY(mail_save(f->store, &m));
	return job_add(f->store, "message", id, m.created_at);
}

static RESULT
to_requester(struct flow *f, const struct registration *r, enum mail_kind kind)
{
	AUTO(arena_clear) struct arena a;
	struct workspace w;
	const char *email;

	arena_init(&a, ARENA_MAX);
	enum err found = requester_email(f->store, &a, r->requested_by, &email);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	TRY(workspace_load(f->store, &a, r->workspace, &w));
	return put(f, r, kind, "email", email, w.language);
}

RESULT
notice_mail(struct flow *f, const struct registration *r, enum mail_kind kind)
{
	if (!mail_to_participant(kind))
		return to_requester(f, r, kind);
	return put(f, r, kind, "email", r->email, r->language);
}

RESULT
notice_sms(struct flow *f, const struct registration *r, enum mail_kind kind)
{
	return put(f, r, kind, "sms", r->phone, r->language);
}

/* Who never heard of us is not told that it is over. */
static bool
never_heard(const struct registration *r, enum state from)
{
	return from == STATE_created && !r->link_by_mail;
}

RESULT
notice_move(struct flow *f, const struct registration *r, enum state from,
    enum event event)
{
	for (size_t i = 0; i < COUNT_OF(notices); i++) {
		enum mail_kind kind = notices[i].mail;
		if (notices[i].event != event ||
		    (mail_to_participant(kind) && never_heard(r, from)))
			continue;
		TRY(notice_mail(f, r, kind));
	}
	return OK;
}
