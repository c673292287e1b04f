/*
 * What operators are shown stays what the cage made: a seal for each still and
 * film, with the evidence that it was made of. Whoever puts another row in its
 * place, with bytes that have its digest, shows nothing by it.
 */
#pragma once

#include "flow/flow.h"

/* Of what was made of a piece of evidence. ERR_INTERNAL: not the clerk. */
RESULT picture_seal_keep(struct flow *f, const struct evidence *source,
    const struct evidence *made);

/* ERR_CHECK_FAILED: it is not what was made of the evidence that is there now.
 * One from before there were such seals counts where the seal over the verdicts
 * holds, which has its digest. */
RESULT picture_seal_check(struct flow *f, struct arena *a,
    const struct registration *r, const struct evidence *made);

/* The same of all that an operator is shown of this attempt: the first that is
 * not. */
RESULT picture_seal_check_all(
    struct flow *f, struct arena *a, const struct registration *r);
