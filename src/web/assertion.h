/*
 * What a browser's authenticator answered, out of a request's fields.
 */
#pragma once

#include "approval/assertion.h"
#include "web/request.h"

/* base64url; ERR_INVALID with the field. The bytes live in the arena. */
RESULT assertion_bytes(struct request *q, enum field field, const char *name,
    struct span *out);

#define ASSERTION_READ(q, body, out)                                           \
	assertion_read(q,                                                      \
	    (const enum field[]){FIELD_##body##_credential,                    \
		FIELD_##body##_authenticator_data,                             \
		FIELD_##body##_client_data, FIELD_##body##_signature},         \
	    out)

/* The four of them, in the order of ASSERTION_READ. */
RESULT assertion_read(struct request *q, const enum field fields[4],
    struct assertion *out);
