/*
 * The delegated OCSP responder. Clients never ask about it (nocheck), so it
 * cannot be revoked in practice: it is short-lived instead, with a new key
 * each time. No address to ask about it either: that would be a loop.
 */
#include "pki/profile.h"

const struct profile profile_ocsp = {
    .name = "ocsp",
    .title = "OCSP responder",
    .requirement = "RFC 6960 4.2.2.2; RFC 9919",
    .kind = KIND_responder,
    .issuer = "issuing-l",
    .key = KEY_p256,
    .ca = false,
    .path_length = -1,
    .usage = USAGE_digital_signature,
    .own_policy = true,
    .purposes = {"1.3.6.1.5.5.7.3.9"},
    .no_check = true,
    .authority_key = true,
    .longest_days = 92,
};
