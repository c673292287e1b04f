/*
 * How much an approval weighs here: whether it still counts, and how many
 * operators have to stand behind a certificate. Both are the signer's own
 * word, whatever the clerk says and whatever operators signed.
 */
#pragma once

#include "signer/signer.h"

/* ERR_INVALID names the setting that cannot be meant. */
RESULT weigh_settings(const struct conf *conf);

/*
 * Only for an order whose approvals hold (approve.h): it may leave an entry in
 * the ledger. *operators: at least so many approvals. 2 where signer.operators
 * says so, where a strong check failed (o->doubted), or where this person was
 * drawn: by a secret of the token over name and country, so that nobody outside
 * can choose, and another request for the same person is drawn again. The ledger
 * tells who was; a request that was stays so, however its names are corrected.
 */
RESULT weigh_operators(
    struct signer *s, const struct order *o, uint32_t *operators);

/* ERR_DENIED: from the future. ERR_APPROVAL_VOID: older than
 * signer.approval_days, or withdrawn: it never counts again. What was signed
 * before a withdrawal does not have its mark, whatever time it bears. */
RESULT weigh_time(const struct signer *s, const struct order *o);

/* ERR_TOO_MANY: of the entries of this hour that no order pays for. Whoever
 * has the clerk would fill disk and memory with them, and each later start. */
RESULT weigh_notes(const struct signer *s, enum note note);

/* Durable when it returns; out: what has to be signed with from now on.
 * ERR_INVALID: no registration, or a time to come. */
RESULT weigh_withdraw(struct signer *s, const struct withdrawal *w,
    struct withdrawn_mark *out);
