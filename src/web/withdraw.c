/*
 * Telling the signer, through the clerk, before an act is done.
 *
 * The act's own transaction says it once more, by a job: what was told here is
 * a little earlier, and a ledger that was put back has to hear it again. When
 * the act fails after all, the approvals are void at the signer alone, and the
 * order that it refuses goes back to operators.
 */
#include "web/withdraw.h"

#include "base/log.h"
#include "flow/credentials.h"
#include "proc/order.h"
#include "web/who.h"

#define WITHDRAW_WAIT_MS 25000

RESULT
withdraw_first(struct request *q, const char *registration)
{
	AUTO(message_clear) struct message m = {.fds = {-1, -1}};
	AUTO(buf_clear) struct buf body;
	struct withdrawing w = {{0}};

	buf_init(&body, WIRE_MAX);
	snprintf(w.registration, sizeof(w.registration), "%s", registration);
	if (q->caller.kind == CALLER_MEMBER)
		token_digest(request_cookie(q, SESSION_COOKIE), w.session);
	TRY(withdrawing_put(&body, &w));
	request_release(q);
	enum err asked = program_ask(q->web->program, ROLE_clerk,
	    MESSAGE_withdraw, span_of_buf(&body), WITHDRAW_WAIT_MS, &m);
	if (asked == OK && m.type == MESSAGE_withdrawn)
		return OK;
	if (asked == OK && m.type == MESSAGE_refused)
		asked = refusal_get(span_of_buf(&m.body));
	log_warn("withdraw.unheard registration=%s why=\"%s\"", registration,
	    err_explanation());
	return FAIL(ERR_UNAVAILABLE, "the signer did not hear");
}
