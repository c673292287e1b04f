/*
 * What decisions share: the dossier of an attempt, and the names that an
 * approval sets.
 */
#pragma once

#include "flow/act.h"
#include "flow/decide.h"
#include "flow/finding_seal.h"

extern const struct actor clerk_as_actor;

/* Evidence whose findings are not those that were found. */
struct doubt {
	struct evidence evidence;
	enum seal_state seal;
};

#define DOUBTS_MAX 5 /* two sides, two recordings, their comparison */

/* One attempt's findings and what the checks say of them. */
struct attempt {
	struct findings findings[SIDES_MAX];
	struct findings face, shown, compared;
	struct challenge challenge;
	struct dossier dossier;
	struct result results[CHECK_COUNT];
	size_t count;
	struct doubt doubts[DOUBTS_MAX];
	size_t doubted;
};

/*
 * Loads the findings and reads the zone; the checks are not run yet. The
 * clerk's: findings that are not sealed as they stand are left out, and told in
 * doubts.
 */
RESULT attempt_load(struct act *t, struct attempt *out);
/* The same of whatever the rows say: nothing is judged by it. */
RESULT attempt_read(struct act *t, struct attempt *out);

/* It was compared by the clerk; everything else was given by somebody. */
static inline bool
attempt_is_compared(const struct evidence *e)
{
	return strcmp(e->kind, "comparison") == 0;
}

/* Has what is doubted read again, as long as it is there and was not too
 * often. again: something is; the attempt is judged when it was. */
RESULT attempt_reread(struct act *t, struct attempt *at, bool *again);
/* One of it was: after the last one the attempt goes on. */
RESULT attempt_reread_one(struct act *t);

/*
 * Sets the names and nationality to be certified, and for a renewal the
 * subject's serialNumber. ERR_INVALID (field fullname) when the declared name
 * cannot be told apart by the document.
 */
RESULT approve_person(struct act *t, const struct attempt *at);

/* Space separated codes, each once, that may be told to the participant. */
#define REASONS_MAX 200
void reasons_add(char reasons[REASONS_MAX], const char *code);
bool reason_is_known(const char *code);

/* What came back of one piece of evidence. */
struct reading {
	const struct findings *findings; /* NULL: unreadable */
	const struct evidence *kept; /* still or film; NULL: none */
};

/* How a kind of evidence is judged, and where the participant sees it.
 * reasons: what another one mends, "" when it is good enough. */
struct evidence_rule {
	enum err (*judge)(struct act *t, const struct evidence *e,
	    const struct findings *f, char reasons[REASONS_MAX]);
	enum err (*show)(struct act *t, const char *reasons);
};

/* Findings and what is kept are stored, the state set: read or retake; or
 * superseded when nobody waits for it any more. */
RESULT decide_evidence(struct flow *f, struct arena *a, const char *evidence,
    const struct reading *g, const struct evidence_rule *by);

/* What has to be given again, and why (codes for the participant). */
struct again {
	bool document, life, name;
	const char *document_reasons, *life_reasons;
};

/* Another attempt: what need not be given again goes with it. The move is
 * the caller's. */
RESULT attempt_again(struct act *t, const struct again *again);
