/*
 * What was asked in a take, and when, stays what web asked. Until its recording
 * is read this is a row: who writes to the database would set it to what an old
 * film shows. So web seals it, as it asks, under a key that is not in the
 * database; it goes on with nothing else, and the clerk reads a recording by
 * nothing else.
 *
 * Not sealed is what chunks change: their chain is bound to the take already.
 */
#pragma once

#include "flow/flow.h"

/* Seals the take as it stands now, and stores it; its seal is of the arena.
 * Only of one that was drawn here or read against its seal. */
RESULT take_seal_save(struct flow *f, struct arena *a, struct take *t);

/* ERR_WRONG_STATE: it is not as web left it, or from before there were
 * seals: another take has to be begun. */
RESULT take_seal_check(const struct flow *f, const struct take *t);
