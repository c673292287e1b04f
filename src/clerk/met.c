/*
 * Meeting the signer: its answers are all that is known of it.
 */
#include "clerk/met.h"

#include "base/clock.h"
#include "base/log.h"

#define SLOW (2 * SECOND) /* an order takes some 10 ms, a list 100 */

static const char *const names[] = {"well", "slow", "failing"};

/* A refusal with a reason is an answer like any other; words about the token
 * are not. */
static enum signer_state_met
judge(enum err outcome, int64_t took)
{
	const char *why = outcome == OK ? "" : err_explanation();

	if (outcome == ERR_UNAVAILABLE || outcome == ERR_EXPIRED ||
	    strncmp(why, "the token", 9) == 0)
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

enum err
met_signer(struct clerk *c, enum err outcome, int64_t took)
{
	enum signer_state_met now = judge(outcome, took);
	char why[256] = "";

	if (c->met.known && now == c->met.state)
		return outcome;
	if (outcome != OK)
		snprintf(why, sizeof(why), "%s", err_explanation());
	note(c, now, took, why);
	return outcome == OK ? OK : FAIL(outcome, "%s", why);
}
