/*
 * OCSP answers that need no signature, never to be cached by anybody; and
 * what a signed one says of its time.
 */
#pragma once

#include "base/der.h"

/* OCSPResponseStatus (RFC 6960 4.2.1) */
enum ocsp_error {
	OCSP_MALFORMED = 1,   /* the request could not be read */
	OCSP_TRY_LATER = 3,   /* the database or the signer is away */
	OCSP_UNAUTHORISED = 6 /* not our issuer, or a serial never issued */
};

/* DER OCSPResponse, static. */
struct span ocsp_error_answer(enum ocsp_error error);

/* producedAt of a signed answer; ERR_INVALID for what is none. */
RESULT ocsp_answer_time(struct span answer, int64_t *out);
