/*
 * How the signer is, as its answers show: told to who looks after the
 * service, and a reason for its jobs to rest.
 */
#pragma once

#include "clerk/clerk.h"

/*
 * Notes how an answer went, or that none came, and gives the outcome back with
 * its explanation. It is written down when it is another state than before: a
 * signer that refuses for a reason of the order is well.
 */
enum err met_note(struct clerk *c, bool answered, enum err outcome,
    int64_t took);

/* Whether what ended so met no signer that could do anything. */
bool met_is_away(const struct clerk *c);
