/*
 * What has been kept long enough is destroyed: the key of each piece of
 * evidence, its file, what was read from it, and the perceptual hashes. The
 * rows stay and say that it was there (ETSI TS 119 461 8.5; product 14).
 */
#pragma once

#include "flow/flow.h"

/* Where a walk through all that is kept stands; zero: at the beginning. */
struct retention {
	char after[ID_SIZE];
};

#define RETENTION_PAGE 1000

/* Looks at the next page of what is kept and destroys what is due; how much
 * that was. whole: the walk has come to its end and begins anew. A page at a
 * time, so that nobody waits for the evidence of a million certificates. */
RESULT retention_run(struct flow *f, struct arena *a, struct retention *r,
    size_t *out, bool *whole);
