/*
 * The signer as a program among the others.
 */
#pragma once

#include "proc/program.h"
#include "signer/signer.h"

/* Until the supervisor goes: ERR_UNAVAILABLE. */
RESULT signer_run(struct signer *s, struct program *p);
