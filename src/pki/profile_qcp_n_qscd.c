/*
 * A person's qualified certificate whose key is in a qualified signature
 * creation device (QCP-n-qscd): with it a signature is a qualified one. It is
 * QCP-n and one statement more, QcSSCD, which is annex I (j) of Regulation
 * 910/2014.
 */
#include "pki/oids.h"
#include "pki/profile.h"

const struct profile profile_qcp_n_qscd = {
    .name = "qcp_n_qscd",
    .title = "Natural person, QCP-n-qscd (qualified, key in a QSCD)",
    .requirement = "EN 319 412-2; EN 319 412-5; EN 319 411-2 QCP-n-qscd",
    .kind = KIND_person,
    .issuer = "issuing-q",
    .key = KEY_p256,
    .keys = KEY_BIT(p256) | KEY_BIT(p384) | KEY_BIT(rsa3072),
    .ca = false,
    .path_length = -1,
    .usage = USAGE_non_repudiation,
    .policies = {OID_POLICY_QCP_N_QSCD},
    .own_policy = true,
    .purposes = {OID_PURPOSE_EMAIL, OID_PURPOSE_DOCUMENT},
    .authority_key = true,
    .ca_issuers = true,
    .ocsp = true,
    .crl = true,
    .statements =
	QC_BIT(compliance) | QC_BIT(sscd) | QC_BIT(pds) | QC_BIT(type),
    .permitted = QC_BIT(semantics) | QC_BIT(retention) | QC_BIT(ident_method),
    .longest_days = 3 * 366,
};
