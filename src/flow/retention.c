/*
 * The deletion, page by page. The sealed key goes first and in one transaction with
 * its journal entry; the file after, and a crash between the two leaves bytes
 * that nobody can open.
 */
#include "flow/retention.h"

#include "base/clock.h"
#include "flow/audit.h"
#include "flow/journey_act.h"

#include <stdio.h>

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

static bool
is_recording(const char *kind)
{
	size_t size = strlen(kind);

	return strncmp(kind, "film_", 5) == 0 ||
	       (size >= 6 && strcmp(kind + size - 6, "_video") == 0);
}

static bool
speaks_of(const struct rule *rule, const struct kept_evidence *e)
{
	char word[64];

	snprintf(word, sizeof(word), " %s ", e->state);
	return strstr(rule->states, word) &&
	       (rule->recordings == RECORDINGS_ALL ||
		   is_recording(e->kind) ==
		       (rule->recordings == RECORDINGS_YES));
}

static bool
is_over(struct flow *f, const struct rule *rule, const struct kept_evidence *e)
{
	int64_t kept = conf_number(f->conf, rule->setting) * DAY;

	if (kept < rule->least)
		kept = rule->least;
	return e->ended < clock_now() - kept;
}

/* NULL: it stays. */
static const struct rule *
rule_for(struct flow *f, const struct kept_evidence *e)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (speaks_of(&rules[i], e) && is_over(f, &rules[i], e))
			return &rules[i];
	return NULL;
}

/* Rows change before files go: see above. */
static RESULT
forget(struct flow *f, const struct rule *rule, const struct kept_evidence *e)
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
look_at(struct flow *f, const struct kept_evidence *e, size_t *count)
{
	const struct rule *rule = rule_for(f, e);

	if (!rule)
		return OK;
	TRY(forget(f, rule, e));
	IGNORE(vault_remove(conf_text(f->conf, CONF_store_vault), e->id));
	++*count;
	return OK;
}

RESULT
retention_run(struct flow *f, struct arena *a, struct retention *r,
    size_t *out, bool *whole)
{
	struct kept_evidence *page;
	size_t found, count = 0;

	TRY(evidence_kept(
	    f->store, a, r->after, RETENTION_PAGE, &page, &found));
	for (size_t i = 0; i < found; i++)
		TRY(look_at(f, &page[i], &count));
	*whole = found < RETENTION_PAGE;
	snprintf(r->after, sizeof(r->after), "%s",
	    *whole ? "" : page[found - 1].id);
	*out = count;
	return OK;
}
