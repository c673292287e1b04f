/*
 * Seals over rows: an HMAC under a key that is derived from the one that opens
 * evidence, which the clerk alone has loaded. Neither web nor the database can
 * make one.
 */
#pragma once

#include "base/digest.h"
#include "flow/flow.h"

/* One text and a NUL, so that two do not run into each other. */
RESULT seal_add(struct buf *b, const char *text);

/* Hex of HMAC-SHA-256 under the key of a purpose. ERR_INTERNAL: not the
 * clerk. */
RESULT seal_make(const struct keys *k, const char *purpose, struct span what,
    char out[DIGEST_TEXT_SIZE]);

/* In a time that tells nothing of where they differ. */
bool seal_is(const char *kept, const char *made);
