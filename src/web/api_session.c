/*
 * The participant's pages: the link, then one act after the other. The rules
 * are in flow/journey.h; here is only what comes in and goes out.
 */
#include "base/clock.h"
#include "flow/terms.h"
#include "web/limit.h"
#include "web/session_json.h"
#include "web/wake.h"
#include "web/who.h"
#include "web/withdraw.h"

static RESULT
answer(struct request *q, struct flow *f, int status,
    const struct registration *r)
{
	struct json j = reply_json(q, status);

	TRY(session_write(q, f, &j, r));
	wake_clerk(q->web);
	return OK;
}

/* the link */

static RESULT
find_by_token(struct request *q, struct flow *f, bool *mailed,
    struct registration *out)
{
	int64_t now = clock_now(), wait;

	TRY(limit_look(q->web->limits, LIMIT_wrong_token, q->address, now,
	    &q->reply.wait));
	TRY(limit_count(q->web->limits, LIMIT_token, q->address, now,
	    &q->reply.wait));
	enum err code = registration_by_token(f, &q->arena,
	    text(q, FIELD_token_token), mailed, out);
	if (code == ERR_NOT_FOUND)
		IGNORE(limit_count(q->web->limits, LIMIT_wrong_token,
		    q->address, now, &wait));
	return code;
}

static RESULT
open_link(struct request *q, struct flow *f, struct registration *r)
{
	bool mailed;

	TRY(find_by_token(q, f, &mailed, r));
	TRY(registration_current(f, &q->arena, r->id, r));
	if (state_of(r->state) == STATE_expired)
		return FAIL(ERR_EXPIRED, "the link is too old");
	if (state_is_terminal(state_of(r->state)))
		return OK;
	return journey_open(f, &q->arena, r->id, mailed, r);
}

RESULT
handle_session_open(struct request *q)
{
	int64_t now = clock_now();
	struct registration r;
	const char *cookie;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(open_link(q, f, &r));
	TRY(participant_cookie(q, &r, 0, now, &cookie));
	reply_cookie(q, PARTICIPANT_COOKIE, cookie,
	    arena_format(&q->arena, "/v1/session/%s", r.id),
	    PARTICIPANT_MS / SECOND);
	return answer(q, f, 200, &r);
}

RESULT
handle_session_read(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(registration_current(f, &q->arena, param(q), &r));
	struct json j = reply_json(q, 200);
	return session_write(q, f, &j, &r);
}

/* who */

RESULT
handle_session_name(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_name(f, &q->arena, param(q),
	    field_flag(&q->fields, FIELD_name_accept, true),
	    text(q, FIELD_name_fullname), &r));
	return answer(q, f, 200, &r);
}

RESULT
handle_session_language(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_language(f, &q->arena, param(q),
	    text(q, FIELD_language_language), &r));
	return answer(q, f, 200, &r);
}

static RESULT
send_code(struct request *q, const char *channel, const char *phone)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_send_code(f, &q->arena, param(q), channel, phone, &r));
	return answer(q, f, 200, &r);
}

static RESULT
check_code(struct request *q, const char *channel)
{
	struct registration r;
	struct flow *f;

	if (strlen(text(q, FIELD_code_code)) != CODE_DIGITS)
		return err_set_field(ERR_INVALID, "code", "has %d digits",
		    CODE_DIGITS);
	TRY(request_flow(q, &f));
	TRY(journey_check_code(f, &q->arena, param(q), channel,
	    text(q, FIELD_code_code), &r));
	return answer(q, f, 200, &r);
}

RESULT
handle_session_email_code(struct request *q)
{
	return send_code(q, "email", "");
}

RESULT
handle_session_email_check(struct request *q)
{
	return check_code(q, "email");
}

RESULT
handle_session_phone_code(struct request *q)
{
	return send_code(q, "phone", text(q, FIELD_phone_phone_number));
}

RESULT
handle_session_phone_check(struct request *q)
{
	return check_code(q, "phone");
}

/* what is agreed to */

RESULT
handle_session_consent(struct request *q)
{
	const char *hash = text(q, FIELD_consent_sha256);
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(registration_current(f, &q->arena, param(q), &r));
	TRY(terms_check(f->store, f->conf, &q->arena, TERMS_CONSENT, &r,
	    hash));
	TRY(journey_consent(f, &q->arena, param(q), hash, &r));
	return answer(q, f, 200, &r);
}

RESULT
handle_session_agreement(struct request *q)
{
	struct registration r;
	struct terms t;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(registration_current(f, &q->arena, param(q), &r));
	TRY(terms_load(f->store, f->conf, &q->arena, TERMS_AGREEMENT, &r, &t));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "agreement");
	json_text(&j, "title", t.title);
	json_list(&j, "paragraphs");
	for (size_t i = 0; i < t.count; i++)
		json_text(&j, NULL, t.paragraphs[i]);
	json_end(&j);
	json_text(&j, "sha256", t.sha256);
	json_text(&j, "language", t.language);
	json_close(&j);
	return json_done(&j);
}

RESULT
handle_session_agree(struct request *q)
{
	const char *hash = text(q, FIELD_agreement_sha256);
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(registration_current(f, &q->arena, param(q), &r));
	TRY(terms_check(f->store, f->conf, &q->arena, TERMS_AGREEMENT, &r,
	    hash));
	TRY(journey_agree(f, &q->arena, param(q), hash, &r));
	return answer(q, f, 200, &r);
}

/* the end */

RESULT
handle_session_complete(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_complete(f, &q->arena, param(q), &r));
	return answer(q, f, 200, &r);
}

RESULT
handle_session_ask_a_person(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_ask_a_person(f, &q->arena, param(q), &r));
	return answer(q, f, 200, &r);
}

RESULT
handle_session_confirm(struct request *q)
{
	struct registration r;
	struct flow *f;

	bool correct = field_flag(&q->fields, FIELD_confirm_correct, false);
	bool voids = false;

	TRY(request_flow(q, &f));
	if (!correct)
		TRY(journey_contest_voids(f, &q->arena, param(q), &voids));
	if (voids) {
		TRY(withdraw_first(q, param(q)));
		TRY(request_flow(q, &f));
	}
	TRY(journey_confirm(f, &q->arena, param(q), correct, &r));
	return answer(q, f, 200, &r);
}
