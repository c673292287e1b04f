/*
 * The issuing authority of LCP certificates. One authority for one family of
 * levels keeps trusted lists clean. pathLen 0: nothing below it.
 */
#include "pki/oids.h"
#include "pki/profile.h"

const struct profile profile_issuing_l = {
    .name = "issuing_l",
    .title = "Issuing certification authority for LCP",
    .requirement = "RFC 5280; EN 319 411-1",
    .kind = KIND_issuing,
    .issuer = "root",
    .key = KEY_p256,
    .keys = KEY_BIT(p256) | KEY_BIT(p384) | KEY_BIT(rsa3072) |
	    KEY_BIT(rsa4096),
    .ca = true,
    .path_length = 0,
    .usage = USAGE_key_cert_sign | USAGE_crl_sign,
    .policies = {OID_ANY_POLICY},
    .authority_key = true,
    .ca_issuers = true,
    .crl = true,
    .longest_days = 10 * 366,
};
