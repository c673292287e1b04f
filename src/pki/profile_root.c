/*
 * The root: signs the issuing authorities and its own list, nothing else.
 * 25 years, so that it outlives what it signed twice over.
 */
#include "pki/profile.h"

const struct profile profile_root = {
    .name = "root",
    .title = "Root certification authority",
    .requirement = "RFC 5280; EN 319 411-1",
    .kind = KIND_root,
    .issuer = NULL,
    .key = KEY_p384,
    .keys = KEY_BIT(p384) | KEY_BIT(rsa4096),
    .ca = true,
    .path_length = -1,
    .usage = USAGE_key_cert_sign | USAGE_crl_sign,
    .longest_days = 25 * 366,
};
