/*
 * Meeting the signer: its answers are all that is known of it.
 */
#include "clerk/met.h"

#include "base/clock.h"
#include "base/log.h"
#include "proc/order.h"

#define SIGNER_PATIENCE 20000 /* ms */
#define SLOW (2 * SECOND) /* an order takes some 10 ms, a list 100 */

static const char *const names[] = {"well", "slow", "failing"};

/* A refusal with a reason is an answer like any other; that its token or its
 * ledger cannot is not. */
static enum signer_state_met
judge(bool answered, enum err outcome, int64_t took)
{
	const char *why = outcome == OK ? "" : err_explanation();

	if (!answered ||
	    (outcome == ERR_UNAVAILABLE &&
		(strstr(why, "token") || strstr(why, "ledger"))))
		return SIGNER_failing;
	return took > SLOW ? SIGNER_slow : SIGNER_well;
}

static void
note(struct clerk *c, enum signer_state_met now, int64_t took, const char *why)
{
	const struct signer_met m = {.state = now,
	    .since = clock_now(),
	    .took = took,
	    .what = now == SIGNER_failing ? why : ""};

	c->met.known = true;
	c->met.state = now;
	log_info("signer.met state=%s took=%lld why=\"%s\"", names[now],
	    (long long)took, m.what);
	if (signer_met_save(c->store, &m) != OK)
		log_warn("signer.met_unsaved why=\"%s\"", err_explanation());
}

/* Gives the outcome back, with its explanation. */
static enum err
meet(struct clerk *c, bool answered, enum err outcome, int64_t took)
{
	enum signer_state_met now = judge(answered, outcome, took);
	char why[256] = "";

	if (c->met.known && now == c->met.state)
		return outcome;
	if (outcome != OK)
		snprintf(why, sizeof(why), "%s", err_explanation());
	note(c, now, took, why);
	return outcome == OK ? OK : FAIL(outcome, "%s", why);
}

enum err
met_ask(struct clerk *c, enum message_type question, struct span body, int fd,
    enum message_type answer, struct message *out)
{
	struct channel *signer = &c->program.peers[ROLE_signer];
	int64_t begun = clock_ticks();

	enum err asked = channel_ask_with(
	    signer, question, body, &fd, fd >= 0, SIGNER_PATIENCE, out);
	bool answered = asked == OK;
	if (answered && out->type == MESSAGE_refused)
		asked = refusal_get(span_of_buf(&out->body));
	TRY(meet(c, answered, asked, clock_ticks() - begun));
	if (out->type == answer)
		return OK;
	channel_close(signer);
	return FAIL(ERR_UNAVAILABLE, "the signer answered %s",
	    message_name(out->type));
}
