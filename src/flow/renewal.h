/*
 * Renewal: a link in the notice of a certificate's end makes a registration
 * that is filled in already, of the same level and workspace.
 *
 * It is a whole identification again (EN 319 411-1 REG-6.3.6): nothing is
 * taken over but suggestions. Only when the person approved is the one who
 * holds the certificate do they keep their subject's serialNumber; anybody
 * else gets a fresh one, so that a name is never given to another person
 * (GEN-6.3.3-10).
 */
#pragma once

#include "flow/act.h"
#include "ident/mrz.h"

#define RENEWAL_DAYS 30	      /* before the end, from which it is open */
#define RENEWAL_TOKEN_SIZE 57 /* 42 bytes as base64url, and a NUL */

/* The address that is mailed to the holder and shown to nobody else:
 * base_url "/renew#" token. */
RESULT renewal_link(struct flow *f, struct arena *a,
    const struct certificate *c, const char **out);

/* Of which certificate it is the link; ERR_NOT_FOUND for any other text. */
RESULT renewal_by_token(struct flow *f, struct arena *a, const char *token,
    struct certificate *out);

/*
 * The registration that renews it: the one that is open, or a new one.
 * ERR_NOT_FOUND; ERR_EXPIRED when the certificate has ended; ERR_WRONG_STATE
 * when it is revoked; ERR_CERTIFICATE_EXISTS when it has more than 30 days to
 * go, or another one of the holder has; ERR_FEATURE_DISABLED.
 */
RESULT renewal_begin(struct flow *f, struct arena *a, const char *token,
    struct registration *out);

/*
 * The same for a certificate whose PIN is forgotten or blocked, at any time
 * before its end: only its holder is approved (else ERR_INVALID, field
 * decision, in renewal_settle), and it is revoked when the new one is there.
 * registration: of the certificate. ERR_WRONG_STATE when it is revoked;
 * ERR_EXPIRED; ERR_CERTIFICATE_EXISTS: the holder has another one.
 */
RESULT renewal_replace(struct flow *f, struct arena *a,
    const char *registration, struct registration *out);

/* Inside an approval: notes who is approved, and gives a registration that
 * renews the serialNumber that belongs to this person. */
RESULT renewal_settle(struct act *t, const struct mrz *m);
