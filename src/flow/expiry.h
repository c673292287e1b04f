/*
 * The end of certificates: notices 30, 14 and 3 days before it, each once,
 * and a line in the journal when it has come.
 */
#pragma once

#include "flow/flow.h"

/* Tells the holders whose notice is due; how many. Nobody is told of a
 * certificate that is revoked or followed by another one. */
RESULT expiry_tell_due(struct flow *f, struct arena *a, size_t *out);

/* Writes down those that have ended; how many. */
RESULT expiry_note_ended(struct flow *f, struct arena *a, size_t *out);
