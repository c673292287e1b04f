/*
 * Whether an order is approved as its profile demands: by as many operators
 * as needed, each with an assertion over exactly what the order asks for.
 */
#pragma once

#include "signer/signer.h"

/* Reads the list of operators if it is another one, and notes it in the
 * ledger. Errors as of approve_check, and ERR_CONFLICT: others than the ledger
 * knows; then nobody is an operator. */
RESULT approve_refresh(struct signer *s);

/*
 * own_key: of the key that the order brings, NULL: the signer makes one. It is
 * in what operators sign, so another key is not approved, nor one where they
 * signed for none, nor none where they signed for one.
 * *out is empty for a profile that needs nobody. ERR_DENIED: not approved.
 * ERR_APPROVAL_VOID: not any more (weigh.h). ERR_OWN_CASE: by an operator who
 * has a part in it, as the custodians' list tells.
 * ERR_SECOND_NEEDED: all of it holds, and it takes two operators here.
 * ERR_UNAVAILABLE: no custodians or no operators on this machine yet, or others
 * than the ledger knows; an order waits for them.
 */
RESULT approve_check(struct signer *s, const struct profile *p,
    const struct order *o, const struct digest *own_key,
    struct approved *out);

/* The key that an order brings; *out is NULL where the signer makes one, and
 * borrows from csr. ERR_OWN_KEY_LEVEL, ERR_KEY_SIGNATURE,
 * ERR_KEY_NOT_ACCEPTED. */
RESULT approve_read_key(const struct order *o, struct csr *csr,
    const struct digest **out);

/*
 * How many operators this order would take; asked when the first has signed.
 * Their approval has to hold, so nobody learns of a draw, and no entry in the
 * ledger is made, without an operator's signature over just these data.
 */
RESULT approve_weigh(
    struct signer *s, const struct order *o, uint32_t *operators);
