/*
 * Findings that are not those that were found. Their evidence still lies where
 * it was given: it is read again, and what is true comes out. Who changes them
 * each time gets nowhere: after so many readings they count as not there, and
 * the checks say what they say of evidence that shows nothing.
 */
#include "flow/decide_act.h"

#include "flow/finding_seal.h"

#define READINGS_MAX 2

static const char act[] = "evidence.read_again";

/* By the journal, which nobody shortens unnoticed. */
static RESULT
count_readings(struct act *t, const struct evidence *e, int *out)
{
	struct audit_entry *rows;
	size_t count;

	*out = 0;
	TRY(audit_of(t->f->store, t->a, t->r.id, &rows, &count));
	for (size_t i = 0; i < count; i++)
		*out += strcmp(rows[i].act, act) == 0 &&
		    strstr(rows[i].detail, e->id) != NULL;
	return OK;
}

/* What was made of it is made again with it. */
static RESULT
supersede_kind(struct act *t, const char *kind)
{
	struct evidence *rows;
	size_t count;

	TRY(evidence_list(t->f->store, t->a, t->r.id, &rows, &count));
	for (size_t i = 0; i < count; i++) {
		if (rows[i].attempt != t->r.attempt ||
		    strcmp(rows[i].kind, kind) != 0)
			continue;
		rows[i].state = "superseded";
		TRY(evidence_save(t->f->store, &rows[i]));
	}
	return OK;
}

static RESULT
read_again(struct act *t, struct evidence *e, enum seal_state seal)
{
	TRY(act_note(t, act,
	    arena_format(t->a, "%s %s %s", e->kind, e->id,
		seal == SEAL_MISSING ? "unsealed" : "changed"),
	    e->sha256));
	TRY(supersede_kind(t, finding_seal_made(e->kind)));
	if (attempt_is_compared(e))
		return supersede_kind(t, e->kind);
	e->state = "received";
	TRY(evidence_save(t->f->store, e));
	/* what it was compared with is compared with what it says now */
	TRY(supersede_kind(t, "film_compared"));
	TRY(supersede_kind(t, "comparison"));
	return act_job(t, "inspect", e->id);
}

static RESULT
can_be_read(struct act *t, const struct evidence *e, bool *out)
{
	int readings;

	TRY(count_readings(t, e, &readings));
	*out = readings < READINGS_MAX &&
	    (e->sealed_key.size > 0 || attempt_is_compared(e));
	return OK;
}

RESULT
attempt_reread(struct act *t, struct attempt *at, bool *again)
{
	bool pieces = false, can;

	*again = false;
	for (size_t i = 0; i < at->doubted; i++) {
		struct evidence *e = &at->doubts[i].evidence;

		TRY(can_be_read(t, e, &can));
		if (!can)
			continue;
		TRY(read_again(t, e, at->doubts[i].seal));
		pieces = pieces || !attempt_is_compared(e);
		*again = true;
	}
	return *again && !pieces ? act_job(t, "compare", t->r.id) : OK;
}

/* The last one that was wanted. */
RESULT
attempt_reread_one(struct act *t)
{
	struct evidence *rows;
	size_t count;

	TRY(evidence_list(t->f->store, t->a, t->r.id, &rows, &count));
	for (size_t i = 0; i < count; i++)
		if (rows[i].attempt == t->r.attempt &&
		    strcmp(rows[i].state, "received") == 0)
			return OK;
	return act_job(t,
	    level_find(t->r.level)->proof_of_life ? "compare" : "check",
	    t->r.id);
}

/* The comparison is told of its own work alone. */
static void
forget_comparison(struct attempt *at)
{
	size_t kept = 0;

	for (size_t i = 0; i < at->doubted; i++)
		if (!attempt_is_compared(&at->doubts[i].evidence))
			at->doubts[kept++] = at->doubts[i];
	at->doubted = kept;
}

RESULT
decide_comparable(struct flow *f, struct arena *a, const char *id,
    struct compared *out, bool *ready)
{
	AUTO(act_end) struct act t = {0};
	struct attempt *at = arena_get(a, sizeof(*at));
	bool again;

	*ready = false;
	TRY(act_begin(f, a, id, &clerk_as_actor, &t));
	if (state_of(t.r.state) != STATE_checking)
		return OK;
	TRY(attempt_load(&t, at));
	forget_comparison(at);
	TRY(attempt_reread(&t, at, &again));
	if (!again)
		TRY(compared_load(f, a, &t.r, out));
	TRY(act_commit(&t, NULL));
	*ready = !again;
	return OK;
}
