/*
 * A person's certificate of the lightweight policy (LCP), for advanced
 * electronic signatures. Key usage is nonRepudiation and nothing else
 * (type A): a key that signs contracts must not also answer log-in
 * challenges, which are bytes somebody else chose.
 *
 * The two purposes are what makes common PDF readers trust a signature.
 * Nothing qualified is claimed; the one statement that may be there says
 * what kind of number the subject's serialNumber is.
 */
#include "pki/oids.h"
#include "pki/profile.h"

const struct profile profile_lcp = {
    .name = "lcp",
    .title = "Natural person, LCP",
    .requirement = "EN 319 412-2; EN 319 411-1 LCP",
    .kind = KIND_person,
    .issuer = "issuing-l",
    .key = KEY_p256,
    .keys = KEY_BIT(p256) | KEY_BIT(p384) | KEY_BIT(rsa3072),
    .ca = false,
    .path_length = -1,
    .usage = USAGE_non_repudiation,
    .policies = {OID_POLICY_LCP},
    .own_policy = true,
    .purposes = {OID_PURPOSE_EMAIL, OID_PURPOSE_DOCUMENT},
    .authority_key = true,
    .ca_issuers = true,
    .ocsp = true,
    .crl = true,
    .permitted = QC_BIT(semantics),
    .longest_days = 3 * 366,
};
