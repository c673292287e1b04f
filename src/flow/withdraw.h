/*
 * Who may have the signer refuse what operators approved. Asked in the clerk,
 * before it tells the signer: a word of web alone withdraws nothing.
 */
#pragma once

#include "flow/flow.h"

/*
 * session: the digest of a member's session, who has to hold this case as an
 * operator; "": its participant, while the data are shown and not confirmed.
 * ERR_DENIED, ERR_LOCKED, ERR_NOT_FOUND, ERR_WRONG_STATE and what review_look
 * says of operators.
 */
RESULT withdraw_allowed(struct flow *f, struct arena *a,
    const char *registration, const char *session);
