/*
 * The seal of a dossier: one key, one certificate, one signature. The key is
 * destroyed when it has signed, so that nothing is left that could be stolen
 * or revoked; whoever verifies later asks for the time of the signature.
 */
#include "pki/oids.h"
#include "pki/profile.h"

const struct profile profile_dossier = {
    .name = "dossier",
    .title = "seal of a dossier",
    .requirement = "RFC 5280; RFC 9608; RFC 9336; EN 319 412-1 5.2",
    .kind = KIND_seal,
    .issuer = "issuing-l",
    .key = KEY_p256,
    .keys = KEY_BIT(p256),
    .ca = false,
    .path_length = -1,
    .usage = USAGE_non_repudiation,
    .own_policy = true,
    .purposes = {OID_PURPOSE_DOCUMENT},
    .authority_key = true,
    .ca_issuers = true,
    .short_term = true,
    .longest_days = 1,
};
