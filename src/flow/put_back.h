/*
 * What the signer's ledger knows and this database forgot, put back: for
 * paraph ca reconcile, after the database was restored from an older copy.
 */
#pragma once

#include "flow/decide.h"

struct put_back {
	const char *registration, *level;
	const char *issuer, *serial; /* hex */
	const char *given_names, *surname, *country, *person_serial;
	int64_t not_before, not_after;
	struct span der, key_blob;
	int64_t revoked_at; /* 0: not */
	int64_t reason;
};

/*
 * The certificate with its registration. When nothing is known of that, it is
 * made in a workspace of its own, with what the certificate says: whose
 * mailbox and workspace it was is lost. ERR_CONFLICT: it is there already.
 */
RESULT put_back_certificate(struct flow *f, struct arena *a,
    const struct actor *who, const struct put_back *p);

/* What was revoked stays so, and its "good" answer goes. No mail: its holder
 * was told when it was done. */
RESULT put_back_revocation(struct flow *f, struct arena *a,
    const struct actor *who, const char *certificate, int64_t revoked_at,
    int64_t reason);

/* The signer is told again of a revocation that it forgot. */
RESULT put_back_to_signer(struct flow *f, const struct actor *who,
    const struct certificate *c);

/* Both tell the same up to here: issuing goes on; seen NULL: they do not, and
 * it does not. What was withdrawn is told
 * to the signer again, whose older ledger need not know it. detail: for the
 * journal. */
RESULT put_back_done(struct flow *f, struct arena *a, const struct actor *who,
    const struct ledger_point *seen, const char *detail);
