/*
 * A participant's PIN, from the page to the signer and back. The clerk holds
 * it for no longer than it takes to pass it on, and passes it on only for a
 * registration that has come this far.
 */
#include "clerk/clerk.h"

#include "flow/registration.h"
#include "proc/pin.h"

#include <openssl/crypto.h>

#define ARENA_MAX ((size_t)1 << 20)

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

/* A PIN is chosen between approval and certificate, and changed afterwards, for
 * a key in the token. */
static enum err
check_state(struct clerk *c, const struct message *question)
{
	AUTO(arena_clear) struct arena a;
	char id[ID_SIZE];
	struct registration r;

	arena_init(&a, ARENA_MAX);
	TRY(read_registration(question, id));
	TRY(registration_current(&c->flow, &a, id, &r));
	if (!level_find(r.level)->pin || state_of(r.state) !=
		(question->type == MESSAGE_pin_set ? STATE_approved
						   : STATE_issued))
		return FAIL(ERR_WRONG_STATE, "no PIN is chosen now");
	return OK;
}

void
pin_answer(struct clerk *c, struct message *question)
{
	enum err result = check_state(c, question);

	if (result == OK)
		pass_on(c, question, span_of_buf(&question->body),
		    MESSAGE_pin_reply, NULL);
	else
		pass_back(c, question->request, result, NULL);
	buf_wipe(&question->body);
}
