/*
 * OCSP on demand: from the public port to the signer and back. And the answer
 * that nobody renewed, because its certificate has ended or there are too
 * many: made when it is asked for, and kept.
 *
 * The ledger decides, but a revocation is in the database first: between the
 * two nobody is told "good". The moment is over when the revocation's own
 * answer has come.
 */
#include "clerk/answers.h"
#include "clerk/errand.h"

#include "base/clock.h"
#include "base/codec.h"
#include "proc/status_ask.h"

/* Never issued is settled as well. */
static enum err
look_whether_settled(struct clerk *c, const char *issuer,
    const struct ocsp_asked *asked, bool *withheld)
{
	AUTO(buf_clear) struct buf serial;
	bool open;

	buf_init(&serial, 2 * ORDER_SERIAL_MAX + 1);
	TRY(hex_encode(SPAN(asked->serial, asked->serial_size), &serial));
	TRY(revocation_is_open(c->store, issuer, buf_text(&serial), &open));
	*withheld = *withheld || open;
	return OK;
}

/* Whatever web says of it. any: some revocation is on its way. */
static enum err
withhold(struct clerk *c, bool any, struct ocsp_question *q)
{
	q->withheld = false;
	for (size_t i = 0; any && i < q->count; i++)
		TRY(look_whether_settled(
		    c, q->issuer, &q->asked[i], &q->withheld));
	return OK;
}

static enum err
prepare(struct clerk *c, const struct message *question, struct buf *body)
{
	static struct ocsp_ask ask; /* one loop, no threads */
	bool any; /* asked once for all: mostly there is none */

	TRY(ocsp_ask_get(span_of_buf(&question->body), &ask));
	TRY(revocations_are_open(c->store, &any));
	for (size_t i = 0; i < ask.count; i++)
		TRY(withhold(c, any, &ask.questions[i]));
	return ocsp_ask_put(body, &ask);
}

void
status_answer(struct clerk *c, const struct message *question)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	enum err prepared = prepare(c, question, &body);
	if (prepared == OK)
		pass_on(c, question, span_of_buf(&body), MESSAGE_ocsp_told,
		    NULL);
	else
		pass_back(c, question->request, prepared, NULL);
}

/* Who waits for an answer to be made. */
struct making {
	uint32_t request;
	unsigned web; /* that asked: a later one counts from one again */
	struct certificate crt;
	bool given;
};

static void
give(struct clerk *c, struct making *m, enum err result,
    const struct message *answer)
{
	m->given = true;
	if (m->web == c->program.introduced[ROLE_web])
		pass_back(c, m->request, result, answer);
}

/* What is given is what was kept, never what was true before. */
static enum err
give_kept(struct clerk *c, struct errand *e)
{
	AUTO(message_clear) struct message answer;
	struct making *m = e->data;
	struct ocsp_made made;

	TRY(ocsp_load(c->store, &e->arena, m->crt.issuer, m->crt.serial,
	    &made.der, &made.next_update));
	if (made.next_update <= clock_now())
		return FAIL(ERR_NOT_FOUND, "the answer has ended");
	message_init(&answer);
	answer.type = MESSAGE_ocsp_made;
	TRY(ocsp_made_put(&answer.body, &made));
	give(c, m, OK, &answer);
	return OK;
}

static enum err
made(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	const struct making *m = e->data;

	TRY(outcome);
	TRY(answers_keep(c, &e->arena, &m->crt, answer));
	enum err kept = give_kept(c, e);
	return kept == ERR_NOT_FOUND
		   ? FAIL(ERR_UNAVAILABLE, "something changed meanwhile")
		   : kept;
}

static enum err
begin_making(struct clerk *c, struct errand *e, const struct message *question)
{
	struct making *m = e->data;
	struct ocsp_make asked;

	TRY(ocsp_make_get(span_of_buf(&question->body), &asked));
	if (errands_of(c, "agree") > 0) /* queue.c */
		return FAIL(ERR_UNAVAILABLE, "being compared");
	TRY(certificate_load(
	    c->store, &e->arena, asked.certificate, &m->crt));
	enum err there = give_kept(c, e); /* another was first */
	if (there != ERR_NOT_FOUND)
		return there;
	return answers_ask(c, e, &m->crt, made);
}

static void
making_ended(struct clerk *c, struct errand *e, enum err result)
{
	struct making *m = e->data;

	if (!m->given)
		give(c, m, result, NULL);
}

void
status_make(struct clerk *c, const struct message *question)
{
	struct errand *e = errand_new(c, making_ended);

	if (!e) {
		pass_back(c, question->request,
		    FAIL(ERR_UNAVAILABLE, "too many wait for the signer"),
		    NULL);
		return;
	}
	struct making *m = e->data = arena_get(&e->arena, sizeof(*m));
	m->request = question->request;
	m->web = c->program.introduced[ROLE_web];
	errand_go(c, e, begin_making(c, e, question));
}
