/*
 * PINs of keys in the token: set before the certificate is made, tried at
 * most five times in a row.
 */
#pragma once

#include "proc/pin.h"
#include "signer/signer.h"

/* ERR_CONFLICT: the registration has its certificate. */
RESULT pins_set(
    struct signer *s, const struct pin_order *o, struct pin_result *out);

/* A wrong or blocked PIN is an answer, not an error. ERR_NOT_FOUND: none was
 * set. */
RESULT pins_check(
    struct signer *s, const struct pin_order *o, struct pin_result *out);
