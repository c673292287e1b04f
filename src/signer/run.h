/*
 * The signer as a program among the others.
 */
#pragma once

#include "proc/program.h"
#include "signer/signer.h"

/* Before any thread is made: SIGTERM, which is how the supervisor ends all,
 * comes between two messages only, so that what is begun is ended and the
 * token hears how far the ledger came. */
void signer_hold_signals(void);

/* Until the supervisor goes or says so: ERR_UNAVAILABLE. */
RESULT signer_run(struct signer *s, struct program *p);
