/*
 * Authenticator data (WebAuthn Level 2, 6.1): what the authenticator signs.
 */
#pragma once

#include "approval/assertion.h"

#define AAGUID_SIZE 16

struct authenticator_data {
	uint32_t counter;
	/* in a registration only, else empty */
	struct span aaguid;
	struct span credential_id;
	struct span cose_key;
};

/*
 * ERR_DENIED: for another relying party, or without user presence or user
 * verification. ERR_INVALID: not authenticator data, or of a registration
 * where an assertion is expected, or the other way round.
 */
RESULT authenticator_data_read(struct span bytes,
    const struct relying_party *rp, bool registration,
    struct authenticator_data *out);
