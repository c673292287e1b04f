/*
 * Sealing a dossier (decision 0063). The signer sees the digest of a list of
 * contents and no content: what it vouches for is that this instance's clerk
 * asked for it, about this registration, at this time, and its ledger has it.
 */
#pragma once

#include "proc/seal.h"
#include "signer/signer.h"

/* In an hour; more is no auditor any more. */
#define SEALS_AN_HOUR 60

/* ERR_INVALID: no registration. ERR_TOO_MANY: of this hour. ERR_UNAVAILABLE:
 * there is no authority L, it ends today, or the clock was set back. */
RESULT signer_seal(struct signer *s, const struct seal_order *o,
    struct seal_result *out);
