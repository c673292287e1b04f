/*
 * What the database knows of the signer's ledger.
 */
#pragma once

#include "clerk/errand.h"
#include "flow/decide.h"

#include "proc/ledger_mark.h"
#include "proc/order.h"

/* Goes with every order. */
enum err agree_known(
    struct clerk *c, struct arena *a, struct ledger_mark *out);
/* ERR_OUT_OF_STEP: the ledger was found to lack what it held. */
enum err agree_require_memory(struct clerk *c, struct arena *a);
/* As the database keeps it. */
const char *agree_head(struct arena *a, const struct ledger_mark *m);

/*
 * How far the database knows the ledger with the answer that brought this
 * mark: everything before a mark is stored, so it is taken over with the last
 * of several questions under way, and not at all when an answer was lost.
 * Entries 0: it stays as it was.
 */
struct ledger_point agree_point(
    const struct clerk *c, struct arena *a, const struct ledger_mark *m);
/* Compares both before anything else that the signer is asked. */
void agree_soon(struct clerk *c);
/* An answer that may have changed the ledger was lost, or not stored. */
void agree_doubt(struct clerk *c);

/* Asks for the certificate of an approved registration; o: where the order
 * stays until the answer, which order_keep() stores. */
enum err order_ask(struct clerk *c, struct errand *e, const char *registration,
    struct order *o, errand_step *step);
enum err order_keep(struct clerk *c, const struct order *o,
    const struct message *answer, bool moves_mark);
