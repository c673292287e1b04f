/*
 * A person's certificate of the lightweight policy (LCP), for advanced
 * electronic signatures. Key usage is nonRepudiation and nothing else
 * (type A): a key that signs contracts must not also answer log-in
 * challenges, which are bytes somebody else chose.
 *
 * The two purposes are what makes common PDF readers trust a signature.
 */
#include "pki/profile.h"

const struct profile profile_lcp = {
    .name = "lcp",
    .title = "Natural person, LCP",
    .requirement = "EN 319 412-2; EN 319 411-1 LCP",
    .kind = KIND_person,
    .issuer = "issuing-l",
    .key = KEY_p256,
    .ca = false,
    .path_length = -1,
    .usage = USAGE_non_repudiation,
    .policies = {"0.4.0.2042.1.3"},
    .own_policy = true,
    .purposes = {"1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36"},
    .authority_key = true,
    .ca_issuers = true,
    .ocsp = true,
    .crl = true,
    .longest_days = 3 * 366,
};
