/*
 * Hand-over to a phone: the desktop's side has the participant's cookie, the
 * phone's has a code, then a ticket, then a cookie of its own.
 */
#include "flow/handover.h"

#include "base/clock.h"
#include "web/hints.h"
#include "web/limit.h"
#include "web/session_json.h"
#include "web/wake.h"
#include "web/who.h"

static const char *
device_of(struct request *q)
{
	char device[DEVICE_MAX];

	device_family(request_header(q, "User-Agent"), device);
	return arena_text(&q->arena, device);
}

/* the desktop */

static RESULT
answer(struct request *q, struct flow *f, int status,
    const struct handover *h)
{
	int64_t changes_at = 0;
	const char *url = NULL;

	if (handover_state_of(h->state) == HANDOVER_OPEN)
		TRY(handover_url(f, &q->arena, h, &url, &changes_at));
	struct json j = reply_json(q, status);
	json_open(&j, NULL);
	json_text(&j, "object", "handover");
	json_text(&j, "state", h->state);
	json_text(&j, "url", url);
	json_time(&j, "changes_at", changes_at);
	json_time(&j, "expires_at", h->expires_at);
	json_close(&j);
	return json_done(&j);
}

RESULT
handle_handover_open(struct request *q)
{
	struct handover h;
	struct flow *f;

	TRY(limit_count(q->web->limits, LIMIT_handover, param(q), clock_now(),
	    &q->reply.wait));
	TRY(request_flow(q, &f));
	TRY(handover_open(f, &q->arena, param(q), device_of(q), &h));
	return answer(q, f, 201, &h);
}

RESULT
handle_handover_read(struct request *q)
{
	struct handover h;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(handover_find(f, &q->arena, param(q), &h));
	return answer(q, f, 200, &h);
}

RESULT
handle_handover_end(struct request *q)
{
	struct handover h;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(handover_end(f, &q->arena, param(q), &h));
	return answer(q, f, 200, &h);
}

/* the phone */

/* Those who guess wait. */
static RESULT
look_limits(struct request *q)
{
	int64_t now = clock_now();

	TRY(limit_look(q->web->limits, LIMIT_wrong_token, q->address, now,
	    &q->reply.wait));
	return limit_count(q->web->limits, LIMIT_token, q->address, now,
	    &q->reply.wait);
}

static void
count_wrong(struct request *q, enum err code)
{
	int64_t wait;

	if (code == ERR_NOT_FOUND)
		IGNORE(limit_count(q->web->limits, LIMIT_wrong_token,
		    q->address, clock_now(), &wait));
}

/* Who asks and for what, too: a victim who is sent a code knows by these that
 * it is another person's request. */
static void
write_claim(struct json *j, const struct handover *h, const char *ticket,
    const struct registration *r, const struct workspace *w)
{
	json_open(j, NULL);
	json_text(j, "object", "handover");
	json_text(j, "ticket", ticket);
	json_open(j, "workspace");
	json_text(j, "name", w->name);
	json_bool(j, "test", w->test);
	json_close(j);
	json_text(j, "level", r->level);
	json_text(j, "device", h->device);
	json_time(j, "begun_at", h->created_at);
	json_list(j, "choices");
	for (const char *at = h->choices; *at; at += strspn(at, " ")) {
		json_number(j, NULL, strtoll(at, NULL, 10));
		at += strcspn(at, " ");
	}
	json_end(j);
	json_text(j, "language", r->language);
	json_time(j, "expires_at", h->expires_at);
	json_close(j);
}

RESULT
handle_handover_claim(struct request *q)
{
	struct registration r;
	const char *ticket;
	struct workspace w;
	struct handover h;
	struct flow *f;

	TRY(look_limits(q));
	TRY(request_flow(q, &f));
	enum err code = handover_claim(f, &q->arena,
	    text(q, FIELD_handover_token), device_of(q), &h, &ticket);
	count_wrong(q, code);
	TRY(code);
	TRY(registration_load(f->store, &q->arena, h.registration, &r));
	TRY(workspace_load(f->store, &q->arena, r.workspace, &w));
	struct json j = reply_json(q, 200);
	write_claim(&j, &h, ticket, &r, &w);
	return json_done(&j);
}

static RESULT
answer_declined(struct request *q)
{
	struct json j = reply_json(q, 200);

	json_open(&j, NULL);
	json_text(&j, "object", "handover");
	json_text(&j, "state", "ended");
	json_close(&j);
	return json_done(&j);
}

RESULT
handle_handover_pick(struct request *q)
{
	int64_t number = field_number(&q->fields, FIELD_handover_pick_number,
	    0);
	const char *ticket = text(q, FIELD_handover_pick_ticket);
	int64_t now = clock_now();
	struct handover_token t;
	struct registration r;
	const char *cookie;
	struct flow *f;

	TRY(look_limits(q));
	TRY(request_flow(q, &f));
	enum err code = handover_pick(f, &q->arena, ticket, number, &r);
	count_wrong(q, code);
	if (code == ERR_DENIED && number == 0)
		return answer_declined(q);
	TRY(code);
	TRY(handover_token_parse(ticket, &t));
	TRY(participant_cookie(q, &r, t.generation, now, &cookie));
	reply_cookie(q, PARTICIPANT_COOKIE, cookie,
	    arena_format(&q->arena, "/v1/session/%s", r.id),
	    PARTICIPANT_MS / SECOND);
	struct json j = reply_json(q, 200);
	return session_write(q, f, &j, &r);
}
