/*
 * Verdicts into a decision: what the clerk and the signer's answer do to a
 * registration. What operators do: review.h.
 */
#pragma once

#include "checks/check.h"
#include "base/digest.h"
#include "flow/finding_seal.h"
#include "flow/registration.h"

/* What the inspector said of a picture: stores findings and the still, and
 * says at once whether it can be read (state read or retake, with reasons).
 * unreadable: findings is NULL. still may be NULL. */
RESULT decide_picture(struct flow *f, struct arena *a, const char *evidence,
    const struct findings *findings, const struct evidence *still);

/* The same for a recording and its film. What was seen is read, or made
 * again at once. */
RESULT decide_recording(struct flow *f, struct arena *a, const char *evidence,
    const struct findings *findings, const struct evidence *film);

/* What an attempt's comparison compares, where all of it was made of what was
 * found. Not ready: it is no longer checked, or something is read again first,
 * and a compare job follows. */
RESULT decide_comparable(struct flow *f, struct arena *a, const char *id,
    struct compared *out, bool *ready);

/* What that comparison found; NULL: nothing could be compared. digest: of what
 * was (compared_digest). A check job follows. */
RESULT decide_compared(struct flow *f, struct arena *a, const char *id,
    const struct findings *findings, const struct evidence *film,
    const char *digest);

/* Runs the checks of the attempt and moves checking -> approved,
 * action_required, in_review or refused (product 2 and 3). Findings that are
 * not those that were found are read again first: it stays in checking. */
RESULT decide_attempt(struct flow *f, struct arena *a, const char *id,
    struct registration *out);

/* How far the ledger is known when what it comes with is stored. */
struct ledger_point {
	int64_t entries; /* 0: it is not known, and stays as it was */
	const char *head; /* hex */
};

/* The certificate that came back: -> issued, OCSP answer, messages. */
struct issued {
	const char *issuer, *serial;
	int64_t not_before, not_after;
	struct span der, key_blob, ocsp;
	int64_t ocsp_next_update;
	const char *person_serial;
	struct ledger_point seen;
};

RESULT decide_issued(struct flow *f, struct arena *a, const char *id,
    const struct issued *i, struct certificate *out);

/* The signer does not believe what operators signed: an operator is not, or no
 * longer, on its list. Their approvals are void and the case is another
 * operator's. Nothing where it is no longer approved. */
RESULT decide_not_believed(struct flow *f, struct arena *a, const char *id);

/* Nobody can approve it: a picture is not the one that was made, or, under
 * trust.qualified, a strong check failed or the verdicts are not those that the
 * clerk sealed. An operator has the steps done again, or refuses. Nothing where
 * it is no longer approved. */
RESULT decide_check_failed(struct flow *f, struct arena *a, const char *id);

/* No certificate can carry what the order names, though it was approved: the
 * names as they are, or the country. An operator looks again: who is asked
 * once more may write the name otherwise, and who cannot be helped is refused.
 * Nothing where it is no longer approved. */
RESULT decide_not_certifiable(struct flow *f, struct arena *a, const char *id,
    const char *what);

/* The signer does not take the key that the participant brought (why: a reason
 * of the step, "key_..."): it is removed, they get a mail, and confirm again,
 * with another or with one that is made. Where operators sign for the key the
 * case goes back to them. Nothing where it is no longer approved. */
RESULT decide_key_refused(struct flow *f, struct arena *a, const char *id,
    const char *why);

/* It holds, but the signer wants another operator as well: what was signed
 * stays, and one more looks. Nothing where it is no longer approved. */
RESULT decide_second_needed(struct flow *f, struct arena *a, const char *id);

/* Revokes for good, in one transaction: the row, the removal of the "good"
 * OCSP answer, the journal, and a revoke job that fetches the new answer. */
RESULT decide_revoke(struct flow *f, struct arena *a, const struct actor *who,
    const char *certificate, int reason, struct certificate *out);

/* The signer's answer to it: stores the OCSP answer, size 0: its authority has
 * ended, and there is none; a crl job follows. */
RESULT decide_revoked(struct flow *f, struct arena *a, const char *certificate,
    struct span ocsp, int64_t ocsp_next_update,
    const struct ledger_point *seen);

/*
 * What an order needs beside the names: the subject's serialNumber (random
 * for the registration, the same each time it is asked), and the digests of
 * the decision and of the evidence it rests on.
 */
RESULT decide_order_digests(struct flow *f, struct arena *a,
    const struct registration *r, char *person_serial, size_t size,
    struct digest *decision, struct digest *evidence);
