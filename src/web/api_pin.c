/*
 * The PIN of a key that stays in the token: from the page through the clerk
 * to the signer, while the participant waits. Nothing here keeps it; the
 * journal says that there is one.
 */
#include "base/clock.h"
#include "flow/journey.h"
#include "flow/renewal.h"
#include "proc/order.h"
#include "proc/pin.h"
#include "web/limit.h"
#include "web/renewals.h"
#include "web/session_json.h"
#include "web/wake.h"
#include "web/who.h"

#include <openssl/crypto.h>

#define PIN_WAIT_MS 25000

static RESULT
fill(struct flow *f, struct request *q, const struct registration *r,
    enum field pin, struct pin_order *out)
{
	TRY(journey_birth_date(f, &q->arena, r, out->birth_date));
	if (pin_rules(text(q, pin), out->birth_date) != OK)
		return err_set_field(ERR_INVALID, "pin",
		    "is not one that is hard to guess");
	snprintf(out->registration, sizeof(out->registration), "%s", r->id);
	snprintf(out->pin, sizeof(out->pin), "%s", text(q, pin));
	return OK;
}

static RESULT
ask_signer(struct request *q, enum message_type question, struct span body,
    struct pin_result *out)
{
	AUTO(message_clear) struct message m = {.fds = {-1, -1}};
	enum err code = program_ask(q->web->program, ROLE_clerk, question,
	    body, PIN_WAIT_MS, &m);

	if (code != OK)
		return FAIL(ERR_UNAVAILABLE, "the clerk does not answer");
	if (m.type == MESSAGE_refused)
		return refusal_get(span_of_buf(&m.body));
	return m.type == MESSAGE_pin_reply
	    ? pin_result_get(span_of_buf(&m.body), out)
	    : FAIL(ERR_UNAVAILABLE, "the PIN was not taken");
}

/* The order is wiped, whatever comes of it. */
static RESULT
send(struct request *q, enum message_type question, struct pin_order *order,
    enum err filled, struct pin_result *out)
{
	AUTO(buf_wipe) struct buf body;

	buf_init(&body, WIRE_MAX);
	if (filled == OK)
		filled = pin_order_put(&body, order);
	OPENSSL_cleanse(order, sizeof(*order));
	TRY(filled);
	request_release(q);
	return ask_signer(q, question, span_of_buf(&body), out);
}

RESULT
handle_session_pin(struct request *q)
{
	struct pin_order order = {0};
	struct pin_result result;
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_pin_is_asked(f, &q->arena, param(q), &r));
	enum err filled = fill(f, q, &r, FIELD_pin_pin, &order);
	TRY(send(q, MESSAGE_pin_set, &order, filled, &result));
	TRY(request_flow(q, &f));
	TRY(journey_pin_is_set(f, &q->arena, param(q), &r));
	struct json j = reply_json(q, 200);
	wake_clerk(q->web);
	return session_write(q, f, &j, &r);
}

static RESULT
change(struct request *q, struct flow *f, const struct registration *r,
    struct pin_result *out)
{
	struct pin_order order = {0};

	enum err filled = fill(f, q, r, FIELD_pin_change_pin, &order);
	snprintf(order.old, sizeof(order.old), "%s",
	    text(q, FIELD_pin_change_old));
	return send(q, MESSAGE_pin_change, &order, filled, out);
}

RESULT
handle_session_pin_change(struct request *q)
{
	struct pin_result result = {0};
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_pin_may_change(f, &q->arena, param(q), &r));
	TRY(journey_pin_proven(f, &q->arena, param(q),
	    text(q, FIELD_pin_change_proof)));
	TRY(limit_count(q->web->limits, LIMIT_pin_change, param(q),
	    clock_now(), &q->reply.wait));
	TRY(change(q, f, &r, &result));
	TRY(request_flow(q, &f));
	TRY(journey_pin_was_tried(
	    f, &q->arena, param(q), result.right, &r));
	wake_clerk(q->web);
	if (!result.right)
		return err_set_field(
		    result.tries_left > 0 ? ERR_PIN_WRONG : ERR_PIN_BLOCKED,
		    "old", "is wrong");
	struct json j = reply_json(q, 200);
	return session_write(q, f, &j, &r);
}

RESULT
handle_session_pin_code(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_pin_code(f, &q->arena, param(q), &r));
	struct json j = reply_json(q, 200);
	wake_clerk(q->web);
	return session_write(q, f, &j, &r);
}

RESULT
handle_session_pin_code_check(struct request *q)
{
	char proof[PIN_PROOF_SIZE];
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_pin_code_check(f, &q->arena, param(q),
	    text(q, FIELD_code_code), proof));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "pin_proof");
	json_text(&j, "proof", proof);
	json_close(&j);
	return json_done(&j);
}

RESULT
handle_session_pin_forgotten(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_pin_may_change(f, &q->arena, param(q), &r));
	TRY(journey_pin_proven(f, &q->arena, param(q),
	    text(q, FIELD_pin_forgotten_proof)));
	TRY(renewal_replace(f, &q->arena, param(q), &r));
	return reply_renewal(q, f, &r);
}
