/*
 * A participant's PIN, from the page to the signer and back. The clerk holds
 * it for no longer than it takes to pass it on, and passes it on only for a
 * registration that has come this far.
 */
#include "clerk/clerk.h"

#include "base/log.h"
#include "flow/registration.h"
#include "proc/order.h"
#include "proc/pin.h"

#include <openssl/crypto.h>

#define ARENA_MAX ((size_t)1 << 20)
#define SIGNER_PATIENCE 20000 /* ms */

static enum err
read_registration(const struct message *question, char out[ID_SIZE])
{
	struct pin_order order;

	enum err result = pin_order_get(span_of_buf(&question->body), &order);
	if (result == OK)
		memcpy(out, order.registration, ID_SIZE);
	OPENSSL_cleanse(&order, sizeof(order));
	return result;
}

/* A PIN is chosen between approval and certificate, for a key in the token. */
static enum err
check_state(struct clerk *c, const struct message *question)
{
	AUTO(arena_clear) struct arena a;
	char id[ID_SIZE];
	struct registration r;

	arena_init(&a, ARENA_MAX);
	TRY(read_registration(question, id));
	TRY(registration_current(&c->flow, &a, id, &r));
	if (state_of(r.state) != STATE_approved ||
	    strcmp(r.level, "qcpnqscd") != 0)
		return FAIL(ERR_WRONG_STATE, "no PIN is chosen now");
	return OK;
}

static enum err
ask_signer(struct clerk *c, const struct message *question,
    struct message *answer)
{
	TRY(check_state(c, question));
	TRY(channel_ask(&c->program.peers[ROLE_signer], question->type,
	    span_of_buf(&question->body), SIGNER_PATIENCE, answer));
	if (answer->type == MESSAGE_refused)
		return refusal_get(span_of_buf(&answer->body));
	if (answer->type != MESSAGE_pin_reply)
		return FAIL(ERR_UNAVAILABLE, "the signer answered %s",
		    message_name(answer->type));
	return OK;
}

void
pin_answer(struct clerk *c, struct message *question)
{
	AUTO(message_clear) struct message answer = {0};
	AUTO(buf_clear) struct buf refusal;
	struct channel *web = &c->program.peers[ROLE_web];

	buf_init(&refusal, WIRE_MAX);
	enum err result = ask_signer(c, question, &answer);
	buf_wipe(&question->body);
	enum err sent = OK;
	if (result == OK)
		sent = channel_send(web, MESSAGE_pin_reply, question->request,
		    span_of_buf(&answer.body), NULL, 0);
	else if (refusal_put(&refusal, result, err_explanation()) == OK)
		sent = channel_send(web, MESSAGE_refused, question->request,
		    span_of_buf(&refusal), NULL, 0);
	if (sent != OK)
		log_warn("pin.unsent why=\"%s\"", err_explanation());
}
