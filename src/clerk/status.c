/*
 * OCSP on demand: from the public port to the signer and back.
 *
 * The ledger decides, but a revocation is in the database first: between the
 * two nobody is told "good". The moment is over when the revocation's own
 * answer has come.
 */
#include "clerk/clerk.h"

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
