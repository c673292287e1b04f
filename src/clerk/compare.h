/*
 * What is compared of one attempt: the document's stills, and the best
 * pictures of both recordings, in one album (ident/film.h).
 */
#pragma once

#include "clerk/clerk.h"

RESULT compare_album(struct clerk *c, struct arena *a,
    const struct registration *r, struct buf *out);
