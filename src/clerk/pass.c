/*
 * Questions of web that only the signer can answer: passed on, and the answer
 * back, in the one message that web waits for.
 */
#include "clerk/clerk.h"

#include "base/log.h"
#include "proc/order.h"

#define SIGNER_PATIENCE 20000 /* ms */

enum err
pass_on(struct clerk *c, const struct message *question,
    enum message_type expected, struct message *answer)
{
	TRY(channel_ask(&c->program.peers[ROLE_signer], question->type,
	    span_of_buf(&question->body), SIGNER_PATIENCE, answer));
	if (answer->type == MESSAGE_refused)
		return refusal_get(span_of_buf(&answer->body));
	if (answer->type != expected)
		return FAIL(ERR_UNAVAILABLE, "the signer answered %s",
		    message_name(answer->type));
	return OK;
}

void
pass_back(struct clerk *c, const struct message *question, enum err result,
    const struct message *answer)
{
	AUTO(buf_clear) struct buf refusal;
	struct channel *web = &c->program.peers[ROLE_web];
	enum err sent = OK;

	buf_init(&refusal, WIRE_MAX);
	if (result == OK)
		sent = channel_send(web, answer->type, question->request,
		    span_of_buf(&answer->body), NULL, 0);
	else if (refusal_put(&refusal, result, err_explanation()) == OK)
		sent = channel_send(web, MESSAGE_refused, question->request,
		    span_of_buf(&refusal), NULL, 0);
	if (sent != OK)
		log_warn("answer.unsent question=%s why=\"%s\"",
		    message_name(question->type), err_explanation());
}

void
withdraw_answer(struct clerk *c, const struct message *question)
{
	AUTO(message_clear) struct message answer = {.fds = {-1, -1}};

	enum err result = pass_on(c, question, MESSAGE_withdrawn, &answer);
	pass_back(c, question, result, &answer);
}
