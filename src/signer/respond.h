/*
 * OCSP answers that cannot be made in advance.
 */
#pragma once

#include "proc/status_ask.h"
#include "signer/signer.h"

/* By the responder of the authority asked about; ERR_NOT_FOUND for another. */
RESULT signer_respond(
    struct signer *s, const struct ocsp_ask *q, struct ocsp_told *out);
