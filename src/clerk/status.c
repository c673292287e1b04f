/*
 * OCSP on demand: from the public port to the signer and back.
 *
 * The ledger decides, but a revocation is in the database first: between the
 * two nobody is told "good". The moment is over when the revocation's own
 * answer has come.
 */
#include "clerk/clerk.h"

#include "base/codec.h"
#include "base/log.h"
#include "proc/status_ask.h"

#define ARENA_MAX ((size_t)4 << 20)
#define SIGNER_PATIENCE 5000 /* ms */

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
ask_signer(struct clerk *c, const struct message *question,
    struct message *answer)
{
	AUTO(arena_clear) struct arena a;
	struct ocsp_ask ask;

	arena_init(&a, ARENA_MAX);
	TRY(ocsp_ask_get(span_of_buf(&question->body), &ask));
	for (size_t i = 0; i < ask.count; i++)
		TRY(check_settled(c, &a, ask.issuer, &ask.asked[i]));
	TRY(channel_ask(&c->program.peers[ROLE_signer], MESSAGE_ocsp_ask,
	    span_of_buf(&question->body), SIGNER_PATIENCE, answer));
	if (answer->type == MESSAGE_refused)
		return refusal_get(span_of_buf(&answer->body));
	if (answer->type != MESSAGE_ocsp_told)
		return FAIL(ERR_UNAVAILABLE, "the signer answered %s",
		    message_name(answer->type));
	return OK;
}

void
status_answer(struct clerk *c, const struct message *question)
{
	AUTO(message_clear) struct message answer = {.fds = {-1, -1}};
	AUTO(buf_clear) struct buf refusal;
	struct channel *web = &c->program.peers[ROLE_web];

	buf_init(&refusal, WIRE_MAX);
	enum err result = ask_signer(c, question, &answer), sent = OK;
	if (result == OK)
		sent = channel_send(web, MESSAGE_ocsp_told, question->request,
		    span_of_buf(&answer.body), NULL, 0);
	else if (refusal_put(&refusal, result, err_explanation()) == OK)
		sent = channel_send(web, MESSAGE_refused, question->request,
		    span_of_buf(&refusal), NULL, 0);
	if (sent != OK)
		log_warn("status.lost why=\"%s\"", err_explanation());
}
