/*
 * How the signer is, as its answers show: told to who looks after the
 * service, and a reason for its jobs to rest.
 */
#pragma once

#include "clerk/clerk.h"

/* After each answer: what it came to, with its explanation still there, and
 * how long it took. Written down when that is another state than before. Gives
 * the outcome back, with its explanation. */
enum err met_signer(struct clerk *c, enum err outcome, int64_t took);
