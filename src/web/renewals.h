/*
 * The answer to whoever begins a registration that renews or replaces a
 * certificate: where it goes on.
 */
#pragma once

#include "flow/flow.h"
#include "web/route.h"

/* Mails nothing; the link proves its holder's mailbox already. */
RESULT reply_renewal(
    struct request *q, struct flow *f, const struct registration *r);
