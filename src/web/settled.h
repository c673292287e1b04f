/*
 * Whether what was signed in advance may be given: since it began, the
 * clerk has held the database against the signer's ledger.
 */
#pragma once

#include "web/request.h"

/* ERR_UNAVAILABLE: not yet; a moment later. */
RESULT settled_require(struct request *q);
