/*
 * What the clerk judged of an attempt stays what it judged: a seal over the
 * verdicts, with a key that neither web nor the database has. Whoever changes
 * a row so that one operator is enough changes nothing by it.
 */
#pragma once

#include "flow/flow.h"

/* What the verdicts of an attempt say about how many operators it takes. */
struct sealed {
	bool broken;	   /* no seal, or verdicts or findings are others */
	bool doubted;	   /* a strong check failed, or nobody can tell */
	bool faces_differ; /* not compared as alike, or nobody can tell */
};

/* Of the verdicts as they are stored now; only the clerk can. */
RESULT verdict_seal_keep(
    struct flow *f, struct arena *a, const struct registration *r);

/* Of an attempt that nobody can vouch for: from now on its seal is broken. */
RESULT verdict_seal_void(struct flow *f, const struct registration *r);

/* Of the attempt that goes on. ERR_INTERNAL: not the clerk. */
RESULT verdict_seal_read(struct flow *f, struct arena *a,
    const struct registration *r, struct sealed *out);
