/*
 * What the inspector found stays what it found. From the moment its answer is
 * kept until an attempt is judged findings are rows, and judging reads little
 * else: who changes them has a false verdict sealed. So the clerk seals them
 * where the answer is kept, with all that they were found in.
 */
#pragma once

#include "base/digest.h"
#include "flow/flow.h"

enum seal_state {
	SEAL_WHOLE,
	SEAL_MISSING, /* from before there were seals, or somebody removed it */
	SEAL_BROKEN
};

/* What is made of evidence whose findings are judged, and shown to operators;
 * NULL: this kind has none. */
const char *finding_seal_made(const char *evidence_kind);

/* The other way round: the kind of evidence that this was made of; "": of none
 * that is judged. */
const char *finding_seal_of(const char *made_kind);

/* The findings of e as they are handed over now, and the still or film that
 * was made of it; kept NULL: none. ERR_INTERNAL: not the clerk. */
RESULT finding_seal_keep(struct flow *f, struct arena *a,
    const struct evidence *e, const struct findings *findings,
    const struct evidence *kept);

/* Whether findings that were loaded are those that were found, and what an
 * operator is shown of this evidence is what was made of it. ERR_INTERNAL: not
 * the clerk. */
RESULT finding_seal_read(struct flow *f, struct arena *a,
    const struct evidence *e, const struct findings *findings,
    enum seal_state *out);

/* All that a comparison compares: the stills and films of an attempt. */
enum compared_kind {
	COMPARED_STILL_FRONT,
	COMPARED_STILL_BACK,
	COMPARED_FILM_FACE,
	COMPARED_FILM_DOCUMENT,
	COMPARED_COUNT
};

struct compared {
	struct evidence rows[COMPARED_COUNT]; /* id "": there is none */
};

RESULT compared_load(struct flow *f, struct arena *a,
    const struct registration *r, struct compared *out);

/* Of their ids and contents: what a comparison's evidence has as its digest. */
RESULT compared_digest(const struct compared *c, char out[DIGEST_TEXT_SIZE]);
