/*
 * What "paraph member show-passkey" prints, for "paraph operator enrol".
 */
#pragma once

#include "signer/operators.h"

/* path: "-" is standard input. ERR_INVALID: not such a text. */
RESULT operator_card_read(const char *path, struct operator_key *out);
