/*
 * The only writer of a registration's state: a move is one row of states.def,
 * with its journal entry and its messages. And its time: expiry is exact,
 * whoever looks first writes it down.
 */
#include "flow/registration.h"

#include "base/clock.h"
#include "flow/notice.h"

#define APPROVED_DAYS 7
#define REMINDER_NOTICE DAY
#define ARENA_MAX ((size_t)16 << 20)

static const struct actor the_clock = {ACTOR_clock, "clock", "clock"};

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t
registration_deadline(const struct flow *f, const struct registration *r)
{
	switch (state_of(r->state)) {
	case STATE_created:
	case STATE_opened:
	case STATE_collecting:
	case STATE_checking:
	case STATE_action_required:
		return r->expires_at;
	case STATE_in_review:
		return later(r->expires_at, r->state_at) +
		    conf_number(f->conf, CONF_registration_review_hours) * HOUR;
	case STATE_approved:
		/* a certificate may be on its way */
		return r->confirmed_at ? INT64_MAX
				       : r->state_at + APPROVED_DAYS * DAY;
	case STATE_issued:
	case STATE_declined:
	case STATE_refused:
	case STATE_cancelled:
	case STATE_expired:
	case STATE_COUNT:
		return INT64_MAX;
	}
	return INT64_MAX;
}

static RESULT
journal_move(struct flow *f, const struct registration *r, enum state from,
    enum event event, const struct actor *who, const char *detail)
{
	char act[64], line[200];

	snprintf(act, sizeof(act), "registration.%s", event_name(event));
	snprintf(line, sizeof(line), "%s>%s%s%.100s", state_name(from),
	    r->state, *detail ? " " : "", detail);
	return audit_write(f, who, act, r->id, line, "");
}

RESULT
registration_withdraw(struct flow *f, const struct registration *r)
{
	int64_t now = clock_now();

	if (!level_find(r->level)->operator_always)
		return OK;
	TRY(withdrawal_save(f->store, r->id, now));
	return job_add(f->store, "withdraw", r->id, now);
}

/* Whatever an operator signed before these counts no more. Here, so that no
 * road past it is forgotten: who keeps the bytes keeps nothing. */
static RESULT
withdraw_after(struct flow *f, const struct registration *r, enum state from,
    enum event event)
{
	bool over = event == EVENT_contest || event == EVENT_redo ||
	    event == EVENT_refuse || event == EVENT_expire;

	return over && (from == STATE_in_review || from == STATE_approved)
	    ? registration_withdraw(f, r)
	    : OK;
}

RESULT
registration_move(struct flow *f, struct registration *r, enum event event,
    const struct actor *who, const char *detail)
{
	enum state from = state_of(r->state), to;
	struct registration next = *r;
	bool over = clock_now() >= registration_deadline(f, r);

	if (over != (event == EVENT_expire))
		return FAIL(over ? ERR_EXPIRED : ERR_WRONG_STATE,
		    over ? "its time is over" : "its time is not over");
	TRY(state_after(from, event, who->kind, &to));
	next.state = state_name(to);
	next.state_at = clock_now();
	TRY(registration_update(f->store, &next));
	TRY(journal_move(f, &next, from, event, who, detail));
	TRY(withdraw_after(f, &next, from, event));
	TRY(notice_move(f, &next, from, event));
	*r = next;
	return OK;
}

RESULT
registration_step(struct flow *f, const char *registration,
    enum step_name step, const char *state, const char *reasons)
{
	const struct step s = {
	    .name = step_name_text(step),
	    .state = state,
	    .position = step,
	    .at = clock_now(),
	    .reasons = reasons,
	};

	return step_save(f->store, registration, &s);
}

/* Looked at again behind the lock: somebody may have been quicker. */
static RESULT
expire_one(struct flow *f, struct arena *a, const char *id,
    struct registration *out, bool *expired)
{
	AUTO(store_rollback) struct store *s = f->store;

	*expired = false;
	TRY(store_begin(s));
	TRY(registration_load(s, a, id, out));
	if (clock_now() < registration_deadline(f, out))
		return OK;
	TRY(registration_move(f, out, EVENT_expire, &the_clock, ""));
	*expired = true;
	return store_commit(s);
}

RESULT
registration_current(struct flow *f, struct arena *a, const char *id,
    struct registration *out)
{
	struct registration r;
	bool expired;

	TRY(registration_load(f->store, a, id, &r));
	if (clock_now() >= registration_deadline(f, &r))
		TRY(expire_one(f, a, id, &r, &expired));
	*out = r;
	return OK;
}

RESULT
registration_expire_due(struct flow *f, struct arena *a, size_t *out)
{
	int64_t now = clock_now();
	int64_t hours = conf_number(f->conf, CONF_registration_review_hours);
	struct registration *due, r;
	size_t count, done = 0;
	bool expired;

	TRY(registration_due(f->store, a, now, now - hours * HOUR,
	    now - APPROVED_DAYS * DAY, &due, &count));
	for (size_t i = 0; i < count; i++) {
		TRY(expire_one(f, a, due[i].id, &r, &expired));
		done += expired;
	}
	*out = done;
	return OK;
}

RESULT
registration_remind_due(struct flow *f, struct arena *a, size_t *out)
{
	struct registration *due, r;
	size_t count;

	TRY(registration_reminder_due(f->store, a, clock_now(),
	    REMINDER_NOTICE, &due, &count));
	for (size_t i = 0; i < count; i++)
		TRY(registration_remind(f, a, &the_clock, due[i].id, &r));
	*out = count;
	return OK;
}
