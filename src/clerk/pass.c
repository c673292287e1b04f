/*
 * Questions of web that only the signer can answer: passed on, and the answer
 * back, with the number that web waits for.
 */
#include "clerk/errand.h"

#include "base/log.h"
#include "proc/order.h"

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
	pass_note *note; /* NULL: nothing of it is kept here */
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
	if (outcome == OK && p->note)
		outcome = p->note(
		    c, span_of_buf(&e->body), span_of_buf(&answer->body));
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
    enum message_type expected, pass_note *note)
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
	p->note = note;
	p->web = c->program.introduced[ROLE_web];
	errand_go(c, e,
	    errand_ask(e, question->type, body, false, expected, answered));
}
