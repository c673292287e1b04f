/*
 * The issuing authority of QCP-n and QCP-n-qscd certificates, the one that a
 * trusted list names as "CA/QC". It differs from issuing authority L in its
 * name and key alone: what is qualified is said by the list and by what it
 * issues, not by itself. anyPolicy, because no certificate may carry two of
 * the qualified policies, and this one issues under both.
 */
#include "pki/oids.h"
#include "pki/profile.h"

const struct profile profile_issuing_q = {
    .name = "issuing_q",
    .title = "Issuing certification authority for QCP-n and QCP-n-qscd",
    .requirement = "RFC 5280; EN 319 411-2",
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
