/*
 * One recording, as soon as it was looked at: good enough, or made again at
 * once. As with pictures only what another recording mends is told here:
 * nobody seen, a mask, more than one person, no document. Whether the challenge was
 * followed waits for the check of the whole, of which there are three: it
 * must not be tried for ever.
 */
#include "base/enum.h"
#include "flow/decide_act.h"

#include "flow/journey_act.h"

static bool
turns_back(const struct result *r)
{
	static const char *const mended_at_once[] = {"face_not_seen",
	    "face_covered", "more_than_one_person", "recording_dark",
	    "recording_blurred", "recording_too_short", "document_not_seen"};

	return check_of_recording(r->check) && r->verdict == VERDICT_FAIL &&
	    enum_find(mended_at_once, COUNT_OF(mended_at_once), r->reason) <
		COUNT_OF(mended_at_once);
}

/* Nothing but this recording is judged. */
static RESULT
judge(struct act *t, const struct evidence *e, const struct findings *f,
    char reasons[REASONS_MAX])
{
	struct attempt *at = arena_get(t->a, sizeof(*at));
	bool face = strcmp(e->kind, "face_video") == 0;

	reasons[0] = '\0';
	if (!f) {
		reasons_add(reasons, "bad_recording");
		return OK;
	}
	TRY(attempt_load(t, at));
	at->dossier.face = face ? f : NULL;
	at->dossier.shown = face ? NULL : f;
	at->dossier.compared = NULL;
	at->count = checks_run(&at->dossier, at->results);
	for (size_t i = 0; i < at->count; i++)
		if (turns_back(&at->results[i]))
			reasons_add(reasons, at->results[i].reason);
	return OK;
}

static RESULT
show_proof_of_life(struct act *t, const char *reasons)
{
	return act_step(t, STEP_proof_of_life, "doing", reasons);
}

static const struct evidence_rule rule = {judge, show_proof_of_life};

RESULT
decide_recording(struct flow *f, struct arena *a, const char *evidence,
    const struct findings *findings, const struct evidence *film)
{
	const struct reading g = {findings, film};

	return decide_evidence(f, a, evidence, &g, &rule);
}

/* The comparison is the clerk's own evidence: nobody gives it. */
RESULT
decide_compared(struct flow *f, struct arena *a, const char *id,
    const struct findings *findings, const struct evidence *film,
    const char *digest)
{
	AUTO(act_end) struct act t = {0};
	static const struct findings none;
	char evidence[ID_SIZE];

	TRY(act_begin(f, a, id, &clerk_as_actor, &t));
	if (state_of(t.r.state) != STATE_checking)
		return OK;
	id_make("evd", evidence);
	const struct evidence e = {.id = evidence, .registration = t.r.id,
	    .kind = "comparison", .state = findings ? "read" : "kept",
	    .reasons = "", .media_type = "", .sha256 = digest,
	    .attempt = t.r.attempt, .created_at = t.now};
	TRY(evidence_save(f->store, &e));
	findings = findings ? findings : &none;
	TRY(findings_save(f->store, e.id, findings));
	if (film)
		TRY(evidence_save(f->store, film));
	TRY(finding_seal_keep(f, a, &e, findings, film));
	TRY(act_note(&t, "evidence.compared",
	    findings->count > 0 ? "read" : "unreadable", digest));
	TRY(act_job(&t, "check", t.r.id));
	return act_commit(&t, NULL);
}
