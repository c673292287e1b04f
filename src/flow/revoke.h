/*
 * The holder's own way to revoke a certificate, without an account (product
 * 8; EN 319 411-1 REV-6.2.4): by the revocation code, or by a code sent to
 * the address in the certificate.
 */
#pragma once

#include "flow/flow.h"

/*
 * Sends a code for each certificate in force of that address. Whether there
 * is one is not told: the answer is the same. ERR_TOO_MANY is not either.
 */
RESULT revoke_send_codes(struct flow *f, struct arena *a,
    const char *email_folded);

/*
 * Revokes the certificate of that address that the code is for: the twelve
 * letters of its revocation code, spaces and case do not count, or six digits
 * that were sent. ERR_INVALID (field code) when it is none's; a wrong one of
 * six digits counts as a try of each.
 */
RESULT revoke_by_code(struct flow *f, struct arena *a,
    const char *email_folded, const char *code, int reason,
    struct certificate *out);
