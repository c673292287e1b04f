/*
 * Questions of web that only the signer can answer: passed on, and the answer
 * back, with the number that web waits for.
 */
#include "clerk/errand.h"

#include "base/clock.h"
#include "base/log.h"
#include "flow/withdraw.h"
#include "proc/order.h"

#define ARENA_MAX ((size_t)1 << 20)

void
pass_back(struct clerk *c, uint32_t request, enum err result,
    const struct message *answer)
{
	AUTO(buf_clear) struct buf refusal;
	struct channel *web = &c->program.peers[ROLE_web];
	enum err sent = OK;

	/* what of it is out of order is told to who looks after it (met.h) */
	if (result == ERR_TOKEN || result == ERR_LEDGER)
		result = FAIL(ERR_UNAVAILABLE, "the signer is out of order");
	buf_init(&refusal, WIRE_MAX);
	if (result == OK)
		sent = channel_send(web, answer->type, request,
		    span_of_buf(&answer->body), NULL, 0);
	else if (refusal_put(&refusal, result, err_explanation()) == OK)
		sent = channel_send(web, MESSAGE_refused, request,
		    span_of_buf(&refusal), NULL, 0);
	if (sent != OK)
		log_warn("answer.unsent why=\"%s\"", err_explanation());
}

/* A question of web's: what it is known by there, and which web asked. One that
 * was started anew counts its questions from one again. */
struct passing {
	uint32_t request;
	unsigned web;
	bool answered;
};

static void
give_back(struct clerk *c, const struct passing *p, enum err result,
    const struct message *answer)
{
	if (p->web == c->program.introduced[ROLE_web])
		pass_back(c, p->request, result, answer);
}

static enum err
answered(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	struct passing *p = e->data;

	p->answered = true;
	give_back(c, p, outcome, answer);
	return OK;
}

static void
ended(struct clerk *c, struct errand *e, enum err result)
{
	const struct passing *p = e->data;

	if (!p->answered)
		give_back(c, p, result, NULL);
}

void
pass_on(struct clerk *c, const struct message *question, struct span body,
    enum message_type expected)
{
	struct errand *e = errand_new(c, ended);

	if (!e) {
		pass_back(c, question->request,
		    FAIL(ERR_UNAVAILABLE, "too many wait for the signer"),
		    NULL);
		return;
	}
	struct passing *p = e->data = arena_get(&e->arena, sizeof(*p));
	p->request = question->request;
	p->web = c->program.introduced[ROLE_web];
	errand_go(c, e,
	    errand_ask(e, question->type, body, false, expected, answered));
}

/* What web asks, as the signer is to hear it: only what may be withdrawn. */
static enum err
put_withdrawal(struct clerk *c, struct span question, struct buf *body)
{
	struct withdrawal w = {.until = clock_now()};
	AUTO(arena_clear) struct arena a;
	struct withdrawing asked;

	arena_init(&a, ARENA_MAX);
	TRY(withdrawing_get(question, &asked));
	TRY(withdraw_allowed(&c->flow, &a, asked.registration, asked.session));
	memcpy(w.registration, asked.registration, ID_SIZE);
	return withdrawal_put(body, &w);
}

void
withdraw_answer(struct clerk *c, const struct message *question)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	enum err put = put_withdrawal(
	    c, span_of_buf(&question->body), &body);
	if (put == OK)
		pass_on(c, question, span_of_buf(&body), MESSAGE_withdrawn);
	else
		pass_back(c, question->request, put, NULL);
}
