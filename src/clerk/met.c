/*
 * Meeting the signer: its answers are all that is known of it.
 */
#include "clerk/met.h"

#include "base/clock.h"
#include "base/log.h"

#define SLOW (2 * SECOND) /* an order takes some 10 ms, a list 100 */

static const char *const names[] = {
    "well", "slow", "silent", "no_token", "no_ledger"};

/* A refusal with a reason is an answer like any other; that its token or its
 * ledger cannot is not. */
static enum signer_state_met
judge(bool answered, enum err outcome, int64_t took)
{
	if (!answered)
		return SIGNER_silent;
	if (outcome == ERR_TOKEN)
		return SIGNER_no_token;
	if (outcome == ERR_LEDGER)
		return SIGNER_no_ledger;
	return took > SLOW ? SIGNER_slow : SIGNER_well;
}

bool
met_is_away(const struct clerk *c)
{
	return c->met.known && signer_met_failing(c->met.state);
}

static void
note(struct clerk *c, enum signer_state_met now, int64_t took, const char *why)
{
	const struct signer_met m = {.state = now,
	    .since = clock_now(),
	    .took = took,
	    .what = signer_met_failing(now) ? why : ""};

	c->met.known = true;
	c->met.state = now;
	log_info("signer.met state=%s took=%lld why=\"%s\"", names[now],
	    (long long)took, m.what);
	if (signer_met_save(c->store, &m) != OK)
		log_warn("signer.met_unsaved why=\"%s\"", err_explanation());
}

enum err
met_note(struct clerk *c, bool answered, enum err outcome, int64_t took)
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
