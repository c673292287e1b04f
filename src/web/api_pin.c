/*
 * The PIN of a key that stays in the token: from the page through the clerk
 * to the signer, while the participant waits. Nothing here keeps it; the
 * journal says that there is one.
 */
#include "flow/journey.h"
#include "proc/order.h"
#include "proc/pin.h"
#include "web/session_json.h"
#include "web/wake.h"
#include "web/who.h"

#include <openssl/crypto.h>

#define PIN_WAIT_MS 25000

static RESULT
fill(struct flow *f, struct request *q, const struct registration *r,
    struct pin_order *out)
{
	const char *pin = text(q, FIELD_pin_pin);

	TRY(journey_birth_date(f, &q->arena, r, out->birth_date));
	if (pin_rules(pin, out->birth_date) != OK)
		return err_set_field(ERR_INVALID, "pin",
		    "is not one that is hard to guess");
	snprintf(out->registration, sizeof(out->registration), "%s", r->id);
	snprintf(out->pin, sizeof(out->pin), "%s", pin);
	return OK;
}

static RESULT
ask_signer(struct request *q, struct span body)
{
	AUTO(message_clear) struct message m = {.fds = {-1, -1}};
	enum err code = program_ask(q->web->program, ROLE_clerk,
	    MESSAGE_pin_set, body, PIN_WAIT_MS, &m);

	if (code != OK)
		return FAIL(ERR_UNAVAILABLE, "the clerk does not answer");
	if (m.type == MESSAGE_refused)
		return refusal_get(span_of_buf(&m.body));
	return m.type == MESSAGE_pin_reply
	    ? OK
	    : FAIL(ERR_UNAVAILABLE, "the PIN was not taken");
}

static RESULT
set_pin(struct flow *f, struct request *q, const struct registration *r)
{
	AUTO(buf_wipe) struct buf body;
	struct pin_order order = {0};

	buf_init(&body, WIRE_MAX);
	enum err result = fill(f, q, r, &order);
	if (result == OK)
		result = pin_order_put(&body, &order);
	OPENSSL_cleanse(&order, sizeof(order));
	TRY(result);
	request_release(q);
	return ask_signer(q, span_of_buf(&body));
}

RESULT
handle_session_pin(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_pin_is_asked(f, &q->arena, param(q), &r));
	TRY(set_pin(f, q, &r));
	TRY(request_flow(q, &f));
	TRY(journey_pin_is_set(f, &q->arena, param(q), &r));
	struct json j = reply_json(q, 200);
	wake_clerk(q->web);
	return session_write(q, f, &j, &r);
}
