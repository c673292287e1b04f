/*
 * Our authorities, kept in memory for who asks OCSP about them: reading and
 * hashing all their certificates would cost more than the answer.
 */
#pragma once

#include "status/issuer.h"
#include "web/route.h"

/*
 * The name of the authority that is asked about. ERR_NOT_FOUND: none of ours.
 * What is kept is read again every few seconds, and at once for one that is
 * not known, as it may be new.
 */
RESULT known_issuer(struct request *q,
    const struct ocsp_query *query, char name[ISSUER_NAME_SIZE]);
