/*
 * Certificates as JSON and PEM.
 */
#pragma once

#include "web/request.h"

/* key NULL: a member of a list */
RESULT certificate_write(struct json *j, const char *key,
    const struct certificate *c);

/* CRLReason (RFC 5280 5.3.1) of a word; "" is unspecified. ERR_INVALID (field
 * reason) for a word that we do not take. */
RESULT certificate_reason(const char *word, int *out);

/* The certificate and its issuers up to the root. */
RESULT certificate_chain_pem(struct request *q, struct flow *f,
    const struct certificate *c, struct buf *out);
RESULT certificate_pem(const struct certificate *c, struct buf *out);
