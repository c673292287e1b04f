/*
 * A key of the participant's own: a PKCS#10 request, PEM or DER. Web does not
 * read it; the clerk does, while the participant waits.
 */
#include "base/clock.h"
#include "flow/journey.h"
#include "proc/order.h"
#include "proc/own_key.h"
#include "web/limit.h"
#include "web/session_json.h"
#include "web/who.h"

#define CLERK_WAIT_MS 25000

static RESULT
check_media_type(struct request *q)
{
	const char *type = request_header(q, "Content-Type");
	size_t size = strcspn(type, "; ");

	if ((size == 18 && strncasecmp(type, "application/pkcs10", size) == 0) ||
	    (size == 22 &&
		strncasecmp(type, "application/x-pem-file", size) == 0))
		return OK;
	return err_set_field(ERR_MEDIA_TYPE, "key",
	    "is neither application/pkcs10 nor application/x-pem-file");
}

static RESULT
ask_clerk(struct request *q, struct span body)
{
	AUTO(message_clear) struct message m = {.fds = {-1, -1}};
	enum err code = program_ask(q->web->program, ROLE_clerk,
	    MESSAGE_own_key, body, CLERK_WAIT_MS, &m);

	if (code != OK)
		return FAIL(ERR_UNAVAILABLE, "the clerk does not answer");
	if (m.type == MESSAGE_refused)
		return refusal_get(span_of_buf(&m.body));
	return m.type == MESSAGE_own_key_kept
	    ? OK
	    : FAIL(ERR_UNAVAILABLE, "the key was not taken");
}

static RESULT
bring(struct request *q)
{
	AUTO(buf_clear) struct buf body;
	struct own_key_sent *sent = arena_get(&q->arena, sizeof(*sent));
	struct span file = q->fields.file;

	TRY(check_media_type(q));
	if (file.size > OWN_KEY_SENT_MAX)
		return err_set_field(ERR_TOO_LARGE, "key", "is too large");
	TRY(limit_count(q->web->limits, LIMIT_own_key, param(q), clock_now(),
	    &q->reply.wait));
	snprintf(sent->registration, sizeof(sent->registration), "%s",
	    param(q));
	memcpy(sent->bytes, file.data, file.size);
	sent->size = file.size;
	buf_init(&body, WIRE_MAX);
	TRY(own_key_sent_put(&body, sent));
	return ask_clerk(q, span_of_buf(&body));
}

RESULT
handle_session_key(struct request *q)
{
	struct registration r;
	struct flow *f;

	if (q->fields.file.size == 0)
		return FAIL(ERR_KEY_REQUEST, "empty");
	TRY(bring(q));
	TRY(request_flow(q, &f));
	TRY(registration_current(f, &q->arena, param(q), &r));
	struct json j = reply_json(q, 200);
	return session_write(q, f, &j, &r);
}

RESULT
handle_session_key_remove(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_own_key_remove(f, &q->arena, param(q), &r));
	struct json j = reply_json(q, 200);
	return session_write(q, f, &j, &r);
}
