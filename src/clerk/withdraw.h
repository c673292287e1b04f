/*
 * Telling the signer what counts no more, and keeping the mark that it gives:
 * what operators sign from then on has it.
 */
#pragma once

#include "clerk/errand.h"
#include "proc/order.h"

/* One that the signer has not heard yet; until 0: none. */
enum err withdrawal_find(struct clerk *c, struct arena *a,
    const char *registration, struct withdrawal *out);
enum err withdrawal_ask(
    struct errand *e, const struct withdrawal *w, errand_step *step);
/* answer: the body of WITHDRAWN. */
enum err withdrawal_heard(
    struct clerk *c, const struct withdrawal *w, struct span answer);
