/*
 * The link in the notice of a certificate's end: it makes the registration
 * that renews it, and leads there. Only the holder's mailbox saw it, so the
 * address given back is the one that proves that mailbox.
 */
#include "web/renewals.h"

#include "base/clock.h"
#include "flow/renewal.h"
#include "web/limit.h"
#include "web/wake.h"

static RESULT
begin(struct request *q, struct flow *f, struct registration *r)
{
	int64_t now = clock_now(), wait;

	TRY(limit_look(q->web->limits, LIMIT_wrong_token, q->address, now,
	    &q->reply.wait));
	TRY(limit_count(q->web->limits, LIMIT_token, q->address, now,
	    &q->reply.wait));
	enum err code = renewal_begin(f, &q->arena,
	    text(q, FIELD_token_token), r);
	if (code == ERR_NOT_FOUND)
		IGNORE(limit_count(q->web->limits, LIMIT_wrong_token,
		    q->address, now, &wait));
	return code;
}

RESULT
reply_renewal(struct request *q, struct flow *f, const struct registration *r)
{
	const char *link;

	TRY(registration_mailed_link(f, &q->arena, r, &link));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "renewal");
	json_text(&j, "registration", r->id);
	json_text(&j, "url", link);
	json_time(&j, "expires_at", r->expires_at);
	json_close(&j);
	wake_clerk(q->web);
	return json_done(&j);
}

RESULT
handle_renewal_create(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(begin(q, f, &r));
	return reply_renewal(q, f, &r);
}
