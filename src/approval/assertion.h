/*
 * WebAuthn assertions (Level 2, 7.2): that the owner of a passkey, whom the
 * authenticator recognised, answered this challenge on our own pages.
 *
 * User presence and user verification are always demanded: here a passkey is
 * an operator's hand, never only a second factor.
 */
#pragma once

#include "approval/client_data.h"
#include "base/digest.h"

#include <stdbool.h>

#define CREDENTIAL_ID_MAX 1023 /* WebAuthn 4, Credential ID */
#define AUTHENTICATOR_DATA_MAX 4096
#define PASSKEY_KEY_MAX 800 /* SubjectPublicKeyInfo of RSA-4096 */
#define PASSKEY_SIGNATURE_MAX 512

/* Who asks: our own address, as a browser names it. */
struct relying_party {
	char id[254];	  /* "ra.example.com" */
	char origin[272]; /* "https://ra.example.com" */
};

/* From web.base_url; ERR_INVALID: not http or https with a host. */
RESULT relying_party_of(const char *url, struct relying_party *out);

struct assertion {
	struct span credential_id;
	struct span authenticator_data;
	struct span client_data;
	struct span signature;
};

/*
 * public_key: the SubjectPublicKeyInfo under the credential's id, which the
 * caller found. ERR_DENIED: it does not hold. *counter: the authenticator's
 * count of its signatures, 0 when it keeps none.
 */
RESULT assertion_verify(const struct assertion *x,
    const struct relying_party *rp, struct span challenge,
    struct span public_key, uint32_t *counter);

/* False: a copy of the authenticator exists (7.2 step 21). For who keeps the
 * last counter and sees assertions in the order they were made. */
bool assertion_counter_holds(uint32_t before, uint32_t now);
