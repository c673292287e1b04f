/*
 * Damage as it never happens by chance: a file changed in one of a few ways,
 * the same way for the same seed.
 */
#pragma once

#include "base/buf.h"

/* other: a second file, of which a piece may be taken. */
RESULT damage(struct span file, struct span other, uint64_t seed,
    struct buf *out);
