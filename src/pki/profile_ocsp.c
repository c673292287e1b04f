/*
 * The delegated OCSP responder. Clients never ask about it (nocheck), so it
 * cannot be revoked in practice: it is short-lived instead, with a new key
 * each time. No address to ask about it either: that would be a loop.
 */
#include "pki/oids.h"
#include "pki/profile.h"

const struct profile profile_ocsp = {
    .name = "ocsp",
    .title = "OCSP responder",
    .requirement = "RFC 6960 4.2.2.2; RFC 9919",
    .kind = KIND_responder,
    .issuer = "the authority it answers for",
    .key = KEY_p256,
    .keys = KEY_BIT(p256) | KEY_BIT(p384),
    .ca = false,
    .path_length = -1,
    .usage = USAGE_digital_signature,
    .own_policy = true,
    .purposes = {OID_PURPOSE_OCSP},
    .no_check = true,
    .authority_key = true,
    .longest_days = 92,
};
