/*
 * PINs of keys in the token: set before the certificate is made, changed by
 * who knows the old one, which is tried at most five times in a row.
 */
#pragma once

#include "proc/pin.h"
#include "signer/signer.h"

/* ERR_CONFLICT: the registration has its certificate. */
RESULT pins_set(
    struct signer *s, const struct pin_order *o, struct pin_result *out);

/* A wrong or blocked old PIN is an answer, not an error, and changes nothing.
 * ERR_NOT_FOUND: no certificate, or no PIN was set for it; ERR_INVALID: the
 * new one breaks the rules, and no try is lost. */
RESULT pins_change(
    struct signer *s, const struct pin_order *o, struct pin_result *out);
