/*
 * OCSP answers that cannot be made in advance.
 */
#pragma once

#include "proc/status_ask.h"
#include "signer/signer.h"

/* By the responder of the authority asked about; ERR_NOT_FOUND for another.
 * never_issued: how many of those asked about. */
RESULT signer_respond(struct signer *s, const struct ocsp_question *q,
    struct buf *answer, size_t *never_issued);

/* Answers all questions of a message, as OCSP_TOLD carries them: each for
 * itself, but for a token or ledger that fails, which fails for all. */
RESULT signer_tell(
    struct signer *s, const struct ocsp_ask *ask, struct buf *told);
