/*
 * A key that a participant brings: whose it is, and whether it is still good.
 */
#pragma once

#include "signer/signer.h"

/*
 * subject: the name that the order makes. ERR_KEY_COMPROMISED: it leaked, or
 * was revoked as compromised. ERR_KEY_OF_ANOTHER: somebody of another name has
 * a certificate for it.
 */
RESULT own_key_check(struct signer *s, const struct order *o,
    const struct csr *csr, const struct buf *subject);
