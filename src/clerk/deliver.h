/*
 * The ways out: a folder (outbox), an SMTP relay, an SMS gateway.
 */
#pragma once

#include "clerk/render.h"

/* ERR_UNAVAILABLE: try again later. */
RESULT deliver(struct clerk *c, struct arena *a, const struct mail *m,
    const struct letter *letter);
