/*
 * The deletion, each hour. The sealed key goes first and in one transaction with
 * its journal entry; the file after, and a crash between the two leaves bytes
 * that nobody can open.
 */
#include "flow/retention.h"

#include "base/clock.h"
#include "flow/audit.h"
#include "flow/journey_act.h"

static const struct actor the_clock = {ACTOR_clock, "clock", "clock"};

enum recordings { RECORDINGS_NO, RECORDINGS_YES, RECORDINGS_ALL };

struct rule {
	const char *name, *states;
	enum recordings recordings;
	enum conf_key setting;
	int64_t least;
};

static const struct rule rules[] = {
#define RETENTION(name, states, recordings, setting, least, doc)               \
	{#name, states, RECORDINGS_##recordings, setting, least},
#include "flow/retention.def"
#undef RETENTION
};

/* Rows change before files go: see above. */
static RESULT
forget(struct flow *f, const struct rule *rule, const struct evidence *e)
{
	AUTO(store_rollback) struct store *s = f->store;

	TRY(store_begin(s));
	TRY(evidence_forget(s, e->id));
	if (rule->recordings != RECORDINGS_YES) { /* they are of pictures */
		TRY(imprint_forget(s, e->registration));
		TRY(own_key_remove(s, e->registration)); /* has a name in it */
	}
	TRY(audit_write(f, &the_clock, "retention.deleted", e->registration,
	    rule->name, e->sha256));
	return store_commit(s);
}

static RESULT
apply(struct flow *f, struct arena *a, const struct rule *rule, size_t *count)
{
	int64_t kept = conf_number(f->conf, rule->setting) * DAY;
	struct evidence *due;
	size_t found;

	if (kept < rule->least)
		kept = rule->least;
	TRY(evidence_due(f->store, a, rule->states, (int)rule->recordings,
	    clock_now() - kept, &due, &found));
	for (size_t i = 0; i < found; i++) {
		TRY(forget(f, rule, &due[i]));
		IGNORE(vault_remove(conf_text(f->conf, CONF_store_vault),
		    due[i].id));
	}
	*count += found;
	return OK;
}

RESULT
retention_run(struct flow *f, struct arena *a, size_t *out)
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		TRY(apply(f, a, &rules[i], &count));
	*out = count;
	return OK;
}
