/*
 * What the database knows of the signer's ledger.
 */
#pragma once

#include "clerk/clerk.h"

#include "proc/ledger_mark.h"

/* Goes with every order. */
enum err agree_known(
    struct clerk *c, struct arena *a, struct ledger_mark *out);
/* ERR_OUT_OF_STEP: the ledger was found to lack what it held. */
enum err agree_require_memory(struct clerk *c, struct arena *a);
/* As the database keeps it. */
const char *agree_head(struct arena *a, const struct ledger_mark *m);

/*
 * Compares, takes over what explains itself, and keeps what came of it.
 * ERR_OUT_OF_STEP: one of the two was put back from an older copy.
 */
enum err agree_compare(struct clerk *c, struct arena *a);

/* Sends the order of an approved registration and stores its certificate.
 * repeated: the ledger has it, so that nothing is compared. */
enum err order_issue(
    struct clerk *c, struct arena *a, const char *registration, bool repeated);
