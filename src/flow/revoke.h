/*
 * The holder's own way to revoke a certificate, without an account (product
 * 8; EN 319 411-1 REV-6.2.4): by the revocation code, or by a code sent to
 * the address or the phone number that the certificate was made with. The
 * second is for who has lost the mailbox.
 */
#pragma once

#include "flow/flow.h"

/* Whose certificates: by one of them, the other is "". */
struct revoke_whose {
	const char *email_folded, *phone;
};

/*
 * Sends a code for each certificate in force of theirs, by mail or by SMS.
 * Whether there is one is not told: the answer is the same. ERR_TOO_MANY is
 * not either.
 */
RESULT revoke_send_codes(struct flow *f, struct arena *a,
    const struct revoke_whose *whose);

/*
 * Revokes the certificate of theirs that the code is for: the twelve
 * letters of its revocation code, spaces and case do not count, or six digits
 * that were sent. ERR_INVALID (field code) when it is none's; a wrong one of
 * six digits counts as a try of each.
 */
RESULT revoke_by_code(struct flow *f, struct arena *a,
    const struct revoke_whose *whose, const char *code, int reason,
    struct certificate *out);
