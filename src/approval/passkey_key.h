/*
 * Keys of passkeys: from COSE to SubjectPublicKeyInfo, and verifying.
 */
#pragma once

#include "base/buf.h"

/* Appends the SubjectPublicKeyInfo of a COSE key (RFC 9053). */
RESULT passkey_key_from_cose(struct span cose, struct buf *out);

/* ES256 or RS256, by the kind of the key. ERR_DENIED: it does not verify;
 * ERR_INVALID: not a key of a passkey. */
RESULT passkey_key_verify(
    struct span public_key, struct span message, struct span signature);
