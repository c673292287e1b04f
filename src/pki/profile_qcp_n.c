/*
 * A person's qualified certificate (QCP-n), its key not in a qualified
 * device: for advanced signatures with a qualified certificate.
 *
 * Everything that annex I of Regulation 910/2014 asks for is there: (a)
 * QcCompliance and QcType, (b) issuer, (c) subject, (d) key, (e) validity,
 * (f) serial, (g) signature, (h) caIssuers, (i) ocsp. QcSSCD never is (411-2
 * GEN-6.6.1-04): with it the certificate would claim (j), a device.
 */
#include "pki/oids.h"
#include "pki/profile.h"

const struct profile profile_qcp_n = {
    .name = "qcp_n",
    .title = "Natural person, QCP-n (qualified)",
    .requirement = "EN 319 412-2; EN 319 412-5; EN 319 411-2 QCP-n",
    .kind = KIND_person,
    .issuer = "issuing-q",
    .key = KEY_p256,
    .keys = KEY_BIT(p256) | KEY_BIT(p384) | KEY_BIT(rsa3072),
    .ca = false,
    .path_length = -1,
    .usage = USAGE_non_repudiation,
    .policies = {OID_POLICY_QCP_N},
    .own_policy = true,
    .purposes = {OID_PURPOSE_EMAIL, OID_PURPOSE_DOCUMENT},
    .authority_key = true,
    .ca_issuers = true,
    .ocsp = true,
    .crl = true,
    .statements = QC_BIT(compliance) | QC_BIT(pds) | QC_BIT(type),
    .permitted = QC_BIT(semantics) | QC_BIT(retention) | QC_BIT(ident_method),
    .longest_days = 3 * 366,
};
