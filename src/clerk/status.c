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

#define ARENA_MAX ((size_t)4 << 20)

static enum err
check_settled(struct clerk *c, struct arena *a, const char *issuer,
    const struct ocsp_asked *asked)
{
	AUTO(buf_clear) struct buf serial;
	struct certificate crt;
	int64_t next_update;
	struct span answer;

	buf_init(&serial, 2 * ORDER_SERIAL_MAX + 1);
	TRY(hex_encode(SPAN(asked->serial, asked->serial_size), &serial));
	enum err found = certificate_find_serial(c->store, a, issuer,
	    buf_text(&serial), &crt);
	if (found == ERR_NOT_FOUND)
		return OK;
	TRY(found);
	if (!crt.revoked_at)
		return OK;
	return ocsp_load(c->store, a, issuer, buf_text(&serial), &answer,
		   &next_update) == OK
	    ? OK
	    : FAIL(ERR_UNAVAILABLE, "its revocation is under way");
}

static enum err
check_all(struct clerk *c, const struct message *question)
{
	AUTO(arena_clear) struct arena a;
	struct ocsp_ask ask;

	arena_init(&a, ARENA_MAX);
	TRY(ocsp_ask_get(span_of_buf(&question->body), &ask));
	for (size_t i = 0; i < ask.count; i++)
		TRY(check_settled(c, &a, ask.issuer, &ask.asked[i]));
	return OK;
}

void
status_answer(struct clerk *c, const struct message *question)
{
	enum err settled = check_all(c, question);

	if (settled == OK)
		pass_on(c, question, span_of_buf(&question->body),
		    MESSAGE_ocsp_told);
	else
		pass_back(c, question->request, settled, NULL);
}
