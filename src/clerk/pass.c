/*
 * Questions of web that only the signer can answer: passed on, and the answer
 * back, in the one message that web waits for.
 */
#include "clerk/clerk.h"

#include "base/clock.h"
#include "base/log.h"
#include "flow/withdraw.h"
#include "proc/order.h"

#define ARENA_MAX ((size_t)1 << 20)

#define SIGNER_PATIENCE 20000 /* ms */

static enum err
ask_signer(struct clerk *c, enum message_type question, struct span body,
    enum message_type expected, struct message *answer)
{
	TRY(channel_ask(&c->program.peers[ROLE_signer], question, body,
	    SIGNER_PATIENCE, answer));
	if (answer->type == MESSAGE_refused)
		return refusal_get(span_of_buf(&answer->body));
	if (answer->type != expected)
		return FAIL(ERR_UNAVAILABLE, "the signer answered %s",
		    message_name(answer->type));
	return OK;
}

enum err
pass_on(struct clerk *c, const struct message *question,
    enum message_type expected, struct message *answer)
{
	return ask_signer(c, question->type, span_of_buf(&question->body),
	    expected, answer);
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

static enum err
withdraw(struct clerk *c, const struct message *question,
    struct message *answer)
{
	struct withdrawal w = {.until = clock_now()};
	AUTO(arena_clear) struct arena a;
	AUTO(buf_clear) struct buf body;
	struct withdrawing asked;

	arena_init(&a, ARENA_MAX);
	buf_init(&body, WIRE_MAX);
	TRY(withdrawing_get(span_of_buf(&question->body), &asked));
	TRY(withdraw_allowed(&c->flow, &a, asked.registration, asked.session));
	memcpy(w.registration, asked.registration, ID_SIZE);
	TRY(withdrawal_put(&body, &w));
	return ask_signer(c, question->type, span_of_buf(&body),
	    MESSAGE_withdrawn, answer);
}

void
withdraw_answer(struct clerk *c, const struct message *question)
{
	AUTO(message_clear) struct message answer = {.fds = {-1, -1}};

	enum err result = withdraw(c, question, &answer);
	pass_back(c, question, result, &answer);
}
