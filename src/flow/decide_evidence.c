/*
 * One piece of evidence, as soon as it was looked at: read, or to be given
 * again at once. What pictures and recordings share; each says how it is
 * judged (decide_picture.c, decide_recording.c).
 */
#include "flow/decide_act.h"

#include "flow/journey.h"

/* After so many it is taken as it is, and the checks decide. */
static bool
is_turned_back(struct act *t, const char *reasons)
{
	if (!*reasons || t->r.turned_back >= TURNED_BACK_MAX)
		return false;
	t->r.turned_back++;
	return true;
}

static RESULT
store_reading(struct act *t, const struct evidence *e, const struct reading *g)
{
	static const struct findings none;
	const struct findings *found = g->findings ? g->findings : &none;

	TRY(evidence_save(t->f->store, e));
	TRY(findings_save(t->f->store, e->id, found));
	if (g->kept)
		TRY(evidence_save(t->f->store, g->kept));
	TRY(finding_seal_keep(t->f, t->a, e, found, g->kept));
	return act_note(t, "evidence.read",
	    arena_format(t->a, "%s %s %s", e->kind, e->state, e->reasons),
	    e->sha256);
}

static bool
is_wanted(const struct act *t, const struct evidence *e, unsigned states)
{
	return e->attempt == t->r.attempt && act_require(t, states) == OK;
}

static RESULT
read_evidence(struct act *t, struct evidence *e, const struct reading *g,
    const struct evidence_rule *by)
{
	char reasons[REASONS_MAX];

	TRY(by->judge(t, e, g->findings, reasons));
	e->reasons = arena_text(t->a, reasons);
	e->state = is_turned_back(t, reasons) ? "retake" : "read";
	TRY(store_reading(t, e, g));
	return by->show(t, e->reasons);
}

/* Read for the checks, which decide: nobody can be asked for it now. */
static RESULT
read_again(struct act *t, struct evidence *e, const struct reading *g)
{
	e->reasons = "";
	e->state = "read";
	TRY(store_reading(t, e, g));
	return attempt_reread_one(t);
}

RESULT
decide_evidence(struct flow *f, struct arena *a, const char *evidence,
    const struct reading *g, const struct evidence_rule *by)
{
	AUTO(act_end) struct act t = {0};
	struct evidence e;

	TRY(evidence_load(f->store, a, evidence, &e));
	enum err begun =
	    act_begin(f, a, e.registration, &clerk_as_actor, &t);
	if (begun == ERR_EXPIRED) {
		err_clear(); /* nobody waits for it any more */
		return OK;
	}
	TRY(begun);
	TRY(evidence_load(f->store, a, evidence, &e));
	if (strcmp(e.state, "received") != 0)
		return OK;
	if (is_wanted(&t, &e, IN(checking))) {
		TRY(read_again(&t, &e, g));
		return act_commit(&t, NULL);
	}
	err_clear();
	if (is_wanted(&t, &e, IN(collecting) | IN(action_required))) {
		TRY(read_evidence(&t, &e, g, by));
		return act_commit(&t, NULL);
	}
	err_clear();
	e.state = "superseded";
	TRY(evidence_save(f->store, &e));
	return act_commit(&t, NULL);
}
