/*
 * The key ceremony on this machine: tokens, keys, certificates, ledger.
 *
 * Two tokens: one that the signer opens every day (issuing CA, OCSP, the
 * wrapping key) and one for the root, whose PIN the signer is never told.
 */
#pragma once

#include "base/conf.h"
#include "base/buf.h"

#include <stdbool.h>

/*
 * Makes what is missing. done: false when everything was there already, and
 * nothing was changed. record: what was made, for people to sign.
 */
RESULT setup_run(const struct conf *conf, bool *done, struct buf *record);
