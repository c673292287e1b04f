/*
 * An act that makes void what operators signed is not done until the signer
 * has heard of it: from then on nobody who kept the signatures can use them,
 * whatever becomes of the clerk.
 */
#pragma once

#include "web/request.h"

/*
 * All of this registration's approvals up to now. Lets go of the store: its
 * answer may take a while. ERR_UNAVAILABLE: the signer did not hear, and the
 * act is to be tried again.
 */
RESULT withdraw_first(struct request *q, const char *registration);
