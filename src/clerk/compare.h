/*
 * What is compared of one attempt: the document's stills, and the best
 * pictures of both recordings, in one album (ident/film.h).
 */
#pragma once

#include "clerk/clerk.h"
#include "flow/finding_seal.h"

RESULT compare_album(struct clerk *c, const struct compared *from,
    struct buf *out);
